from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from advocacy import eligible, services
from advocacy.eligibility import Rules, is_eligible
from advocacy.models import Advocate, EligibilityRules, Recruitment
from advocacy.services import suggestions
from advocacy.services.situation import person_from
from tests.advocacy.recruits import make_candidate, make_recruitment
from tests.factories import activity, make_account, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = NOW.date()


def ago(days):
    return None if days is None else TODAY - timedelta(days=days)


def suggested():
    return list(Recruitment.objects.filter(status="suggested").order_by("pk").values_list("advocate", flat=True))


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def person(csm):
    return make_candidate(account=make_account(csm=csm))


def test_who_meets_every_line_is_suggested_with_the_values_and_their_days(person):
    assert services.keep_suggestions_current(now=NOW) == (0, 1)
    [recruitment] = Recruitment.objects.all()
    assert (recruitment.advocate, recruitment.source) == (person, "system")
    by_code = {line["code"]: line for line in recruitment.evidence}
    assert (by_code["nps"]["value"], by_code["nps"]["as_of"]) == ("10", person.nps_on.isoformat())
    assert by_code["health"]["value"] == "85"


def test_the_same_night_twice_suggests_nobody_twice(person):
    assert [services.keep_suggestions_current(now=NOW)[1] for _again in range(2)] == [1, 0]


@pytest.mark.parametrize(
    ("of", "value"),
    [
        ("relationship", None),
        ("status", "active"),
        ("rests_until", TODAY + timedelta(days=5)),
        ("account.open_escalation", True),
        ("account.lifecycle", "former"),
    ],
)
def test_whoever_misses_a_line_or_is_busy_with_something_else_is_not_suggested(person, of, value):
    row = person.account if of.startswith("account.") else person
    setattr(row, of.removeprefix("account."), value)
    row.save()
    services.keep_suggestions_current(now=NOW)
    assert suggested() == []


def test_whoever_was_asked_lately_or_is_left_in_peace_is_not_suggested(person, csm):
    resting = make_candidate(account=person.account)
    make_recruitment("not_now", advocate=resting, not_before=TODAY + timedelta(days=5))
    person.asks.create(activity_type=activity("review"), account=person.account, counts_on=TODAY, state="declined")
    asked = make_candidate(account=person.account)
    asked.asks.create(activity_type=activity("review"), account=person.account, counts_on=TODAY, state="done")
    services.keep_suggestions_current(now=NOW)
    assert suggested() == [person.pk]


def test_a_csm_gets_a_few_a_week_and_never_a_flood(csm):
    account = make_account(csm=csm)
    people = [make_candidate(account=account, nps=9 + (number == 6)) for number in range(7)]
    services.keep_suggestions_current(now=NOW)
    assert len(suggested()) == suggestions.A_WEEK
    assert people[6].pk in suggested()

    services.keep_suggestions_current(now=NOW + timedelta(days=1))
    assert len(suggested()) == suggestions.A_WEEK
    services.keep_suggestions_current(now=NOW + timedelta(days=8))
    assert len(suggested()) == 7


def test_a_suggestion_whose_reason_is_gone_disappears_by_itself(person):
    services.keep_suggestions_current(now=NOW)
    person.account.health_score = 50
    person.account.save()
    assert services.keep_suggestions_current(now=NOW + timedelta(days=1)) == (1, 0)
    recruitment = Recruitment.objects.get()
    assert (recruitment.status, recruitment.not_before) == ("not_now", None)


def test_a_standing_suggestion_shows_the_values_of_today(person):
    services.keep_suggestions_current(now=NOW)
    person.account.health_score = 91
    person.account.save()
    services.keep_suggestions_current(now=NOW + timedelta(days=1))
    assert "91" in {line["value"] for line in Recruitment.objects.get().evidence}


# By chance few are eligible but for one line.
ELIGIBLE = {
    "months": 3,
    "since": 200,
    "nps": 10,
    "nps_age": 360,
    "health": 72,
    "age": 43,
    "usage": True,
    "rapport": 5,
    "needs_usage": True,
}


@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    months=st.integers(0, 30),
    since=st.none() | st.integers(0, 1000),
    nps=st.none() | st.integers(7, 10),
    nps_age=st.none() | st.integers(360, 370),
    health=st.none() | st.integers(68, 72),
    age=st.none() | st.integers(43, 47),
    usage=st.none() | st.booleans(),
    rapport=st.none() | st.integers(3, 5),
    needs_usage=st.booleans(),
)
@example(**ELIGIBLE)
@example(**ELIGIBLE | {"since": 80})
@example(**ELIGIBLE | {"nps": 8})
@example(**ELIGIBLE | {"nps_age": 366})
@example(**ELIGIBLE | {"health": 69})
@example(**ELIGIBLE | {"age": 46})
@example(**ELIGIBLE | {"usage": False})
@example(**ELIGIBLE | {"rapport": 3})
def test_the_database_and_the_pure_lines_agree(person, months, since, nps, nps_age, health, age, usage, rapport, needs_usage):
    rules = Rules(tenure_months=months, needs_usage=needs_usage)
    account = person.account
    account.customer_since = ago(since)
    account.health_score, account.usage_active = health, usage
    account.metrics_as_of = ago(age)
    account.save()
    person.nps, person.nps_on, person.relationship = nps, ago(nps_age), rapport
    person.save()
    EligibilityRules.objects.update_or_create(pk=1, defaults={"tenure_months": months, "needs_usage": needs_usage})
    found = Advocate.objects.filter(eligible.conditions(TODAY), pk=person.pk).exists()
    assert found == is_eligible(person_from(person), TODAY, rules)
