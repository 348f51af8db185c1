"""Assignments, scores, winners and results: to be read here, changed on their own pages, and sealed like those."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from advocacy.admin.history import AuditedAdmin
from advocacy.exceptions import RuleBroken
from awards import services
from awards.models import Assignment, Result, Score, Winner


class RecordAdmin(AuditedAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class SealedAdmin(RecordAdmin):
    """What the seal hides is not found at all: not in lists, not by its address, not by its history."""

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user, timezone.now())


@admin.register(Assignment)
class AssignmentAdmin(SealedAdmin):
    audit_with = ["scores"]
    list_display = ["nomination", "judge", "status", "reason", "decided_at"]
    list_filter = ["status", "judge__program"]
    list_select_related = ["judge__user", "nomination__nominee", "nomination__account"]
    search_fields = ["judge__user__name", "nomination__nominee__name", "nomination__account__name"]
    actions = ["reopen"]

    def has_reopen_permission(self, request):
        return request.user.runs_program

    @admin.action(description=_("Hand to the judge again"), permissions=["reopen"])
    def reopen(self, request, assignments):
        for assignment in assignments.select_related("judge__user", "judge__program"):
            try:
                services.reopen(assignment=assignment, by=request.user, now=timezone.now())
            except RuleBroken as error:
                messages.warning(request, f"{assignment}: {error}")


@admin.register(Score)
class ScoreAdmin(SealedAdmin):
    list_display = ["assignment", "component", "answer", "standing"]
    list_filter = ["component__program", "component__criterion", "assignment__status"]
    list_select_related = [
        "assignment__judge__user",
        "assignment__nomination__nominee",
        "assignment__nomination__account",
        "component",
    ]

    @admin.display(description=_("score"), ordering="value")
    def answer(self, score):
        return _("Not applicable") if score.value is None else score.value

    @admin.display(description=_("counts"), ordering="assignment__status")
    def standing(self, score):
        """Scores of a judge who is not done, abstained or is recused stay on record and count nowhere."""
        if score.assignment.status == Assignment.Status.DONE:
            return _("Yes")
        return _("No: %(status)s") % {"status": score.assignment.get_status_display()}


@admin.register(Winner)
class WinnerAdmin(SealedAdmin):
    list_display = ["entry", "category", "status", "rank", "chosen_by", "chosen_at"]
    list_filter = ["status", "category__program"]
    list_select_related = ["entry__nomination__nominee", "entry__nomination__account", "entry__category", "category", "chosen_by"]


@admin.register(Result)
class ResultAdmin(RecordAdmin):
    list_display = ["program", "number", "reason", "frozen_at", "frozen_by", "digest"]
    list_filter = ["program"]
    list_select_related = ["program", "frozen_by"]
    fields = ["program", "number", "reason", "frozen_at", "frozen_by", "digest", "page"]
    readonly_fields = ["page"]

    def get_queryset(self, request):
        # All scores of a program are in there: the page shows them, or hands them out as a file.
        return super().get_queryset(request).visible_to(request.user).defer("payload", "notes")

    @admin.display(description=_("page"))
    def page(self, result):
        address = reverse("results-frozen-one", args=[result.program.slug, result.number])
        return format_html('<a href="{}">{}</a>', address, _("Order, winners and reserves"))
