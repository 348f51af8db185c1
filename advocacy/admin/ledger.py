"""What services write and people read: asks, consents, verifications, status changes; and stories, which people edit."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy import services
from advocacy.admin.base import KeptAdmin, ReadOnly
from advocacy.admin.forms import MoveForm
from advocacy.admin.history import AuditedAdmin
from advocacy.admin.small_pages import SmallPages
from advocacy.models import Ask, Consent, Content, StatusChange, Story, Verification


@admin.register(Ask)
class AskAdmin(ReadOnly, SmallPages, AuditedAdmin):
    change_form_template = "admin/advocacy/ask/change_form.html"
    list_display = ["advocate", "activity_type", "account", "state", "counts_on", "source", "asked_by"]
    list_filter = ["state", "activity_type", "source"]
    list_per_page = 50
    search_fields = ["advocate__name", "account__name"]

    def get_queryset(self, request):
        joined = super().get_queryset(request).select_related("advocate", "activity_type", "account", "asked_by")
        return joined.visible_to(request.user)

    def get_urls(self):
        return [path("<int:pk>/move/", self.admin_site.admin_view(self.move_view), name="advocacy_ask_move"), *super().get_urls()]

    def may_move(self, request, ask):
        """Asks behind a request or an award move with it; those made by hand move here."""
        by_hand = ask.source in (Ask.Source.BY_HAND, Ask.Source.CAMPAIGN) and ask.state in Ask.IN_FLIGHT
        return by_hand and request.user.has_perms(["advocacy.run_program", "advocacy.change_ask"])

    def change_view(self, request, object_id, form_url="", extra_context=None):
        ask = self.get_object(request, unquote(object_id))
        return super().change_view(request, object_id, form_url, {"may_move": ask and self.may_move(request, ask)})

    def move_view(self, request, pk):
        ask = self.get_object(request, str(pk))
        if ask is None or not self.may_move(request, ask):
            raise PermissionDenied
        form = MoveForm(request.POST or None, ask=ask)

        def save(**data):
            services.move_ask(ask=ask, by=request.user, now=timezone.now(), **data)

        return self.small_page(request, ask, form, save, title=_("Move on"), submit=_("Change"))


@admin.register(Consent)
class ConsentAdmin(ReadOnly, AuditedAdmin):
    list_display = ["whose", "purpose", "decision", "decided_at", "method", "expires_on"]
    list_filter = ["purpose", "decision", "method"]
    list_select_related = ["advocate", "account"]
    list_per_page = 50
    search_fields = ["advocate__name", "account__name", "given_by"]

    @admin.display(description=_("whose"), ordering="advocate__name")
    def whose(self, consent):
        return consent.advocate or consent.account


@admin.register(Verification)
class VerificationAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["advocate", "section", "verified_at", "verified_by", "method"]
    list_filter = ["section", "method"]
    list_select_related = ["advocate", "verified_by"]
    list_per_page = 50
    search_fields = ["advocate__name"]


@admin.register(StatusChange)
class StatusChangeAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["changed_at", "kind", "object_id", "from_status", "to_status", "changed_by", "why"]
    list_select_related = ["changed_by", "content_type"]
    list_per_page = 50
    ordering = ["-changed_at", "-pk"]

    def get_queryset(self, request):
        # Judging is sealed from those who still judge: its changes stand beside each object, where the seal holds.
        changes = super().get_queryset(request).exclude(content_type__app_label="awards")
        return changes.exclude(content_type__app_label="nominations", content_type__model="entry")

    @admin.display(description=_("what"), ordering="content_type")
    def kind(self, change):
        return change.content_type.name


@admin.register(Story)
class StoryAdmin(AuditedAdmin, KeptAdmin):
    list_display = ["headline", "advocate", "account", "came_from", "created_at"]
    list_select_related = ["advocate", "account"]
    list_per_page = 50
    search_fields = ["headline", "advocate__name", "account__name"]
    autocomplete_fields = ["advocate", "account"]
    readonly_fields = ["came_from", "source_key"]


@admin.register(Content)
class ContentAdmin(AuditedAdmin):
    list_display = ["title", "kind", "advocate", "expires_on"]
    list_filter = ["kind"]
    list_select_related = ["advocate"]
    search_fields = ["title", "advocate__name"]
    autocomplete_fields = ["advocate", "story"]
    # Files are looked at before they are kept: they come in on the profile.
    exclude = ["file"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
