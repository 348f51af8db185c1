"""The ask ledger's rules, without a database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.availability import AccountFacts, Activity, AskFact, Facts, add_months, busiest, check, place_frees

TODAY = date(2026, 3, 2)
CALL = Activity(pk=1, code="reference-call", name="Reference call", cap=2, window_days=90, rest_days=30)
REVIEW = Activity(pk=2, code="review", name="Review", cap=1)
REFERRAL = Activity(pk=3, code="referral", name="Referral", blocks_others=False)
AWARD = Activity(pk=4, code="award", name="Award", blocks_others=False, is_gift=True)
ACCOUNT = AccountFacts(customer_since=date(2023, 1, 1), usage_active=True, health_score=85, metrics_as_of=TODAY)
FREE = Facts(
    status="active",
    nps=10,
    nps_on=TODAY,
    answer="yes",
    account=ACCOUNT,
    consents={"reference_contact": None},
    checked_until={"contact": TODAY + timedelta(days=1), "role": TODAY + timedelta(days=1)},
)


def days(number):
    return TODAY + timedelta(days=number)


def ask(counts_on=TODAY, activity=CALL, state="done"):
    in_flight = state not in ("done",)
    return AskFact(
        activity=activity.pk, state=state, counts_on=counts_on, in_flight=in_flight, blocks_others=activity.blocks_others
    )


def answer(activity=CALL, on=TODAY, account=None, **facts):
    facts = replace(FREE, account=replace(ACCOUNT, **account) if account else FREE.account, **facts)
    return check(facts, activity, on, TODAY)


def only_reason(*arguments, **keywords):
    [reason] = answer(*arguments, **keywords).reasons
    return reason.code, reason.sentence, reason.until


def test_somebody_with_nothing_against_them_is_free_today():
    availability = answer()

    assert availability.is_free
    assert (availability.free_on, availability.sentence) == (TODAY, "Free.")


def test_ask_first_is_free_with_a_word_to_the_csm():
    availability = answer(answer="ask_first")

    assert (availability.is_free, availability.ask_first) == (True, True)
    assert availability.sentence == "Free, after a word with the CSM."


@pytest.mark.parametrize(
    ("facts", "code", "sentence"),
    [
        ({"status": "retired"}, "retired", "No longer takes part."),
        ({"status": "candidate"}, "candidate", "Not an active advocate yet."),
        ({"status": "paused"}, "paused", "Paused until further notice."),
        ({"answer": "no"}, "not_willing", "Does not want to be asked for: reference call."),
        ({"answer": ""}, "not_willing", "Has not yet said yes to: reference call."),
        ({"account": {"is_customer": False}}, "not_a_customer", "The company is not a customer at present."),
        ({"account": {"usage_active": False}}, "not_using", "The company does not use the product at present."),
        ({"account": {"open_escalation": True}}, "open_escalation", "The company has an open escalation."),
        ({"account": {"health_score": 69}}, "health", "The company's health score is too low at present."),
        ({"nps": 8}, "nps", "The last survey speaks against asking at present."),
        ({"asks": (ask(state="asked", activity=REVIEW),)}, "in_flight", "Another ask is under way."),
        ({"own_cap": 0}, "cap_activity", "No more asks for: reference call."),
        ({"max_asks": 0}, "cap_person", "Does not want to be asked."),
        ({"account": {"max_asks": 0}}, "cap_account", "The company does not want to be asked."),
        ({"consents": {}}, "consent", "The consent for this is missing."),
        (
            {"checked_until": {"contact": TODAY + timedelta(days=1)}},
            "not_verified",
            "The profile has not been checked for a while.",
        ),
    ],
)
def test_reasons_without_an_end(facts, code, sentence):
    availability = answer(**facts)

    assert [(reason.code, reason.sentence, reason.until) for reason in availability.reasons] == [(code, sentence, None)]
    assert availability.free_on is None


def test_a_pause_ends_on_its_day():
    assert only_reason(status="paused", paused_until=days(5)) == ("paused", "Paused until 7 March 2026.", days(5))
    assert answer(status="paused", paused_until=days(5), on=days(5)).is_free


def test_a_not_now_of_the_csm_ends_on_its_day_and_stops_no_gift():
    until = days(30)
    assert only_reason(rests_until=until) == ("not_now", "Not now, says the CSM; again from 1 April 2026.", until)
    assert answer(rests_until=until, on=until).is_free
    assert answer(activity=AWARD, rests_until=until).is_free


def test_a_new_customer_is_left_alone_for_three_months():
    since = date(2025, 12, 31)

    assert only_reason(account={"customer_since": since})[::2] == ("too_soon", date(2026, 3, 31))
    assert answer(account={"customer_since": since}, on=date(2026, 3, 31)).is_free


def test_a_renewal_within_sixty_days_waits_until_it_is_over():
    assert only_reason(account={"renewal_date": days(60)})[::2] == ("renewal", days(61))
    assert answer(account={"renewal_date": days(61)}).is_free
    assert answer(account={"renewal_date": days(-1)}).is_free


def test_figures_speak_only_while_they_are_current():
    assert not answer(account={"health_score": 69, "metrics_as_of": days(-45)}).is_free
    assert answer(account={"health_score": 69, "metrics_as_of": days(-46)}).is_free
    assert answer(account={"health_score": 69, "metrics_as_of": None}).is_free
    assert not answer(nps=8, nps_on=days(-365)).is_free
    assert answer(nps=8, nps_on=days(-366)).is_free


def test_what_is_not_known_speaks_against_nobody():
    assert answer(nps=None, account={"health_score": None, "customer_since": None, "usage_active": None}).is_free
    assert check(replace(FREE, account=None), CALL, TODAY, TODAY).is_free


def test_a_call_rests_for_thirty_days():
    assert only_reason(asks=(ask(days(-29)),)) == (
        "resting",
        "Resting after the last reference call until 3 March 2026.",
        days(1),
    )
    assert answer(asks=(ask(days(-30)),)).is_free


def test_two_calls_a_quarter_are_enough():
    asks = (ask(days(-80)), ask(days(-40)))

    assert only_reason(asks=asks)[::2] == ("cap_activity", days(10))
    assert answer(asks=asks, on=days(10)).is_free


def test_a_planned_ask_counts_for_days_before_it():
    """Windows reach both ways: two in the coming quarter leave no place for one today."""
    asks = (ask(days(40), REVIEW),)

    assert only_reason(REVIEW, asks=asks)[::2] == ("cap_activity", days(130))


def test_asks_on_either_side_fill_no_window_together_when_they_are_too_far_apart():
    asks = (ask(days(-60)), ask(days(60)))

    assert answer(asks=asks).is_free


@pytest.mark.parametrize(("own_cap", "free"), [(1, False), (2, True), (9, True)])
def test_an_own_limit_narrows(own_cap, free):
    assert answer(own_cap=own_cap, asks=(ask(days(-40)),)).is_free is free


def test_an_own_limit_never_widens():
    assert answer(own_cap=9, asks=(ask(days(-80)), ask(days(-40)))).codes == ["cap_activity"]


def test_a_person_and_a_company_have_a_quarter_too():
    asks = tuple(ask(days(-day), REVIEW) for day in (80, 70, 60))

    assert only_reason(asks=asks)[::2] == ("cap_person", days(10))
    assert only_reason(account={"asks_on": tuple(days(-day) for day in (80, 70, 60, 50))})[::2] == ("cap_account", days(10))


def test_a_no_rests_for_thirty_days():
    assert only_reason(declined_on=days(-29))[::2] == ("declined", days(1))
    assert answer(declined_on=days(-30)).is_free


def test_a_consent_must_hold_on_the_planned_day():
    consents = {"reference_contact": days(10)}

    assert answer(consents=consents, on=days(9)).is_free
    assert answer(consents=consents, on=days(10)).codes == ["consent"]


def test_a_profile_leaves_when_the_grace_is_over():
    assert answer(checked_until={"contact": days(1), "role": days(180)}).is_free
    assert answer(checked_until={"contact": TODAY, "role": days(180)}).codes == ["not_verified"]


def test_what_blocks_nothing_is_blocked_by_nothing_but_the_person_and_the_company():
    busy = {"asks": (ask(state="asked"),), "max_asks": 0, "consents": {}, "checked_until": {}, "answer": ""}

    assert answer(REFERRAL, **busy).is_free
    assert answer(REFERRAL, answer="no").codes == ["not_willing"]
    assert answer(REFERRAL, account={"open_escalation": True}).codes == ["open_escalation"]


def test_a_gift_needs_only_somebody_who_takes_it():
    assert answer(AWARD, status="candidate", nps=0, answer="", account={"open_escalation": True}).is_free
    assert answer(AWARD, status="retired").codes == ["retired"]
    assert answer(AWARD, answer="no").codes == ["not_willing"]


def test_the_first_free_day_is_not_one_on_which_another_reason_has_begun():
    availability = answer(status="paused", paused_until=days(20), account={"renewal_date": days(70)})

    assert availability.codes == ["paused"]
    assert availability.free_on == days(71)


offsets = st.lists(st.integers(-200, 200), max_size=8)


@given(offsets, st.integers(-100, 100), st.integers(1, 120))
def test_no_window_is_missed(asked, on, width):
    """The short cut over starts at asks equals looking at every window."""
    dates = [days(offset) for offset in asked]
    every = max(sum(0 <= offset - start < width for offset in asked) for start in range(on - width + 1, on + 1))

    assert busiest(dates, days(on), width) == every


@given(offsets, st.integers(1, 120), st.integers(1, 4))
def test_a_place_frees_on_the_first_day_with_room(asked, width, cap):
    dates = [days(offset) for offset in asked]
    found = place_frees(dates, TODAY, width, cap)
    later = (days(day) for day in range(1, 400))

    first = next(day for day in later if busiest(dates, day, width) < cap)
    assert found == first if busiest(dates, TODAY, width) >= cap else found is None or found >= first


situations = st.builds(
    replace,
    st.just(FREE),
    status=st.sampled_from(["active", "paused"]),
    paused_until=st.integers(-5, 50).map(days),
    declined_on=st.none() | st.integers(-40, 0).map(days),
    asks=st.lists(st.builds(ask, st.integers(-120, 120).map(days), st.sampled_from([CALL, REVIEW])), max_size=5).map(tuple),
    account=st.builds(
        replace,
        st.just(ACCOUNT),
        customer_since=st.integers(-200, 0).map(days),
        renewal_date=st.none() | st.integers(-10, 200).map(days),
    ),
)


@given(situations, st.integers(0, 30).map(days))
def test_free_on_is_the_first_free_day(facts, on):
    availability = check(facts, CALL, on, TODAY)

    assert check(facts, CALL, availability.free_on, TODAY).is_free
    between = (on + timedelta(days=day) for day in range((availability.free_on - on).days))
    assert not any(check(facts, CALL, day, TODAY).is_free for day in between)


@given(situations, st.integers(0, 30).map(days))
def test_every_dated_reason_holds_until_its_day_and_not_on_it(facts, on):
    for reason in check(facts, CALL, on, TODAY).reasons:
        day_before = reason.until - timedelta(days=1)
        assert reason.code in check(facts, CALL, day_before, TODAY).codes
        assert reason.code not in check(facts, CALL, reason.until, TODAY).codes


def test_months_end_on_the_last_day_of_shorter_ones():
    assert add_months(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert add_months(date(2026, 10, 31), 3) == date(2027, 1, 31)
