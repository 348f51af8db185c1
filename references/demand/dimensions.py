from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from advocacy.models import Industry, Product
from advocacy.models.accounts import Segment
from advocacy.models.users import Region

MOST = 3  # a table of four dimensions says nothing to anybody


@dataclass(frozen=True)
class Dimension:
    """One way to cut the market: the name of a facet of the search, and the SQL of an open deal's value."""

    name: str
    label: str
    deal: str
    open_label: str  # where a deal, goal or need leaves it open
    has_key: bool = False  # of a row of the taxonomy

    def value(self, text: str) -> int | str:
        """A value of the search's bits as deals have it."""
        return int(text) if self.has_key else text

    def labels(self) -> dict:
        if self.name == "industry":
            return dict(Industry.objects.values_list("pk", "name"))
        if self.name == "product":
            return dict(Product.objects.values_list("pk", "name"))
        return dict(Region.choices if self.name == "region" else Segment.choices)


DIMENSIONS = {
    dimension.name: dimension
    for dimension in [
        Dimension("industry", _("Industry"), "coalesce(o.industry_id, a.industry_id)", _("any industry"), has_key=True),
        # The region follows the country; the table of countries is not in the database.
        Dimension("region", _("Region"), "coalesce(nullif(o.country, ''), a.country, '')", _("any region")),
        Dimension("product", _("Product"), "m.product_id", _("any product"), has_key=True),
        Dimension("segment", _("Company size"), "coalesce(nullif(o.segment, ''), a.segment, '')", _("any size")),
    ]
}


def chosen(names: list[str]) -> list[Dimension]:
    """The dimensions of an address in their usual order, at most three; industry and region when it names none."""
    found = [dimension for name, dimension in DIMENSIONS.items() if name in names][:MOST]
    return found or [DIMENSIONS["industry"], DIMENSIONS["region"]]
