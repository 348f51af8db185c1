"""Which tier somebody has, and what the next one asks for. Pure; `advocacy.services.tiers` says the same in SQL.

A tier is earned by what was done, not set by hand: the highest whose conditions all hold. Points are those of the
activities done in the last 365 days, so that a tier has to be kept up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

POINTS_DAYS = 365
NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What one tier asks for; `tier` is its code and `label` its name."""

    tier: str
    label: str
    points: int = 0
    activities: int = 0
    needs_story: bool = False
    needs_public_name: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What somebody has done: points of a year, activities ever, gifts left out."""

    points: int = 0
    activities: int = 0
    has_story: bool = False
    has_public_name: bool = False


@dataclass(frozen=True)
class Ladder:
    """Where somebody stands; `next_label` is empty on the highest rung."""

    tier: str
    points: int
    next_label: str = ""
    missing: tuple[str, ...] = ()


def holds(standing: Standing, rule: Rule) -> bool:
    return (
        standing.points >= rule.points
        and standing.activities >= rule.activities
        and (standing.has_story or not rule.needs_story)
        and (standing.has_public_name or not rule.needs_public_name)
    )


def ladder(standing: Standing, rules: Sequence[Rule]) -> Ladder:
    """`rules` from the lowest tier to the highest."""
    held = [place for place, rule in enumerate(rules) if holds(standing, rule)]
    place = held[-1] if held else -1
    above = rules[place + 1 : place + 2]
    return Ladder(
        rules[place].tier if held else NONE,
        standing.points,
        above[0].label if above else "",
        tuple(missing(standing, above[0])) if above else (),
    )


def missing(standing: Standing, rule: Rule) -> list[str]:
    """The steps to this tier, in words."""
    steps = []
    if (short := rule.points - standing.points) > 0:
        words = ngettext("%(n)s more point from activities this year", "%(n)s more points from activities this year", short)
        steps.append(words % {"n": short})
    if (short := rule.activities - standing.activities) > 0:
        steps.append(ngettext("one more activity", "%(n)s more activities", short) % {"n": short})
    if rule.needs_story and not standing.has_story:
        steps.append(_("a story they have told us"))
    if rule.needs_public_name and not standing.has_public_name:
        steps.append(_("a yes to using name, title and company in public"))
    return steps
