"""What became of the chosen advocates between the search and the request: paused, erased, or with another employer."""

from django.http import QueryDict
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from advocacy.models import Advocate
from references.forms.picks import MOST, PLACE, mark_of
from references.search.facets import number


def news(query: QueryDict, data: QueryDict, places: dict[Advocate, int]) -> list[str]:
    """A sentence for each thing that changed; those who are gone and those who never were look the same."""
    by_pk = {advocate.pk: advocate for advocate in places}
    sentences = []
    if _chosen(query, data) - set(by_pk):
        sentences.append(_("Somebody you chose can no longer be found. Choose somebody else, or leave it to the advocacy team."))
    if any(places[advocate] and _is_another(data, advocate) for advocate in places):
        sentences.append(_("Somebody you chose has another job or employer since. Read the line again before you send."))
    return sentences


def _chosen(query, data):
    if not data:
        return set(list(dict.fromkeys(pk for pk in map(number, query.getlist("advocate")) if pk))[:MOST])
    places = {int(match[1]): number(data.get(name)) for name in data if (match := PLACE.fullmatch(name))}
    # Only somebody the form offered can be gone since; a number from elsewhere is nobody.
    return {pk for pk, place in places.items() if place and data.get(f"seen_{pk}")}


def _is_another(data, advocate):
    seen = data.get(f"seen_{advocate.pk}", "")
    return bool(seen) and not constant_time_compare(seen, mark_of(advocate))
