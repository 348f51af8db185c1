"""The numbers beside the facets and who is free, against a count by hand: after changes of every kind."""

from contextlib import contextmanager
from copy import copy
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.models import Account, ActivityType, Advocate, UseCase, Willingness
from advocacy.services import verify_section
from advocacy.working_time import day_of
from references.models import SearchBits, SearchRow
from references.rows import wrong_bits, wrong_rows
from references.search import FACETS, Search, find
from references.search.upkeep import keep_current
from tests.factories import activity, make_account, make_advocate, make_industry, make_product, make_reference, make_user

pytestmark = pytest.mark.django_db

PEOPLE = 6


@pytest.fixture
def people(now):
    people = [
        make_reference(now=now, created_at=now, level=level, tier=tier, languages=languages, account=_account(number))
        for number, (level, tier, languages) in enumerate(
            [
                ("vp", "gold", ["German"]),
                ("vp", "none", ["German", "English"]),
                ("director", "gold", []),
                ("", "none", ["English"]),
            ]
        )
    ]
    return people + [make_advocate(created_at=now, account=people[0].account), make_advocate(status="candidate")]


def _account(number):
    account = make_account(
        country=("DE", "US")[number % 2],
        segment=("smb", "enterprise")[number // 2],
        industry=make_industry(("Retail", "Energy")[number % 2]),
    )
    account.products.set([make_product(name) for name in ("Insight", "Relay")[: number % 3]])
    account.use_cases.add(UseCase.objects.get_or_create(name="Dispatch")[0])
    return account


def by_hand(user, kind, now):
    """What each advocate who may be found has, read from the tables themselves."""
    on = day_of(now)
    free = set(Advocate.objects.free_for(kind, on, now).values_list("pk", flat=True))
    rows = SearchRow.objects.visible_to(user).findable(on)
    return {person.pk: _facts(person, free) for person in Advocate.objects.filter(pk__in=rows.values("pk"))}


def _facts(person, free):
    account = person.account or Account()
    willing = person.willingness.exclude(answer="no").values_list("activity_type", flat=True)
    return {
        "industry": {account.industry_id} - {None},
        "region": {account.region} - {""},
        "country": {account.country} - {""},
        "segment": {account.segment} - {""},
        "level": {person.level} - {""},
        "tier": {person.tier},
        "language": set(person.languages),
        "product": set(account.products.values_list("pk", flat=True)) if account.pk else set(),
        "use_case": set(account.use_cases.values_list("pk", flat=True)) if account.pk else set(),
        "willing": set(willing),
        "free": {True} if person.pk in free else set(),
    }


def check(user, chosen, now, *, free=False, kind=None):
    """Every number of a search, counted by hand."""
    kind = kind or activity()
    search = Search(selected=tuple((name, tuple(values)) for name, values in chosen.items()), free=free)
    found, people = find(search, user, kind, now), by_hand(user, kind, now)
    wanted = {name: set(values) for name, values in chosen.items()} | ({"free": {True}} if free else {})

    def fitting(but_not=""):
        return [p for p in people.values() if all(p[name] & values for name, values in wanted.items() if name != but_not)]

    assert (found.total, len(found.asks)) == (len(fitting()), len(fitting()))
    assert found.without == {name: len(fitting(name)) for name in [*FACETS, "free"]}
    assert found.free == sum(bool(person["free"]) for person in fitting("free"))
    for name in FACETS:
        numbers = {
            value: sum(value in person[name] for person in fitting(name)) for person in fitting(name) for value in person[name]
        }
        assert {count.value: count.number for count in found.counts[name] if count.number} == numbers


CHANGES = {
    "level": lambda people: Advocate.objects.filter(pk=people[0].pk).update(level="manager"),
    "many": lambda people: Advocate.objects.update(tier="silver"),
    "moved": lambda people: Advocate.objects.filter(pk=people[1].pk).update(account=people[2].account),
    "company": lambda people: Account.objects.filter(pk=people[0].account_id).update(country="JP", open_escalation=True),
    "product": lambda people: people[0].account.products.set([make_product("Harbor")]),
    "willing": lambda people: Willingness.objects.filter(advocate=people[3]).delete(),
    "left": lambda people: Advocate.objects.filter(pk=people[2].pk).update(status="retired"),
    "came": lambda people: Advocate.objects.filter(pk=people[5].pk).update(status="active"),
    "erased": lambda people: people[4].delete(),
    "catalogue": lambda people: ActivityType.objects.update(cap=0),
}
CHOICES = {
    "level": ["vp", "director"],
    "country": ["DE", "US"],
    "tier": ["gold", "silver"],
    "language": ["German", "English"],
}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.fixed_dictionaries(
        {}, optional={k: st.lists(st.sampled_from(v), unique=True, min_size=1) for k, v in CHOICES.items()}
    ),
    free=st.booleans(),
)
def test_every_number_is_what_counting_by_hand_gives(people, sales, now, chosen, free):
    check(sales, chosen, now, free=free)


@pytest.mark.parametrize("size", ["small", "large"])
def test_the_next_search_counts_what_has_changed(people, sales, now, size, monkeypatch):
    check(sales, {}, now)
    if size == "large":
        keep_current(now)
        monkeypatch.setattr("references.search.upkeep.SMALL", 0)

    for name, change in CHANGES.items():
        with undone(name):
            change([copy(person) for person in people])
            if size == "large" and name == "catalogue":
                keep_current(now)

            check(sales, {}, now)
            check(sales, {"level": ["vp"], "tier": ["gold", "silver"]}, now, free=True)
            assert (wrong_rows(), wrong_bits(now)) == ([], [])


@contextmanager
def undone(name):
    """One case of several over one world; a failure says which."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    except BaseException as failure:
        failure.add_note(f"after: {name}")
        raise


def test_an_ask_counts_at_once_and_until_its_place_lapses(people, sales, now, ask):
    check(sales, {}, now, free=True)

    ask(people[0])

    check(sales, {}, now, free=True)
    check(sales, {}, now + timedelta(hours=47), free=True)
    check(sales, {}, now + timedelta(days=5), free=True)


@pytest.mark.parametrize("days", [91, 240, 400])
def test_another_day_is_counted_as_that_day(people, sales, now, days, monkeypatch):
    check(sales, {}, now)
    later = now + timedelta(days=days)
    keep_current(now)
    monkeypatch.setattr("references.search.upkeep.SMALL", 0)

    keep_current(later)

    check(sales, {}, later, free=True)
    assert (wrong_rows(), wrong_bits(later)) == ([], [])


def test_the_day_before_is_counted_as_that_day(people, sales, now):
    check(sales, {}, now + timedelta(days=200))
    check(sales, {}, now)


def test_a_csm_without_the_right_to_search_counts_own_accounts_only(people, now):
    own = make_user()
    Account.objects.filter(pk=people[0].account_id).update(csm=own)

    check(own, {}, now)


def test_bits_that_differ_are_named(people, sales, now):
    check(sales, {}, now)
    SearchBits.objects.filter(facet="level", value="vp").delete()

    assert wrong_bits(now) == ["level: vp"]


def test_a_check_is_counted(people, sales, now):
    check(sales, {}, now)
    for section in ("contact", "role", "willingness", "story"):
        verify_section(advocate=people[4], section=section, method="csm", now=now + timedelta(days=100))

    check(sales, {}, now + timedelta(days=300))
