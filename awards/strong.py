"""Strong stories that were not selected, and who of them stays an advocate in the making.

Strong means a story mean of at least 4: by the rubric somebody could check its outcome.
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from awards import scoring, standings, strengths
from awards.models import Criterion, RubricComponent
from nominations.models import Entry, Nomination, Program

LEAST = Fraction(4)
TAKEN = {Entry.Status.SELECTED, Entry.Status.WON}


@dataclass(frozen=True)
class Line:
    nomination: Nomination
    story: Fraction
    strength: str

    @property
    def advocate(self):
        return self.nomination.nominee


def not_selected(orders: list[standings.Order]) -> list[scoring.Standing]:
    """Strongest story first; whoever is chosen in one category is not in the list."""
    places = [place for order in orders for place in order.places]
    chosen = {place.runner.nomination for place in places if place.runner.is_chosen or place.runner.entry_status in TAKEN}
    found = {
        place.runner.nomination: place.standing
        for place in places
        if place.runner.nomination not in chosen
        and not place.standing.reasons_from_outside
        and (place.standing.story.mean or 0) >= LEAST
    }
    return sorted(found.values(), key=lambda one: (-one.story.mean, one.nomination))


def lines(found: list[scoring.Standing], nominations: dict[int, Nomination], best: dict[int, str] | None = None) -> list[Line]:
    return [
        Line(nominations[one.nomination], one.story.mean, (best or {}).get(one.nomination, ""))
        for one in found
        if one.nomination in nominations
    ]


def full_lines(program: Program, found: list[scoring.Standing]) -> list[Line]:
    pks = [one.nomination for one in found]
    nominations = Nomination.objects.filter(pk__in=pks).select_related("nominee", "account").in_bulk()
    return lines(found, nominations, _best_components(program, pks))


def _best_components(program, pks):
    """Nomination id to the name of the story component its judges liked best."""
    components = {one.pk: one for one in RubricComponent.objects.filter(program=program, criterion=Criterion.STORY)}
    given = defaultdict(list)
    rows = standings.counted_scores(program).filter(assignment__nomination__in=pks, value__isnull=False)
    for nomination, component, value in rows.values_list("assignment__nomination", "component", "value"):
        given[nomination].append((component, value))
    best = {nomination: strengths.best_component(scores, list(components)) for nomination, scores in given.items()}
    return {nomination: components[component].name for nomination, component in best.items() if component}
