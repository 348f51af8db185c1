"""What is odd about a program's results, in sentences: so that nobody takes an accident for a verdict."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards import scoring, standings
from awards.models import Assignment
from nominations.models import Program

NAMED = 3


@dataclass(frozen=True)
class Contest:
    """Equals for whom a category has too few places, or who all win as the rule says."""

    category: object
    names: list[str]
    others: int
    places: int
    is_joint: bool
    is_for_the_chair: bool

    @property
    def sentence(self):
        words = {"category": self.category, "names": self._names(), "places": self.places}
        if self.is_joint:
            return (
                _("%(category)s: %(names)s are equal and all win, as the tie rule says, though there are %(places)s places.")
                % words
            )
        return (
            ngettext(
                "%(category)s: %(names)s are equal, and there is one place.",
                "%(category)s: %(names)s are equal, and there are too few of the %(places)s places.",
                self.places,
            )
            % words
        )

    def _names(self):
        named = "; ".join(self.names)
        if not self.others:
            return named
        return ngettext("%(names)s and one other", "%(names)s and %(count)s others", self.others) % {
            "names": named,
            "count": self.others,
        }


def on(program: Program, orders: list[standings.Order]) -> list[str]:
    runners = {place.runner.nomination: place for order in orders for place in order.places}
    return [sentence for sentence in [_few_judges(runners), _all_alike(orders), _unscored(program, runners)] if sentence]


def _few_judges(places):
    judges = {
        judge for place in places.values() for name in scoring.CRITERIA for judge in place.standing.criterion(name).by_judge
    }
    if places and not judges:
        return _("Nobody has finished a nomination yet, so there is no order.")
    if len(judges) == 1:
        return _("One judge alone has scored. Whether another would see it the same way, nobody knows.")
    return ""


def _all_alike(orders):
    ranked = [place.standing for order in orders for place in order.places if place.standing.rank is not None]
    nominations = {one.nomination for one in ranked}
    if len(nominations) > 1 and not any(_figures(one) != _figures(ranked[0]) for one in ranked):
        return _("All %(count)s nominations that rank have the same figures, so the scores set no order.") % {
            "count": len(nominations)
        }
    return ""


def _figures(one):
    return one.total, one.story.mean, one.partnership.mean


def _unscored(program, places):
    """Asked only where a nomination in the running has no score at all."""
    if all(place.standing.judges or place.standing.reasons_from_outside for place in places.values()):
        return ""
    left = without_judges(program)
    names = "; ".join(str(one) for one in left[:NAMED])
    if not left:
        return ""
    if len(left) > NAMED:
        words = {"names": names, "count": len(left) - NAMED}
        return _("Every judge is recused from %(names)s and %(count)s more. Appoint somebody who can judge them.") % words
    return _("Every judge is recused from %(names)s. Appoint somebody who can judge them.") % {"names": names}


def without_judges(program: Program):
    """Nominations in the running whose judges are all recused."""
    assignments = Assignment.objects.filter(nomination=OuterRef("pk"))
    others = assignments.exclude(status=Assignment.Status.RECUSED)
    nominations = program.nominations.submitted().filter(Exists(assignments), ~Exists(others))
    return list(nominations.select_related("nominee", "account").order_by("pk"))


def contested(program: Program, orders: list[standings.Order]) -> list[Contest]:
    """One a category where equals reach for the same places and not all of them are settled."""
    found = []
    for order in orders:
        rivals, is_joint = _rivals(program, order)
        if rivals:
            found.append((rivals, is_joint))
    rows = iter(standings.rows_of([place for rivals, _joint in found for place in rivals[:NAMED]]) if found else [])
    return [_contest(program, [next(rows) for _place in rivals[:NAMED]], len(rivals), is_joint) for rivals, is_joint in found]


def _rivals(program, order):
    """The places that are contested, or won jointly beyond the number of places."""
    by_pk = {place.runner.nomination: place for place in order.places}
    places = order.winning(program)
    if len(places.winning) > program.winners_per_category:
        last = by_pk[places.winning[-1]].standing.rank
        return [by_pk[pk] for pk in places.winning if by_pk[pk].standing.rank == last], True
    return [by_pk[pk] for pk in places.contested], False


def _contest(program, rows, count, is_joint):
    rows = [row for row in rows if row]
    return Contest(
        category=rows[0].entry.category if rows and rows[0].entry else "",
        names=[str(row.nomination) for row in rows],
        others=count - len(rows),
        places=program.winners_per_category,
        is_joint=is_joint,
        is_for_the_chair=program.tie_rule == Program.TieRule.CHAIR,
    )


def mark_latecomers(judges, program: Program) -> None:
    """`joined_at` of judges whose first nomination came when the others had begun; None for the others."""
    first = min((judge.began_at for judge in judges if judge.began_at), default=None)
    for judge in judges:
        is_late = judge.began_at and judge.began_at > max(first, program.judging_opens_at)
        judge.joined_at = judge.began_at if is_late else None
