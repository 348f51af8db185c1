"""How well an advocate fits a deal, in a number and in words. Pure: facts in, score and sentences out.

The formula. Prospects believe their peers, so a deal is held against what peers share: industry 30,
level 25, products 20, company size 15; and region 10, because a conversation needs hours in which both are
awake. An activity in person or on camera adds passion 10 and self-promotion 10, since there it counts how
somebody comes across; in writing it does not, and is not weighed.

Each of these gives a share of its weight: all of it when equal, half for the neighbouring level or size,
for products the part of those wanted that the company uses, for passion and self-promotion
(value - 1) / 4. What is unknown of the advocate gives nothing and is said; what is unknown of the deal
is not weighed at all.

    score = 100 * sum(weight * share) / sum(weight), rounded, 0 where nothing is known of the deal
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from advocacy.models import Advocate
from advocacy.models.accounts import Segment

INDUSTRY, LEVEL, PRODUCTS, SEGMENT, REGION = 30, 25, 20, 15, 10
PASSION, SELF_PROMOTION = 10, 10
NEIGHBOUR = 0.5
HIGH, LOW = 4, 2  # of 5: worth a word
# From the top down, and from the smallest up.
LEVELS = list(Advocate.Level)
SEGMENTS = list(Segment)


@dataclass(frozen=True, kw_only=True)
class Deal:
    """What is known of the prospect; empty where nothing is. Of several values each one fits."""

    industries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()  # codes of Segment
    levels: frozenset[str] = frozenset()  # codes of Advocate.Level
    products: frozenset[str] = frozenset()
    in_person: bool = False  # the activity is live or on camera


@dataclass(frozen=True, kw_only=True)
class Person:
    """An advocate with their company; blank or None where unknown."""

    industry: str = ""
    region: str = ""
    segment: str = ""
    level: str = ""
    products: frozenset[str] = frozenset()
    passion: int | None = None
    self_promotion: int | None = None


@dataclass(frozen=True)
class Match:
    score: int
    fits: list[str] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Verdict:
    """One thing compared: its weight, the share of it that was reached, and a sentence or nothing."""

    weight: int
    share: float
    sentence: str

    @property
    def fits(self) -> bool:
        return self.share >= NEIGHBOUR


def match(deal: Deal, person: Person) -> Match:
    """From 0 to 100, with what fits and what does not; the weightiest first."""
    verdicts = list(compare(deal, person))
    weight = sum(verdict.weight for verdict in verdicts)
    points = sum(verdict.weight * verdict.share for verdict in verdicts)
    told = [verdict for verdict in verdicts if verdict.sentence]
    return Match(
        score=round(100 * points / weight) if weight else 0,
        fits=[verdict.sentence for verdict in told if verdict.fits],
        misfits=[verdict.sentence for verdict in told if not verdict.fits],
    )


def compare(deal: Deal, person: Person) -> Iterator[Verdict]:
    if deal.industries:
        yield industry(deal, person)
    if deal.levels:
        yield level(deal, person)
    if deal.products:
        yield products(deal, person)
    if deal.segments:
        yield segment(deal, person)
    if deal.regions:
        yield region(deal, person)
    if deal.in_person:
        yield passion(person)
        yield self_promotion(person)


def industry(deal, person):
    if not person.industry:
        return Verdict(INDUSTRY, 0, _("Industry not known"))
    if person.industry in deal.industries:
        return Verdict(INDUSTRY, 1, _("Same industry: %(value)s") % {"value": person.industry})
    return Verdict(INDUSTRY, 0, _("Another industry: %(value)s") % {"value": person.industry})


def level(deal, person):
    steps = nearest(deal.levels, person.level, LEVELS)
    if steps is None:
        return Verdict(LEVEL, 0, _("Level not known"))
    if steps == 0:
        sentence = _("Same level: %(value)s")
    elif abs(steps) == 1:
        sentence = _("One level higher: %(value)s") if steps < 0 else _("One level lower: %(value)s")
    else:
        sentence = _("Another level: %(value)s")
    return Verdict(LEVEL, share_of(steps), sentence % {"value": Advocate.Level(person.level).label})


def segment(deal, person):
    steps = nearest(deal.segments, person.segment, SEGMENTS)
    if steps is None:
        return Verdict(SEGMENT, 0, _("Company size not known"))
    if steps == 0:
        sentence = _("Same company size: %(value)s")
    elif abs(steps) == 1:
        sentence = _("Next larger companies: %(value)s") if steps > 0 else _("Next smaller companies: %(value)s")
    else:
        sentence = _("Another company size: %(value)s")
    return Verdict(SEGMENT, share_of(steps), sentence % {"value": Segment(person.segment).label})


def products(deal, person):
    used = deal.products & person.products
    missing = _listed(deal.products - used)
    if not used:
        return Verdict(PRODUCTS, 0, _("Does not use %(value)s") % {"value": missing})
    sentence = _("Uses %(value)s, not %(missing)s") if missing else _("Uses %(value)s")
    return Verdict(PRODUCTS, len(used) / len(deal.products), sentence % {"value": _listed(used), "missing": missing})


def region(deal, person):
    if not person.region:
        return Verdict(REGION, 0, _("Region not known"))
    if person.region in deal.regions:
        return Verdict(REGION, 1, _("Same region: %(value)s") % {"value": person.region})
    return Verdict(REGION, 0, _("Another region: %(value)s") % {"value": person.region})


def passion(person):
    words = (_("Speaks with passion"), _("Rather quiet in person"))
    return _rating(PASSION, person.passion, *words, unknown=_("Not known how they come across in person"))


def self_promotion(person):
    words = (_("Likes to stand in front"), _("Prefers the background"))
    return _rating(SELF_PROMOTION, person.self_promotion, *words, unknown=_("Not known whether they like to stand in front"))


def _rating(weight, value, high, low, *, unknown):
    if value is None:
        return Verdict(weight, 0, unknown)
    return Verdict(weight, (value - 1) / 4, high if value >= HIGH else low if value <= LOW else "")


def nearest(wanted: frozenset[str], value: str, ladder: list[str]) -> int | None:
    """Steps on the ladder from the nearest wanted value to `value`; None where either is unknown."""
    known = [step for step in wanted if step in ladder]
    if value not in ladder or not known:
        return None
    return min((ladder.index(value) - ladder.index(step) for step in known), key=abs)


def neighbours(values: Collection[str], ladder: list[str]) -> set[str]:
    """The steps next to any of `values`, without these."""
    places = [ladder.index(value) for value in values if value in ladder]
    near = {ladder[place] for here in places for place in (here - 1, here + 1) if 0 <= place < len(ladder)}
    return near - set(values)


def share_of(steps: int) -> float:
    return 1 if steps == 0 else NEIGHBOUR if abs(steps) == 1 else 0


def _listed(names):
    return ", ".join(sorted(names))
