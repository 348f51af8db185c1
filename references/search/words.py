"""A search in words, for lists and mails."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from advocacy.catalogue import REFERENCE_CALL
from advocacy.models import ActivityType
from references.search.facets import FACETS
from references.search.query import Search


def in_words(searches: Sequence[Search]) -> list[str]:
    """One sentence a search; a value that is gone from the taxonomy says so."""
    names = _names(searches)
    activities = dict(ActivityType.objects.values_list("code", "name"))
    return [_sentence(search, names, activities) for search in searches]


def choices_in_words(search: Search) -> dict[str, str]:
    """Each facet chosen with what is wanted of it, as part of a sentence."""
    names = _names([search])
    return {
        name: f"{_inside(str(FACETS[name].label))} {get_text_list(_labels(names[name], values), _('or'))}"
        for name, values in search.selected
    }


def _inside(label):
    return label[:1].lower() + label[1:]


def _labels(names, values):
    return list(dict.fromkeys(str(names.get(value) or _("a choice that is gone")) for value in values))


def _sentence(search, names, activities):
    parts = [f"“{search.text}”"] if search.text else []
    parts += [f"{FACETS[name].label}: {', '.join(_labels(names[name], values))}" for name, values in search.selected]
    if search.free:
        parts.append(_("Free now"))
    if search.activity != REFERENCE_CALL and search.activity in activities:
        parts.append(_("For: %(activity)s") % {"activity": activities[search.activity]})
    return " · ".join(parts) or _("Everybody")


def _names(searches):
    """Facet: value: its words, in one query a table."""
    wanted = defaultdict(set)
    for search in searches:
        for name, values in search.selected:
            wanted[name].update(values)
    return {
        name: _terms(FACETS[name].terms, values) if FACETS[name].terms else FACETS[name].choices
        for name, values in wanted.items()
    }


def _terms(table, pks):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, name FROM {table} WHERE id = ANY (%s)", [list(pks)])  # noqa: S608 - a table of FACETS
        return dict(cursor.fetchall())
