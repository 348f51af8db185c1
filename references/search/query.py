from dataclasses import dataclass, replace
from functools import cached_property

from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from advocacy.catalogue import REFERENCE_CALL
from references.search.facets import FACETS, number

TEXT_LENGTH = 200
CURSOR_LENGTH = 200
PLAIN_PHRASES = 20
OPPORTUNITY_LENGTH = 100
# The first is the order when none was chosen.
ORDERS = {
    "best": _("Best first"),
    "fresh": _("Checked last"),
    "least_asked": _("Least asked"),
}
DEFAULT_ORDER = "best"


@dataclass(frozen=True)
class Search:
    """What somebody looks for. Making one reads nothing but the URL."""

    text: str = ""
    selected: tuple[tuple[str, tuple], ...] = ()
    activity: str = REFERENCE_CALL
    free: bool = False
    request: int | None = None  # the reference request an advocate is looked for
    opportunity: str = ""  # the CRM id of the deal somebody is looked for
    order: str = DEFAULT_ORDER  # one of ORDERS
    after: str = ""  # where the page begins: after this place of the order, or before it
    before: str = ""
    plain: tuple[str, ...] = ()  # phrases looked for as they stand, whatever else they might mean

    @classmethod
    def from_query(cls, query: QueryDict) -> "Search":
        """What a URL asks for; names and values that are not ours are left out."""
        chosen = {
            name: tuple(dict.fromkeys(value for value in map(facet.clean, query.getlist(name)) if value is not None))
            for name, facet in FACETS.items()
        }
        return cls(
            text=_line(query.get("q", "")),
            selected=tuple((name, values) for name, values in chosen.items() if values),
            activity=slugify(query.get("activity", "")) or REFERENCE_CALL,
            free=query.get("free") == "1",
            request=number(query.get("request")),
            opportunity=query.get("opportunity", "").replace("\x00", "").strip()[:OPPORTUNITY_LENGTH],
            order=query.get("order") if query.get("order") in ORDERS else DEFAULT_ORDER,
            after=_cursor(query.get("after", "")),
            before="" if query.get("after") else _cursor(query.get("before", "")),
            plain=tuple(dict.fromkeys(_line(phrase) for phrase in query.getlist("plain")[:PLAIN_PHRASES] if phrase.strip())),
        )

    @cached_property
    def values(self) -> dict[str, tuple]:
        return dict(self.selected)

    @property
    def is_blank(self) -> bool:
        return not (self.text or self.selected or self.free)

    def as_query_string(self) -> str:
        query = QueryDict(mutable=True)
        parts = {
            "q": self.text,
            "activity": self.activity if self.activity != REFERENCE_CALL else "",
            "free": "1" if self.free else "",
            "request": self.request,
            "opportunity": self.opportunity,
            "order": self.order if self.order != DEFAULT_ORDER else "",
            "after": self.after,
            "before": self.before,
        }
        query.update({name: value for name, value in parts.items() if value})
        for name, values in (*self.selected, ("plain", self.plain)):
            if values:
                query.setlist(name, values)
        return query.urlencode()

    def as_dict(self) -> dict:
        """What was wanted, in a form that can be kept."""
        chosen = {name: list(values) for name, values in self.selected}
        return {name: value for name, value in ({"text": self.text, "free": self.free} | chosen).items() if value}

    def toggled(self, name: str, value) -> "Search":
        """The same search with one facet value more or less, from its first page."""
        values = self.values.get(name, ())
        values = tuple(other for other in values if other != value) if value in values else (*values, value)
        return self._with_values(name, values)

    def without(self, name: str) -> "Search":
        """The same search without a facet, without "text" or without "free"."""
        if name == "text":
            return self.with_text("")
        return replace(self.from_the_start(), free=False) if name == "free" else self._with_values(name, ())

    def with_text(self, text: str) -> "Search":
        return replace(self.from_the_start(), text=text, plain=self.plain if text else ())

    def with_plain(self, *phrases: str) -> "Search":
        """The same search with these words looked for as they stand."""
        return replace(self.from_the_start(), plain=tuple(dict.fromkeys((*self.plain, *phrases))))

    def ordered(self, order: str) -> "Search":
        return replace(self.from_the_start(), order=order)

    def from_the_start(self) -> "Search":
        """The same search on its first page."""
        return replace(self, after="", before="")

    def by_itself(self) -> "Search":
        """What can be kept and shared: from the first page, for no request and no deal."""
        return replace(self.from_the_start(), request=None, opportunity="")

    def _with_values(self, name, values):
        chosen = self.values | {name: values}
        return replace(self.from_the_start(), selected=tuple((key, chosen[key]) for key in FACETS if chosen.get(key)))


def _line(text):
    return " ".join(text.replace("\x00", "").split())[:TEXT_LENGTH]


def _cursor(text):
    """Only the engine can read it; what cannot be one is none."""
    return text if len(text) <= CURSOR_LENGTH and text.isascii() and text.isprintable() else ""
