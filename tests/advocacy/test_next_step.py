"""What to ask next: little at first, more with each thing done, and never what is not free."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from advocacy import services
from advocacy.availability import Availability, Reason
from advocacy.models import ActivityType, Ask
from advocacy.next_step import Option, next_step
from advocacy.services import availability_of
from advocacy.services.every_activity import availability_by_activity
from tests.factories import NOW, activity, make_advocate, make_reference

FREE = Availability(free_on=date(2026, 3, 2))
RESTING = Availability((Reason("resting", "Resting.", date(2026, 4, 1)),), free_on=date(2026, 4, 1))


def option(pk=1, **fields):
    given = {"name": f"Thing {pk}", "effort": Decimal("1.0"), "value": 3, "answer": "yes", "availability": FREE} | fields
    return Option(pk=pk, **given)


def step(*options, status="active", stage="advocate", **fields):
    return next_step(status=status, stage=stage, options=options, **fields)


def test_the_smallest_thing_not_done_yet_comes_first():
    found = step(option(1, effort=Decimal(4)), option(2, effort=Decimal("0.5")), option(3, effort=Decimal("0.5"), done=2))
    assert (found.kind, found.activity) == ("ask", 2)
    assert found.why == "Takes less than an hour; they have not done it for us yet."


def test_of_equal_effort_the_greater_value_comes_first():
    assert step(option(1, value=3), option(2, value=5)).activity == 2


def test_somebody_new_is_not_asked_for_a_day_of_work():
    assert step(option(1, effort=Decimal(8)), stage="satisfied").kind == "wait"
    assert step(option(1, effort=Decimal(8)), stage="champion").kind == "ask"


def test_each_thing_done_makes_the_next_twice_as_large_possible():
    small = option(1, effort=Decimal(4), done=1, availability=RESTING)
    assert step(small, option(2, effort=Decimal(8))).activity == 2


def test_what_waits_for_a_consent_alone_makes_the_consent_the_ask():
    missing = Availability((Reason("consent", "The consent for this is missing."),))
    found = step(option(1, name="Video", availability=missing))
    assert (found.kind, found.activity) == ("consent", 1)
    assert "video" in found.why


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"status": "candidate"}, "interview"),
        ({"status": "retired"}, "nothing"),
        ({"thanks_owed": "Reference call"}, "thanks"),
    ],
)
def test_other_things_come_before_an_ask(fields, kind):
    assert step(option(), **fields).kind == kind


def test_nobody_asked_yet_and_no_to_everything_are_told_apart():
    assert step(option(answer="")).kind == "willingness"
    assert step(option(answer="no")).kind == "nothing"


def test_when_nothing_is_free_the_first_day_is_told():
    found = step(option(1, availability=RESTING))
    assert (found.kind, found.on) == ("wait", date(2026, 4, 1))
    assert "1 April 2026" in found.why


options = st.builds(
    option,
    st.integers(1, 9),
    effort=st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(8)]),
    answer=st.sampled_from(["yes", "ask_first", "no", ""]),
    availability=st.sampled_from([FREE, RESTING]),
    done=st.integers(0, 2),
    is_gift=st.booleans(),
)


@given(st.lists(options, max_size=5, unique_by=lambda one: one.pk), st.sampled_from(["satisfied", "ambassador", "hat"]))
@tried(max_examples=60)
def test_nothing_is_ever_proposed_that_they_are_not_free_for(found, stage):
    proposed = step(*found, stage=stage)
    if proposed.kind == "ask":
        [chosen] = [one for one in found if one.pk == proposed.activity]
        assert chosen.availability.is_free
        assert chosen.answer in ("yes", "ask_first")
        assert not chosen.is_gift


@pytest.mark.django_db
def test_all_activities_read_at_once_say_what_each_says_alone(django_assert_num_queries):
    advocate = make_reference(now=NOW)
    colleague = make_advocate(account=advocate.account)
    for code, answer in [("review", "yes"), ("video", "ask_first"), ("press", "no"), ("speaking", "yes")]:
        services.set_willingness(advocate=advocate, activity_type=activity(code), answer=answer, cap=1)
    for who, code, state, days in [
        (advocate, "review", "done", 20),
        (advocate, "speaking", "done", 200),
        (colleague, "case-study", "done", 30),
        (advocate, "video", "declined", 5),
    ]:
        day = NOW - timedelta(days=days)
        ask = {"advocate": who, "account": who.account, "activity_type": activity(code)}
        Ask.objects.create(state=state, counts_on=day.date(), ended_at=day, **ask)
    kinds = list(ActivityType.objects.all())
    alone = {kind.pk: availability_of(advocate=advocate, activity_type=kind, now=NOW) for kind in kinds}

    with django_assert_num_queries(3):
        assert availability_by_activity(advocate=advocate, activity_types=kinds, now=NOW) == alone
    assert len({found.sentence for found in alone.values()}) > 3
