"""Which column of a file holds which of our fields."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from advocacy.importer.exceptions import ColumnMissing, FileUnusable

NOT_USED = "-"


@dataclass(frozen=True)
class Field:
    """One of our fields, and the usual names of a column that holds it, the likeliest first."""

    name: str
    label: str
    usual: tuple[str, ...] = ()
    required: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.usual)


@dataclass(frozen=True)
class Columns:
    """Our field to the place of its column; and the columns nothing is taken from."""

    places: dict[str, int]
    used: dict[str, str]
    ignored: list[str]

    def read(self, cells: Sequence[str]) -> dict[str, str]:
        return {name: cells[place] for name, place in self.places.items()}


def key_of(name: str) -> str:
    """`Billing Country`, `billing_country` and `BillingCountry` are one name."""
    return re.sub(r"[\W_]+", "", name).casefold()


def parse_map(pairs: Sequence[str]) -> dict[str, str]:
    """`["name=Company"]` to `{"name": "Company"}`; raises FileUnusable when a pair has no equals sign."""
    mapping = {}
    for pair in pairs:
        ours, sign, theirs = pair.partition("=")
        if not (sign and ours.strip() and theirs.strip()):
            raise FileUnusable(_("--map wants ours=theirs, such as name=Company, not “%(pair)s”.") % {"pair": pair})
        mapping[ours.strip()] = theirs.strip()
    return mapping


def match_columns(header: Sequence[str], fields: Sequence[Field], mapping: Mapping[str, str] | None = None) -> Columns:
    """Recognise the columns; `mapping` (ours to theirs, "-" for none) goes before the usual names.

    Raises ColumnMissing for a required column; FileUnusable when a name of the mapping is unknown or a
    column that is used stands twice.
    """
    mapping = mapping or {}
    places = {}
    _check_our_names(fields, mapping)
    for field in fields:
        place = _mapped_place(header, mapping[field.name]) if field.name in mapping else _usual_place(header, field)
        if place is not None:
            places[field.name] = place
    _check_required(header, fields, places)
    taken = set(places.values())
    return Columns(
        places=places,
        used={name: header[place] for name, place in places.items()},
        ignored=[column for place, column in enumerate(header) if place not in taken and column],
    )


def guess_columns(header: Sequence[str], fields: Sequence[Field], mapping: Mapping[str, str]) -> dict[str, str]:
    """Our field to the column it would be read from, as far as can be told; for correcting it by hand."""
    guessed = {}
    for field in fields:
        if field.name in mapping:
            guessed[field.name] = mapping[field.name]
            continue
        try:
            place = _usual_place(header, field)
        except FileUnusable:
            place = None
        guessed[field.name] = NOT_USED if place is None else header[place]
    return guessed


def _check_our_names(fields, mapping):
    ours = [field.name for field in fields]
    for name in mapping:
        if name not in ours:
            raise FileUnusable(
                _("“%(name)s” is not a field of this import. Its fields are: %(fields)s.")
                % {"name": name, "fields": ", ".join(ours)}
            )


def _mapped_place(header, theirs):
    if theirs == NOT_USED:
        return None
    if place := [number for number, column in enumerate(header) if column == theirs]:
        return _only(place, theirs)
    if place := [number for number, column in enumerate(header) if key_of(column) == key_of(theirs)]:
        return _only(place, theirs)
    raise FileUnusable(
        _("The file has no column “%(column)s”. Its columns are: %(columns)s.") % {"column": theirs, "columns": _listed(header)}
    )


def _usual_place(header, field):
    keys = [key_of(column) for column in header]
    for name in field.names:
        if places := [number for number, key in enumerate(keys) if key == key_of(name)]:
            return _only(places, header[places[0]])
    return None


def _only(places, column):
    if len(places) > 1:
        raise FileUnusable(
            _("The column “%(column)s” stands %(times)d times; rename all but one.") % {"column": column, "times": len(places)}
        )
    return places[0]


def _check_required(header, fields, places):
    for field in fields:
        if field.required and field.name not in places:
            sentence = _("No column holds the %(label)s. The columns are: %(columns)s.")
            raise ColumnMissing(sentence % {"label": field.label, "columns": _listed(header)}, field.name)


def _listed(header, most=30):
    named = [column for column in header if column]
    shown = ", ".join(named[:most])
    return _("%(shown)s and %(more)d more") % {"shown": shown, "more": len(named) - most} if len(named) > most else shown
