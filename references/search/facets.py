from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from advocacy.models import Advocate
from advocacy.models.accounts import Segment
from advocacy.models.users import Region

LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Facet:
    """One group of choices.

    `column` is a column of SearchRow, an array where `many`. The words for a value come from `choices`
    or from the rows of a table `terms`, whose ids are the values.
    """

    name: str
    label: str
    column: str
    choices: dict = field(default_factory=dict)
    terms: str = ""
    many: bool = False

    def clean(self, value: str):
        """The value as the column holds it, or None for one that cannot be."""
        if self.terms:
            return number(value)
        return value if value in self.choices else None

    def condition(self, values: tuple) -> tuple[str, list]:
        """SQL that is true for rows with one of `values`, and for all rows when there are none."""
        if not values:
            return "true", []
        if self.many:
            return f"{self.column} && %s::bigint[]", [list(values)]
        return f"coalesce({self.column} = ANY (%s), false)", [list(values)]


def number(text: str | None) -> int | None:
    """A positive number that fits a key, or None."""
    if not text or not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    return int(text) if 0 < int(text) <= LARGEST_ID else None


FACETS = {
    facet.name: facet
    for facet in [
        Facet("industry", _("Industry"), "industry_id", terms="advocacy_industry"),
        Facet("region", _("Region"), "region", choices=dict(Region.choices)),
        Facet("segment", _("Company size"), "segment", choices=dict(Segment.choices)),
        Facet("level", _("Level"), "level", choices=dict(Advocate.Level.choices)),
        Facet("product", _("Product"), "products", terms="advocacy_product", many=True),
        Facet("willing", _("Willing to"), "willing", terms="advocacy_activitytype", many=True),
    ]
}
