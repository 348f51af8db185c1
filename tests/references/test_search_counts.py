"""The numbers beside the facets, against a count by hand."""

import itertools

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.models import Willingness
from references.search import FACETS, Search, find
from tests.factories import activity, make_account, make_advocate, make_industry, make_product

pytestmark = pytest.mark.django_db

VALUES = {
    "industry": ["Healthcare", "Retail"],
    "region": ["emea", "americas"],
    "segment": ["smb", "enterprise"],
    "level": ["vp", "director", ""],
    "product": ["Insight", "Relay"],
    "willing": ["review", "press"],
}


@pytest.fixture
def people(now):
    """One advocate for many combinations of values; what each has, by its key."""
    return dict(_make(now, number, combination) for number, combination in enumerate(_combinations()))


def _combinations():
    every = itertools.product(*(VALUES[name] for name in ("industry", "region", "segment", "level")))
    return itertools.islice(every, 0, None, 2)


def _make(now, number, combination):
    industry, region, segment, level = combination
    account = make_account(industry=make_industry(industry), country={"emea": "DE", "americas": "US"}[region], segment=segment)
    products = [make_product(name) for name in VALUES["product"][: number % 3]]
    account.products.set(products)
    advocate = make_advocate(account=account, level=level, created_at=now)
    willing = [activity(code) for code in VALUES["willing"][number % 2 :]]
    Willingness.objects.bulk_create(Willingness(advocate=advocate, activity_type=kind, answer="yes") for kind in willing)
    return advocate.pk, {
        "industry": {account.industry_id},
        "region": {region},
        "segment": {segment},
        "level": {level},
        "product": {product.pk for product in products},
        "willing": {kind.pk for kind in willing},
    }


def _key(name, value):
    makers = {"industry": make_industry, "product": make_product, "willing": activity}
    return makers[name](value).pk if name in makers else value


def _fits(person, chosen, but_not=""):
    return all(person[name] & set(values) for name, values in chosen.items() if values and name != but_not)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.fixed_dictionaries({name: st.sets(st.sampled_from([v for v in values if v])) for name, values in VALUES.items()})
)
def test_every_number_is_what_counting_by_hand_gives(people, sales, now, chosen):
    chosen = {name: [_key(name, value) for value in sorted(values)] for name, values in chosen.items()}
    query = "&".join(f"{name}={value}" for name, values in chosen.items() for value in values)

    found = find(Search.from_query(QueryDict(query)), sales, activity(), now)

    assert found.total == sum(_fits(person, chosen) for person in people.values())
    for name in FACETS:
        fitting = [person for person in people.values() if _fits(person, chosen, but_not=name)]
        assert found.without[name] == len(fitting)
        for count in found.counts[name]:
            assert count.number == sum(count.value in person[name] for person in fitting)
