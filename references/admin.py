from django.contrib import admin

from advocacy.admin.base import ReadOnly, ReadOnlyInline
from advocacy.admin.history import AuditedAdmin
from references.models import Candidate, ReferenceRequest


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
