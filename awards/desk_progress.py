"""How far a judge is in one program. Open, done, abstained and recused are four things, here as everywhere. Pure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.models import Assignment
from nominations.models import Nomination

Status = Assignment.Status


@dataclass(frozen=True)
class Progress:
    open: int
    done: int
    abstained: int
    recused: int
    out: int  # no longer in the running: nothing to do

    @property
    def total(self):
        return self.open + self.settled

    @property
    def settled(self):
        return self.done + self.abstained + self.recused + self.out

    @property
    def sentence(self):
        parts = [
            ngettext("%(n)s open", "%(n)s open", self.open) % {"n": self.open},
            ngettext("%(n)s done", "%(n)s done", self.done) % {"n": self.done},
            *([_("%(n)s abstained") % {"n": self.abstained}] if self.abstained else []),
            *([_("%(n)s recused") % {"n": self.recused}] if self.recused else []),
            *([_("%(n)s out of the running") % {"n": self.out}] if self.out else []),
        ]
        return ", ".join(parts) + "."


def progress_of(assignments) -> Progress:
    """Of assignments with their nominations at hand."""
    running = [one for one in assignments if in_running(one)]
    counts = {status: sum(one.status == status for one in running) for status in Status}
    return Progress(
        open=counts[Status.OPEN],
        done=counts[Status.DONE],
        abstained=counts[Status.ABSTAINED],
        recused=counts[Status.RECUSED],
        out=len(assignments) - len(running),
    )


def in_running(assignment) -> bool:
    return assignment.nomination.status == Nomination.Status.SUBMITTED


def is_open(assignment) -> bool:
    return assignment.status == Status.OPEN and in_running(assignment)


def state_in_words(assignment, *, answered: int, questions: int, judging_is_open: bool) -> str:
    """Where one nomination stands for its judge."""
    if not in_running(assignment):
        return _("Out of the running")
    if assignment.status != Status.OPEN:
        return assignment.get_status_display()
    if not judging_is_open:
        return _("Not scored")
    if not answered:
        return _("Open")
    if answered >= questions:
        return _("Open: answered, not handed in")
    return _("Open: %(answered)s of %(questions)s answered") % {"answered": answered, "questions": questions}
