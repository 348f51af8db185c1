"""Whom a deal or a request looks for: the CRM's facts, else the company's, else what was searched for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from advocacy.countries import region_of
from advocacy.models import Industry, Opportunity, Product
from advocacy.models.users import Region
from references.matching import Deal
from references.models import ReferenceRequest
from references.search.facets import FACETS

# Facet: the field that holds its values here.
FIELDS = {"industry": "industries", "region": "regions", "segment": "segments", "level": "levels", "product": "products"}


@dataclass(frozen=True, kw_only=True)
class Sought:
    """The values of facets, as their columns hold them; empty where nothing is known."""

    industries: frozenset[int] = frozenset()
    regions: frozenset[str] = frozenset()
    segments: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    products: frozenset[int] = frozenset()
    account: int | None = None  # the prospect: nobody is a reference for their own company

    def values(self) -> dict[str, frozenset]:
        """Facet: values, of what is known."""
        return {facet: getattr(self, name) for facet, name in FIELDS.items() if getattr(self, name)}

    def filled_from(self, wanted: Mapping) -> "Sought":
        """What is not known yet, from a search as a request keeps it."""
        empty = {facet: name for facet, name in FIELDS.items() if not getattr(self, name) and wanted.get(facet)}
        return replace(self, **{name: _cleaned(facet, wanted[facet]) for facet, name in empty.items()})

    def as_deal(self, *, in_person: bool) -> Deal:
        """The same in words, for `matching`."""
        return Deal(
            industries=frozenset(_names(Industry, self.industries)),
            regions=frozenset(str(Region(region).label) for region in self.regions),
            segments=self.segments,
            levels=self.levels,
            products=frozenset(_names(Product, self.products)),
            in_person=in_person,
        )


def for_opportunity(opportunity: Opportunity | None, *, level: str = "") -> Sought:
    levels = frozenset([level] if level else [])
    if opportunity is None:
        return Sought(levels=levels)
    account = opportunity.account
    return Sought(
        industries=_known(opportunity.industry_id or (account and account.industry_id)),
        regions=_known(region_of(opportunity.country) or (account and account.region)),
        segments=_known(opportunity.segment or (account and account.segment)),
        levels=levels,
        products=frozenset(opportunity.products.values_list("pk", flat=True)),
        account=opportunity.account_id,
    )


def for_request(request: ReferenceRequest) -> Sought:
    return for_opportunity(request.opportunity, level=request.prospect_level).filled_from(request.wanted or {})


def _known(value):
    return frozenset([value] if value else [])


def _cleaned(facet, values):
    """A request keeps what a URL once said: only values that facet can have."""
    values = values if isinstance(values, list) else [values]
    return frozenset(value for value in (FACETS[facet].clean(str(value)) for value in values) if value is not None)


def _names(model, pks: Iterable[int]):
    return model.objects.filter(pk__in=pks).values_list("name", flat=True) if pks else []
