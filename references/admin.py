from django.contrib import admin

from advocacy.admin.base import OneRowAdmin, ReadOnly, ReadOnlyInline
from advocacy.admin.history import AuditedAdmin
from references.models import Candidate, DemandRules, GrowthGoal, ReferenceRequest, RequestClocks, UnmetNeed


class CandidateInline(ReadOnlyInline):
    model = Candidate
    fields = ["advocate", "state", "score", "decided_by", "decided_at", "note"]


@admin.register(ReferenceRequest)
class ReferenceRequestAdmin(ReadOnly, AuditedAdmin):
    list_display = ["__str__", "requester", "status", "holder", "due_at", "needed_by"]
    list_filter = ["status", "activity_type", "format"]
    list_select_related = ["requester", "holder", "activity_type", "opportunity"]
    list_per_page = 50
    date_hierarchy = "created_at"
    search_fields = ["requester__name", "opportunity__name", "opportunity__external_id", "candidates__advocate__name"]
    inlines = [CandidateInline]
    audit_with = ["candidates"]


@admin.register(Candidate)
class CandidateAdmin(ReadOnly, AuditedAdmin):
    list_display = ["advocate", "request", "state", "score", "decided_by", "decided_at"]
    list_filter = ["state"]
    list_select_related = ["advocate", "request__activity_type", "request__opportunity", "request__requester", "decided_by"]
    list_per_page = 50
    search_fields = ["advocate__name"]


@admin.register(GrowthGoal)
class GrowthGoalAdmin(AuditedAdmin):
    list_display = ["name", "industry", "region", "segment", "product", "opportunities", "pipeline", "until"]
    list_filter = ["region", "segment"]
    list_select_related = ["industry", "product"]
    search_fields = ["name", "channel", "partner"]
    date_hierarchy = "until"


@admin.register(DemandRules)
class DemandRulesAdmin(OneRowAdmin, AuditedAdmin):
    list_display = ["__str__", "share_needing", "references_each", "asks_a_year"]


@admin.register(UnmetNeed)
class UnmetNeedAdmin(ReadOnly, AuditedAdmin):
    list_display = ["__str__", "source", "user", "state", "opportunity", "lost_for_want", "created_at"]
    list_filter = ["state", "source", "asks_team", "lost_for_want"]
    list_select_related = ["user", "opportunity"]
    search_fields = ["text", "user__name", "opportunity__name"]
    date_hierarchy = "created_at"


@admin.register(RequestClocks)
class RequestClocksAdmin(OneRowAdmin, AuditedAdmin):
    """One row: how long each step may take. Requests under way keep the times they were given."""

    list_display = ["__str__", "approval", "overall", "advocate_answer", "pick_slot", "debrief", "not_now_rest_days"]
