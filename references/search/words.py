"""A search in words, for lists and mails."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection
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


def _sentence(search, names, activities):
    parts = [f"“{search.text}”"] if search.text else []
    for name, values in search.selected:
        labels = [str(names[name].get(value) or _("a choice that is gone")) for value in values]
        parts.append(f"{FACETS[name].label}: {', '.join(dict.fromkeys(labels))}")
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
