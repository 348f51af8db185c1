"""Handing nominations out to judges: to everyone, by category, evenly, or by hand."""

from collections import Counter
from datetime import datetime
from itertools import product

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from advocacy import roles
from advocacy.models import StatusChange, User
from advocacy.workflow import move, record_change
from awards import assigning, conflicts
from awards.exceptions import AssignmentClosed, JudgingNotOpen, ReasonMissing, SealStays
from awards.models import Assignment, Judge
from awards.services.recusal import recuse_for_conflict
from awards.services.stopping import stop_reminding_judge
from nominations.models import Nomination, Program

Mode = Program.AssignmentMode
Status = Assignment.Status
LEFT = "left"
PRESENT = "appointed"


def assign_judges(*, program: Program, now: datetime, afresh: bool = False) -> int:
    """Bring assignments up to date: late nominations, judges who came or left, conflicts found since. Returns how many are new.

    Who reads what follows the program's `assignment_mode`; what is there stays where the mode allows it, and what was
    begun or put there by hand stays always. `afresh` shares out anew all that nobody has begun.
    Does nothing outside the judging dates, so that no later change of an account rewrites a result.
    """
    if not program.in_judging(now):
        return 0
    with transaction.atomic():
        lock(program)
        table = Table(program)
        for assignment, reason in table.new_conflicts():
            recuse_for_conflict(assignment=assignment, reason=reason, now=now)
        wanted = table.wanted(afresh=afresh)
        dropped = [table.existing[pair].pk for pair in table.movable() if pair not in wanted]
        Assignment.objects.filter(pk__in=dropped).delete()
        return _add([pair for pair in sorted(wanted) if pair not in table.existing], table.ties, now)


def assign_by_hand(*, judge: Judge, nomination: Nomination, now: datetime) -> Assignment:
    """Put one nomination before one judge, to stay there. Raises JudgingNotOpen or AssignmentClosed."""
    program = judge.program
    if not program.in_judging(now):
        raise JudgingNotOpen(_("Judging of %(program)s is not open.") % {"program": program})
    if judge.left_at or nomination.status != Nomination.Status.SUBMITTED:
        raise AssignmentClosed(_("This judge or this nomination takes no part any more."))
    if reason := conflicts.conflict_of(judge, conflicts.with_facts(Nomination.objects.filter(pk=nomination.pk)).get()):
        raise AssignmentClosed(_("%(judge)s cannot judge this customer. %(reason)s") % {"judge": judge, "reason": reason})
    with transaction.atomic():
        lock(program)
        assignment, is_new = Assignment.objects.get_or_create(
            judge=judge, nomination=nomination, defaults={"by_hand": True, "created_at": now}
        )
        if not is_new and not assignment.by_hand:
            assignment.by_hand = True
            assignment.save(update_fields=["by_hand"])
    return assignment


def take_from_judge(*, assignment: Assignment, by: User, now: datetime) -> None:
    """Take a nomination from a judge who has not begun it.

    Raises AssignmentClosed where they have, and SealStays where it is one's own.
    """
    if assignment.judge.user_id == by.pk:
        refuse_to_lighten_own_desk(program=assignment.judge.program, by=by, now=now)
    with transaction.atomic():
        lock(assignment.judge.program)
        left = Assignment.objects.filter(pk=assignment.pk).not_begun()
        if Assignment.objects.filter(pk=assignment.pk).exists() and not left.exists():
            raise AssignmentClosed(_("The judge has begun this nomination; it stays with them."))
        left.delete()


def remove_judge(*, judge: Judge, by: User | None, why: str, now: datetime) -> None:
    """The judge takes no part any more. What they finished counts; the rest goes to the others. Again changes nothing."""
    if not why.strip():
        raise ReasonMissing(_("Say why this judge leaves."))
    if by and by.pk == judge.user_id:
        raise SealStays(_("Somebody else of the advocacy team has to do this: leaving would open the results to you."))
    with transaction.atomic():
        lock(judge.program)
        judge = Judge.objects.select_for_update(of=("self",)).select_related("program", "user").get(pk=judge.pk)
        if judge.left_at:
            return
        judge.left_at = now
        judge.save(update_fields=["left_at"])
        record_change(judge, from_status=PRESENT, to_status=LEFT, by=by, why=why.strip(), changed_at=now)
        _clear_desk(judge, by, now)
        stop_reminding_judge(judge)
        assign_judges(program=judge.program, now=now)


def _clear_desk(judge, by, now):
    judge.assignments.not_begun().delete()
    for assignment in judge.assignments.filter(status=Status.OPEN):
        assignment.reason, assignment.decided_at = _("No longer a judge."), now
        assignment.save(update_fields=["reason", "decided_at"])
        move(assignment, to=Status.ABSTAINED, by=by, why=assignment.reason, changed_at=now)
    if judge.user and not Judge.objects.present().filter(user=judge.user).exists():
        judge.user.groups.remove(Group.objects.get(name=roles.JUDGE))


def refuse_to_lighten_own_desk(*, program: Program, by: User, now: datetime) -> None:
    """Whoever has nominations left moves none of them away: an empty desk opens the results. Raises SealStays."""
    if program.in_judging(now) and Assignment.objects.of(by).open().filter(judge__program=program).exists():
        raise SealStays(
            _("You still have nominations to judge. Somebody else of the advocacy team has to do this, or you once you are done.")
        )


def lock(program: Program) -> None:
    """One at a time for a program: two beats, two clicks or two announcers see each other's work."""
    Program.objects.select_for_update(of=("self",)).get(pk=program.pk)


class Table:
    """Judges, nominations and what is between them, read once."""

    def __init__(self, program: Program):
        self.program = program
        self.judges = list(program.judges.present().select_related("user", "guest_account").prefetch_related("categories"))
        self.nominations = list(conflicts.with_facts(program.nominations.submitted().order_by("pk")).prefetch_related("entries"))
        self.existing = {
            (one.judge_id, one.nomination_id): one
            for one in Assignment.objects.filter(judge__program=program).with_begun().select_related("judge")
        }
        self.ties = self._ties()

    def _ties(self):
        """Why a judge may not read a nomination, by the pair."""
        found = {}
        for nomination in self.nominations:
            stakes = conflicts.Stakes(nomination)
            for judge in self.judges:
                if reason := stakes.of_judge(judge):
                    found[judge.pk, nomination.pk] = reason
        return found

    def new_conflicts(self):
        return [
            (assignment, self.ties[pair])
            for pair, assignment in self.existing.items()
            if pair in self.ties and assignment.status != Status.RECUSED
        ]

    def movable(self):
        """Nobody has begun it and nobody put it there by hand. What everyone reads, or a category, is never moved."""
        if self.program.assignment_mode != Mode.BALANCED:
            return []
        return [pair for pair, one in self.existing.items() if one.status == Status.OPEN and not (one.by_hand or one.is_begun)]

    def wanted(self, *, afresh: bool = False):
        """The pairs that should be assignments, those with a conflict included where the mode names pairs itself."""
        mode = self.program.assignment_mode
        pairs = product([judge.pk for judge in self.judges], [nomination.pk for nomination in self.nominations])
        if mode == Mode.EVERYONE:
            return set(pairs)
        if mode == Mode.CATEGORY:
            return {pair for pair in pairs if self._shares_a_category(*pair)}
        return set(self.plan(afresh=afresh).readings) if mode == Mode.BALANCED else set()

    def _shares_a_category(self, judge_pk, nomination_pk):
        return bool(self._categories_of_judges[judge_pk] & self._categories_of_nominations[nomination_pk])

    @cached_property
    def _categories_of_judges(self):
        return {judge.pk: {category.pk for category in judge.categories.all()} for judge in self.judges}

    @cached_property
    def _categories_of_nominations(self):
        return {one.pk: {entry.category_id for entry in one.entries.all()} for one in self.nominations}

    def plan(self, *, afresh: bool = False) -> assigning.Plan:
        movable = set(self.movable())
        out = {pair for pair, one in self.existing.items() if one.status in {Status.RECUSED, Status.ABSTAINED}}
        return assigning.share_out(
            nominations=[nomination.pk for nomination in self.nominations],
            readers=[assigning.Reader(judge.pk, frozenset(judge.criteria)) for judge in self.judges],
            minimum=minimum_of(self.program),
            barred=out | set(self.ties),
            fixed=set(self.existing) - out - movable,
            movable=() if afresh else sorted(movable),
            given=self._given(),
        )

    def _given(self):
        """Judges who finished a nomination and have left, by nomination and criterion."""
        return Counter(
            (one.nomination_id, criterion)
            for one in self.existing.values()
            if one.judge.left_at and one.status == Status.DONE
            for criterion in one.judge.criteria
        )


def minimum_of(program: Program) -> dict[str, int]:
    return {"story": program.minimum_story_judges, "partnership": program.minimum_partnership_judges}


def _add(pairs, ties, now):
    """One row a pair; those with a conflict are recused from the start."""
    added = Assignment.objects.bulk_create(
        [
            Assignment(
                judge_id=judge,
                nomination_id=nomination,
                created_at=now,
                **(
                    {"status": Status.RECUSED, "reason": ties[judge, nomination], "decided_at": now}
                    if (judge, nomination) in ties
                    else {}
                ),
            )
            for judge, nomination in pairs
        ],
        batch_size=5000,
    )
    StatusChange.objects.bulk_create(
        StatusChange(subject=assignment, from_status="", to_status=assignment.status, why=assignment.reason, changed_at=now)
        for assignment in added
        if assignment.status == Status.RECUSED
    )
    return len(added)
