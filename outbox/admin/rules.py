from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext

from outbox import clocks
from outbox.admin.base import ReadOnlyAdmin
from outbox.clocks import words
from outbox.models import Message, Occurrence, RuleRun

PAGE = 50
MAILS_SHOWN = 5
A_MONTH = timedelta(days=30)
GONE = [Message.State.SENT, Message.State.BOUNCED]


@dataclass(frozen=True)
class Line:
    """One rule as the pages show it; `said` is what it did within a month."""

    rule: clocks.Rule | clocks.Chore
    run: RuleRun
    said: dict
    now: datetime

    @cached_property
    def next_at(self):
        return clocks.next_run_at(self.rule, self.run, self.now)

    @property
    def is_overdue(self):
        """Its time came two runs ago and more: the beat or the workers stand still."""
        began = self.run.started_at
        return bool(began and self.is_due and self.now - began > 2 * self.rule.every + timedelta(minutes=5))

    @property
    def is_due(self):
        return self.next_at == self.now

    @property
    def is_chore(self):
        return not self.rule.is_reminder

    @property
    def how_often(self):
        return words.how_often(self.rule)

    @property
    def took(self):
        return words.how_long(self.run.seconds)


def mails_of_rules(since: datetime) -> dict[str, dict]:
    """By rule how many `mails` its occurrences led to, and how many of them are `gone`."""
    written = Message.objects.filter(occurrence__created_at__gt=since).with_fate().order_by().values("occurrence__rule")
    counts = written.annotate(mails=Count("pk"), gone=Count("pk", filter=Q(fate__in=GONE)))
    return {row.pop("occurrence__rule"): row for row in counts}


def all_lines(now: datetime) -> list[Line]:
    runs = {run.rule: run for run in RuleRun.objects.select_related("switched_by")}
    states = {state: Count("pk", filter=Q(state=state)) for state in Occurrence.State.values}
    mails = mails_of_rules(now - A_MONTH)
    said = Occurrence.objects.filter(created_at__gt=now - A_MONTH).order_by().values("rule").annotate(**states)
    said = {row["rule"]: row | mails.get(row["rule"], {}) for row in said}
    rules = sorted(clocks.all_rules(), key=lambda rule: str(rule.label))
    return [Line(rule, runs.get(rule.code) or RuleRun(rule=rule.code), said.get(rule.code, {}), now) for rule in rules]


@admin.register(RuleRun)
class RuleRunAdmin(ReadOnlyAdmin):
    """All rules of the clocks: when each ran, what it found, and a switch."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("", view(self.list_view), name="outbox_rulerun_changelist"),
            path("<slug:code>/", view(self.rule_view), name="outbox_rulerun_rule"),
            path("<slug:code>/switch/", view(self.switch_view), name="outbox_rulerun_switch"),
        ]

    def has_switch_permission(self, request):
        return request.user.has_perm("outbox.change_rulerun")

    def occurrences_of(self, request, rule):
        mails = Message.objects.select_related("merged_into").defer("text", "html", "attachments").order_by("pk")
        return (
            Occurrence.objects.filter(rule=rule.code)
            .annotate(mail_count=Count("messages"))
            .prefetch_related(Prefetch("messages", mails[:MAILS_SHOWN], to_attr="first_mails"))
            .order_by("-created_at", "-pk")
        )

    def list_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        lines = all_lines(timezone.now())
        return self.page(
            request,
            "list",
            title=self.name_of_list,
            reminders=[line for line in lines if line.rule.is_reminder],
            chores=[line for line in lines if not line.rule.is_reminder],
            failing=[line for line in lines if line.run.failed],
            overdue=[line for line in lines if line.is_overdue],
        )

    def rule_view(self, request, code):
        if not self.has_view_permission(request):
            raise PermissionDenied
        line = self._line(code)
        page = Paginator(self.occurrences_of(request, line.rule), PAGE).get_page(request.GET.get("page"))
        clocks.name_objects(page.object_list, user=request.user, now=line.now)
        may = {
            "may_switch": self.has_switch_permission(request),
            "may_see_mails": request.user.has_perm("outbox.view_message"),
        }
        for occurrence in page.object_list:
            _show_mails(occurrence)
        return self.page(request, "rule", title=line.rule.label, line=line, page=page, **may)

    def switch_view(self, request, code):
        """Ask for confirmation, then switch; asked for the state it has, it stays as it is."""
        if not self.has_switch_permission(request):
            raise PermissionDenied
        line = self._line(code)
        off = not line.run.is_off
        if request.method == "POST":
            off = request.POST.get("to") == "off"
            run = clocks.switch(line.rule, off=off, by=request.user, now=line.now)
            told = (
                gettext("Switched off: it finds and writes nothing until it is switched on.") if off else gettext("Switched on.")
            )
            self.log_change(request, run, told)
            messages.success(request, told)
            return redirect(reverse("admin:outbox_rulerun_rule", args=[code]))
        return self.page(request, "switch", title=line.rule.label, line=line, off=off)

    def _line(self, code):
        line = next((line for line in all_lines(timezone.now()) if line.rule.code == code), None)
        if line is None:
            raise Http404
        return line


def _show_mails(occurrence):
    """Whoever may not see what it speaks of does not read to whom: a judge would learn who else judges."""
    occurrence.mails = occurrence.first_mails if occurrence.link else []
    occurrence.more_mails = occurrence.mail_count - len(occurrence.mails) if occurrence.link else 0
