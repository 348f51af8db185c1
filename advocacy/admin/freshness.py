from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from advocacy.admin.base import ReadOnly
from advocacy.admin.history import AuditedAdmin
from advocacy.models import FreshnessPolicy, ProfileDoubt


class RowForm(forms.ModelForm):
    """A row of the list; each field says by itself whose it is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{self.instance}: {field.label}"


@admin.register(FreshnessPolicy)
class FreshnessPolicyAdmin(AuditedAdmin):
    """One row a section, and one for each tier that is to differ. The search follows a change within minutes."""

    list_display = ["section", "of_tier", "check_after", "csm_after", "grace"]
    list_editable = ["check_after", "csm_after", "grace"]

    def get_readonly_fields(self, request, obj=None):
        return ["section", "tier"] if obj else []

    def has_delete_permission(self, request, obj=None):
        # Without its row for every tier a section falls back to the defaults, which nobody would see.
        return super().has_delete_permission(request, obj) and (obj is None or bool(obj.tier))

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, **kwargs | {"form": RowForm})

    def get_actions(self, request):
        return {}

    @admin.display(description=_("tier"), ordering="tier")
    def of_tier(self, policy):
        return policy.get_tier_display() if policy.tier else _("every tier")


@admin.register(ProfileDoubt)
class ProfileDoubtAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["advocate", "section", "reason", "before", "after", "raised_at", "settled_at"]
    list_filter = ["reason", ("settled_at", admin.EmptyFieldListFilter), "section"]
    list_select_related = ["advocate"]
    list_per_page = 50
    search_fields = ["advocate__name"]
