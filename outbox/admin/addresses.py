from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from outbox.admin.base import ReadOnlyAdmin
from outbox.models import Recipient
from outbox.recipients import mark_deliverable


class TakesMail(admin.SimpleListFilter):
    title = _("mail arrives")
    parameter_name = "arrives"

    def lookups(self, request, model_admin):
        return [("no", _("No")), ("yes", _("Yes"))]

    def queryset(self, request, queryset):
        return queryset if self.value() is None else queryset.filter(bounced_at__isnull=self.value() == "yes")


@admin.register(Recipient)
class RecipientAdmin(ReadOnlyAdmin):
    """What we know of addresses: where mail came back, since when and why."""

    list_display = ["address", "bounced_at", "bounce_reason", "complained_at"]
    list_filter = [TakesMail]
    search_fields = ["^address"]
    search_help_text = _("How an address begins.")
    actions = ["usable_again"]
    list_per_page = 50
    change_list_template = "admin/outbox/recipient/change_list.html"

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, (extra_context or {}) | {"title": self.name_of_list})

    def has_settle_permission(self, request):
        return request.user.has_perm("outbox.change_recipient")

    @admin.action(description=_("Usable again: mail arrives there"), permissions=["settle"])
    def usable_again(self, request, queryset):
        if not self.has_settle_permission(request):
            raise PermissionDenied
        dead = list(queryset.filter(bounced_at__isnull=False))
        for recipient in dead:
            mark_deliverable(recipient.address)
            self.log_change(request, recipient, f"Usable again; was: {recipient.bounce_reason}")
        told = ngettext("%(number)s address gets mail again.", "%(number)s addresses get mail again.", len(dead))
        self.message_user(request, told % {"number": len(dead)})
