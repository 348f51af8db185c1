from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from advocacy.countries import country_choices
from advocacy.models import Advocate
from advocacy.models.accounts import Segment
from advocacy.models.users import Region

LARGEST_ID = 2**63 - 1
VALUE_LENGTH = 40


@dataclass(frozen=True)
class Facet:
    """One group of choices.

    `column` is a column of SearchRow, an array where `many`. The words for a value come from `choices`, or from the
    rows of a table `terms`, whose ids are the values; with neither of them each value is its own word.
    """

    name: str
    label: str
    column: str
    choices: dict = field(default_factory=dict)
    terms: str = ""
    many: bool = False
    by_number: bool = False  # the values with the most results come first, instead of in the order of `choices`

    def clean(self, value: str):
        """The value as the column holds it, or None for one that cannot be."""
        if self.terms:
            return number(value)
        if self.choices:
            return value if value in self.choices else None
        return value if 0 < len(value) <= VALUE_LENGTH and value.isprintable() else None


def number(text: str | None) -> int | None:
    """A positive number that fits a key, or None."""
    if not text or not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    return int(text) if 0 < int(text) <= LARGEST_ID else None


FACETS = {
    facet.name: facet
    for facet in [
        Facet("industry", _("Industry"), "industry_id", terms="advocacy_industry", by_number=True),
        Facet("region", _("Region"), "region", choices=dict(Region.choices)),
        Facet("country", _("Country"), "country", choices=dict(country_choices()), by_number=True),
        Facet("segment", _("Company size"), "segment", choices=dict(Segment.choices)),
        Facet("level", _("Level"), "level", choices=dict(Advocate.Level.choices)),
        Facet("product", _("Product"), "products", terms="advocacy_product", many=True, by_number=True),
        Facet("use_case", _("Use case"), "use_cases", terms="advocacy_usecase", many=True, by_number=True),
        Facet("willing", _("Willing to"), "willing", terms="advocacy_activitytype", many=True, by_number=True),
        Facet("language", _("Language"), "languages", many=True, by_number=True),
        Facet("tier", _("Tier"), "tier", choices=dict(Advocate.Tier.choices)),
    ]
}
