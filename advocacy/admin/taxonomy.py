from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from advocacy.admin.base import KeptAdmin
from advocacy.models import ActivityType, Industry, Product, Topic, UseCase


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
