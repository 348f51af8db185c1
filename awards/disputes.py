"""The list to talk through: who is furthest apart, with the names and the comments of both sides."""

from dataclasses import dataclass
from fractions import Fraction

from awards import standings
from awards.disagreement import Disagreement, most_disputed
from awards.models import Assignment, Criterion
from nominations.models import Nomination, Program


@dataclass(frozen=True)
class Voice:
    judge: str
    mean: Fraction
    comment: str


@dataclass(frozen=True)
class Line:
    nomination: Nomination
    dispute: Disagreement
    lowest: list[Voice]
    highest: list[Voice]

    @property
    def criterion(self):
        return Criterion(self.dispute.criterion).label

    @property
    def spread(self):
        return self.dispute.result.spread


def of(orders: list[standings.Order]) -> list[Disagreement]:
    """The disputes of all in the running, each nomination once."""
    running = {
        place.runner.nomination: place.standing
        for order in orders
        for place in order.places
        if not place.standing.reasons_from_outside
    }
    return most_disputed(running.values())


def lines(
    disputes: list[Disagreement],
    nominations: dict[int, Nomination],
    judges: dict[int, str] | None = None,
    comments: dict[tuple[int, int], str] | None = None,
) -> list[Line]:
    """The disputes in words; judges and comments may be left out where only the list is shown."""

    def voices(dispute, extremes):
        return [
            Voice((judges or {}).get(judge, ""), mean, (comments or {}).get((judge, dispute.nomination), ""))
            for judge, mean in extremes
        ]

    return [
        Line(nominations[one.nomination], one, voices(one, one.lowest), voices(one, one.highest))
        for one in disputes
        if one.nomination in nominations
    ]


def full_lines(program: Program, disputes: list[Disagreement]) -> list[Line]:
    pks = [dispute.nomination for dispute in disputes]
    nominations = Nomination.objects.filter(pk__in=pks).select_related("nominee", "account").in_bulk()
    judges = {judge.pk: str(judge) for judge in program.judges.select_related("user")}
    return lines(disputes, nominations, judges, dict(_comments(program, pks)))


def _comments(program, pks):
    rows = Assignment.objects.filter(judge__program=program, nomination__in=pks).exclude(comment="")
    for judge, nomination, comment in rows.values_list("judge", "nomination", "comment"):
        yield (judge, nomination), comment
