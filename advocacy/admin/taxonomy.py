from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from advocacy import tasks
from advocacy.admin.base import KeptAdmin, OneRowAdmin
from advocacy.admin.history import AuditedAdmin
from advocacy.models import ActivityType, EligibilityRules, Industry, Product, TierRule, Topic, UseCase
from outbox.queueing import after_commit


@admin.register(Industry, Product, Topic, UseCase)
class TermAdmin(admin.ModelAdmin):
    list_display = ["name", "other_words"]
    search_fields = ["name", "synonyms"]

    @admin.display(description=_("synonyms"))
    def other_words(self, term):
        return ", ".join(term.synonyms)


@admin.register(ActivityType)
class ActivityTypeAdmin(KeptAdmin):
    list_display = ["name", "cap", "window_days", "rest_days", "blocks_others", "effort_hours", "value", "points"]
    search_fields = ["name"]

    def get_readonly_fields(self, request, obj=None):
        # Rules name activities by their code.
        return ["code"] if obj else []


@admin.register(EligibilityRules)
class EligibilityRulesAdmin(OneRowAdmin, AuditedAdmin):
    """One row: who is worth nominating, and who may become an advocate."""

    list_display = ["__str__", "nps", "health", "tenure_months", "needs_usage", "rapport"]


@admin.register(TierRule)
class TierRuleAdmin(KeptAdmin, AuditedAdmin):
    """What each tier asks for. Nobody sets a tier by hand: all follow a change within minutes."""

    list_display = ["tier", "points", "activities_done", "needs_story", "needs_public_name"]
    readonly_fields = ["tier"]
    exclude = ["position"]

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        after_commit(tasks.refresh_tiers)
