from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from advocacy.admin.base import KeptAdmin
from advocacy.admin.history import AuditedAdmin
from advocacy.models import ActivityType, EligibilityRules, Industry, Product, Topic, UseCase


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
class EligibilityRulesAdmin(AuditedAdmin):
    """One row: who is worth nominating, and who may become an advocate."""

    list_display = ["__str__", "nps", "health", "tenure_months", "needs_usage", "rapport"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not EligibilityRules.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False
