from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from nominations.models import SelfNomination


class ConfirmedFilter(admin.SimpleListFilter):
    title = _("confirmed")
    parameter_name = "confirmed"

    def lookups(self, request, model_admin):
        return [("no", _("Not yet")), ("yes", _("Yes"))]

    def queryset(self, request, queryset):
        if self.value() in ("yes", "no"):
            return queryset.filter(confirmed_at__isnull=self.value() == "no")
        return queryset


@admin.register(SelfNomination)
class SelfNominationAdmin(admin.ModelAdmin):
    """What came from the public page. Unconfirmed ones count nowhere; delete them here when asked to."""

    list_display = ["name", "company", "email", "program", "sent_at", "confirmed_at"]
    list_filter = [ConfirmedFilter, "program"]
    search_fields = ["name", "company", "email"]
    list_select_related = ["program"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
