"""What services write and people read: asks, consents, verifications, status changes; and stories, which people edit."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.admin.base import KeptAdmin, ReadOnly
from advocacy.admin.history import AuditedAdmin
from advocacy.models import Ask, Consent, Content, StatusChange, Story, Verification


@admin.register(Ask)
class AskAdmin(ReadOnly, AuditedAdmin):
    list_display = ["advocate", "activity_type", "account", "state", "counts_on", "source", "asked_by"]
    list_filter = ["state", "activity_type", "source"]
    list_per_page = 50
    search_fields = ["advocate__name", "account__name"]

    def get_queryset(self, request):
        joined = super().get_queryset(request).select_related("advocate", "activity_type", "account", "asked_by")
        return joined.visible_to(request.user)


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
class StoryAdmin(KeptAdmin):
    list_display = ["headline", "advocate", "account", "came_from", "created_at"]
    list_select_related = ["advocate", "account"]
    list_per_page = 50
    search_fields = ["headline", "advocate__name", "account__name"]
    autocomplete_fields = ["advocate", "account"]
    readonly_fields = ["came_from", "source_key"]


@admin.register(Content)
class ContentAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "advocate", "expires_on"]
    list_filter = ["kind"]
    list_select_related = ["advocate"]
    search_fields = ["title", "advocate__name"]
    autocomplete_fields = ["advocate", "story"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
