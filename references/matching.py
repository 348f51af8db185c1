"""How well an advocate fits a deal, in words. Pure: facts in, sentences out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

POINTS = 25


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a deal and an advocate's company have in common or not; blank where unknown."""

    industry: str = ""
    region: str = ""
    segment: str = ""
    products: frozenset[str] = frozenset()


def match(deal: Profile, advocate: Profile) -> tuple[int, list[str]]:
    """Points from 0 to 100, 25 for each thing in common, and a sentence for each."""
    common = [
        (_("Same industry: %(value)s"), deal.industry if deal.industry == advocate.industry else ""),
        (_("Same region: %(value)s"), deal.region if deal.region == advocate.region else ""),
        (_("Same company size: %(value)s"), deal.segment if deal.segment == advocate.segment else ""),
        (_("Uses %(value)s"), ", ".join(sorted(deal.products & advocate.products))),
    ]
    reasons = [sentence % {"value": value} for sentence, value in common if value]
    return POINTS * len(reasons), reasons
