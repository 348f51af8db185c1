"""Who has how much left: the page from which the team watches over judging. Shows no score."""

from collections import defaultdict
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q
from django.utils.translation import gettext as _

from advocacy.walltime import in_words
from awards import assigning, conflicts
from awards.models import Assignment, Criterion, Judge
from awards.services.assigning import minimum_of
from awards.services.reminders import next_reminder
from nominations.models import Nomination
from outbox.models import Message

Status = Assignment.Status
A_PAGE = 50


class ProgressPage:
    """Judges and nominations of one program at the moment `now`."""

    def __init__(self, program, *, now, number=1, only_gaps=False):
        self.program, self.now, self.only_gaps = program, now, only_gaps
        self.minimum = minimum_of(program)
        self._number = number

    @cached_property
    def judges(self):
        judges = list(Judge.objects.filter(program=self.program).with_progress())
        reminded = self._reminders()
        for judge in judges:
            judge.reminded_at = reminded.get(judge.pk)
        return judges

    def _reminders(self):
        """When each judge was last reminded."""
        sent = Message.objects.filter(
            kind="judging_ends_soon", content_type__app_label="awards", content_type__model="judge", sent_at__isnull=False
        )
        return dict(sent.filter(object_id__in=self._judge_pks).values_list("object_id").annotate(Max("sent_at")))

    @cached_property
    def _judge_pks(self):
        return list(self.program.judges.values_list("pk", flat=True))

    @property
    def present(self):
        return [judge for judge in self.judges if not judge.left_at]

    @property
    def waiting(self):
        return [judge for judge in self.present if judge.open_count]

    @property
    def next_reminder(self):
        """When the clock reminds those with open work, in words; empty when it is too late for another."""
        moment = next_reminder(self.program.judging_closes_at, self.now)
        return in_words(moment, self.program.time_zone) if moment else ""

    @cached_property
    def spread(self):
        loads = [judge.load for judge in self.present]
        return max(loads, default=0) - min(loads, default=0)

    @cached_property
    def nominations(self):
        """One page of nominations, those with too few judges first."""
        listed = self._covered()
        if self.only_gaps:
            listed = listed.filter(is_short=True)
        page = Paginator(listed.order_by("-is_short", "pk").select_related("account", "nominee"), A_PAGE).get_page(self._number)
        self._add_assignments(page.object_list)
        return page

    def _add_assignments(self, nominations):
        of_nomination = defaultdict(list)
        for one in Assignment.objects.filter(nomination__in=nominations).with_begun().select_related("judge__user"):
            of_nomination[one.nomination_id].append(one)
        for nomination in nominations:
            nomination.readings = of_nomination[nomination.pk]
            taken = {one.judge_id for one in nomination.readings}
            nomination.free_judges = [judge for judge in self.present if judge.pk not in taken]
            nomination.coverage = [
                (label, getattr(nomination, f"{code}_judges"), self.minimum[code]) for code, label in Criterion.choices
            ]

    @cached_property
    def short_count(self):
        return self._covered().filter(is_short=True).count()

    def _covered(self):
        """Submitted nominations, each with its judges of either criterion: those at work and those who are done."""
        counts = {f"{code}_judges": _judges_of(code) for code in Criterion.values}
        short = Q(story_judges__lt=self.minimum["story"]) | Q(partnership_judges__lt=self.minimum["partnership"])
        is_short = ExpressionWrapper(short, output_field=BooleanField())
        return self.program.nominations.submitted().annotate(**counts).annotate(is_short=is_short)

    @cached_property
    def groups(self):
        """Names of the judges of each part that hangs together, where there is more than one part."""
        counted = Assignment.objects.filter(judge__program=self.program, status__in=[Status.OPEN, Status.DONE])
        found = assigning.groups_of(counted.values_list("judge", "nomination"))
        names = {judge.pk: str(judge) for judge in self.judges}
        return [sorted(names[pk] for pk in group) for group in found] if len(found) > 1 else []

    def obstacles(self):
        """For each nomination of this page with too few judges: the sentences that say what stands in the way."""
        short = [nomination.pk for nomination in self.nominations if nomination.is_short]
        with_facts = conflicts.with_facts(Nomination.objects.filter(pk__in=short))
        found = {nomination.pk: conflicts.Stakes(nomination) for nomination in with_facts}
        for nomination in self.nominations:
            if nomination.is_short:
                nomination.obstacles = self._obstacles(nomination, found[nomination.pk])

    def _obstacles(self, nomination, stakes):
        gone = {one.judge_id: one for one in nomination.readings if one.status in {Status.RECUSED, Status.ABSTAINED}}
        sentences = []
        for code, label in Criterion.choices:
            able = [judge for judge in self.present if code in judge.criteria]
            if len(able) < self.minimum[code]:
                words = {"criterion": label.lower(), "able": len(able), "need": self.minimum[code]}
                sentences.append(_("%(criterion)s: %(able)s judges score it, %(need)s are needed. Appoint more.") % words)
        for judge in self.present:
            if judge.pk in gone:
                sentences.append(f"{judge}: {gone[judge.pk].get_status_display()}. {gone[judge.pk].reason}".strip())
            elif reason := stakes.of_judge(judge):
                sentences.append(f"{judge}: {reason}")
        return sentences


def _judges_of(criterion):
    counted = Q(**{f"assignments__judge__scores_{criterion}": True}, assignments__status__in=[Status.OPEN, Status.DONE])
    return Count("assignments", filter=counted)
