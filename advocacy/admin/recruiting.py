"""The pipeline as rows: pages of their own change them, so that every step leaves its mails and its history."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from advocacy.admin.base import ReadOnly, ReadOnlyInline
from advocacy.admin.history import AuditedAdmin
from advocacy.models import Interview, Introduction, PersonMatch, Recommendation, Recruitment


class RecommendationInline(ReadOnlyInline):
    model = Recommendation
    fields = ["by", "why", "created_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by", "recruitment__advocate")


@admin.register(Recruitment)
class RecruitmentAdmin(ReadOnly, AuditedAdmin):
    list_display = ["advocate", "status", "source", "nominated_by", "created_at", "not_before", "page"]
    list_filter = ["status", "source"]
    list_select_related = ["advocate", "nominated_by"]
    list_per_page = 50
    search_fields = ["advocate__name", "advocate__account__name"]
    inlines = [RecommendationInline]

    @admin.display(description=_("page"))
    def page(self, recruitment):
        return format_html('<a href="{}">{}</a>', recruitment.get_absolute_url(), _("Open"))


@admin.register(Interview)
class InterviewAdmin(ReadOnly, AuditedAdmin):
    list_display = ["advocate", "outcome", "interviewer", "planned_for", "held_at"]
    list_filter = ["outcome"]
    list_select_related = ["advocate", "interviewer"]
    list_per_page = 50
    search_fields = ["advocate__name"]


@admin.register(Introduction)
class IntroductionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "company", "created_at", "confirmed_at", "recruitment"]
    list_filter = [("confirmed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["recruitment__advocate"]
    list_per_page = 50
    search_fields = ["name", "company", "email"]


@admin.register(PersonMatch)
class PersonMatchAdmin(ReadOnly, AuditedAdmin):
    list_display = ["advocate", "other", "likeness", "decision", "decided_by", "decided_at", "page"]
    list_filter = ["decision"]
    list_select_related = ["advocate", "other", "decided_by"]
    list_per_page = 50
    search_fields = ["advocate__name", "other__name"]

    @admin.display(description=_("page"))
    def page(self, match):
        return format_html('<a href="{}">{}</a>', reverse("person-match", args=[match.pk]), _("Open"))
