from datetime import timedelta

import pytest

from advocacy.freshness import INTERVALS
from advocacy.models import FreshnessPolicy, ProfileDoubt, SecretLink
from advocacy.profile_checks import confirm_sections
from advocacy.profile_checks.finding import ASK, LEFT, OVERDUE
from advocacy.profile_checks.sending import stop_pointless_checks
from advocacy.services import pause_advocate, verify_section
from outbox import clocks
from outbox.models import Message
from tests.factories import NOW, make_account, make_advocate, make_user
from tests.races import simultaneously

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def advocate(csm):
    """An advocate all of whose sections were checked at NOW."""
    return make_checked_advocate(account=make_account(csm=csm))


def make_checked_advocate(**fields):
    advocate = make_advocate(created_at=NOW - timedelta(days=400), **fields)
    for section in INTERVALS:
        verify_section(advocate=advocate, section=section, method="csm", now=NOW)
    return advocate


def tick(now):
    """One run of the clock; how many occurrences it spoke of."""
    return sum(clocks.run(clocks.rule_of(code), now).written for code in (ASK, OVERDUE, LEFT))


def written():
    """Kind and recipient of each mail, in the order of writing."""
    return list(Message.objects.order_by("pk").values_list("kind", "recipient"))


def test_nobody_is_asked_while_all_is_fresh(advocate):
    make_advocate(status="candidate")
    make_advocate(status="retired")

    assert tick(NOW + 179 * A_DAY) == 0
    assert written() == []


def test_one_mail_asks_for_all_sections_that_are_due(advocate, csm):
    tick(NOW + 180 * A_DAY)

    [message] = Message.objects.all()
    assert (message.kind, message.recipient, message.reply_to) == ("profile_check", advocate.email, csm.email)
    assert message.key.endswith(":contact.2026-08-29+role.2026-08-29+willingness.2026-08-29")
    assert "how to reach you, your role and what you are willing to do" in message.text
    assert SecretLink.objects.get().detail == "contact,role,willingness"


def test_two_beats_and_two_days_ask_once(advocate):
    due = NOW + 180 * A_DAY
    for now in (due, due + timedelta(hours=1), due + A_DAY):
        tick(now)

    assert len(written()) == SecretLink.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_the_same_moment_ask_once(advocate):
    outcomes = simultaneously(4, lambda number: tick(NOW + 180 * A_DAY))

    assert sum(outcomes) == 1
    assert len(written()) == SecretLink.objects.count() == 1


def test_a_missed_day_is_made_up(advocate):
    tick(NOW + 187 * A_DAY)

    assert written() == [("profile_check", advocate.email)]


def test_a_section_nobody_ever_checked_is_due(advocate):
    advocate.verifications.filter(section="story").delete()

    tick(NOW)

    assert SecretLink.objects.get().detail == "story"


def test_what_falls_due_on_the_day_of_a_mail_waits_for_the_next_day(advocate):
    due = NOW + 180 * A_DAY
    tick(due)
    advocate.verifications.filter(section="story").delete()

    tick(due + timedelta(hours=2))
    assert len(written()) == 1
    tick(due + A_DAY)
    assert len(written()) == 2


@pytest.mark.parametrize("reason", ["no address", "no customer any more"])
def test_where_the_customer_cannot_be_written_to_the_csm_is_asked(reason, csm):
    lifecycle = "former" if reason == "no customer any more" else "customer"
    account = make_account(csm=csm, lifecycle=lifecycle)
    make_checked_advocate(account=account, **({"email": ""} if reason == "no address" else {}))

    tick(NOW + 180 * A_DAY)

    assert written() == [("profile_check_csm", csm.email)]
    assert not SecretLink.objects.exists()


def test_without_a_csm_the_advocacy_team_is_asked():
    team = [make_user("advocacy_team"), make_user("advocacy_team")]
    make_checked_advocate(email="", account=make_account(csm=None))

    tick(NOW + 180 * A_DAY)

    assert sorted(written()) == sorted(("profile_check_csm", person.email) for person in team)


@pytest.mark.parametrize(("reason", "kind"), [("title", "profile_check"), ("csm", "profile_check_csm")])
def test_a_doubt_asks_at_once_and_says_why(reason, kind, advocate, csm):
    ProfileDoubt.objects.create(
        advocate=advocate, section="role", reason=reason, before="Ada Stone", after="Ben Cole", key="1", raised_at=NOW + A_DAY
    )

    tick(NOW + A_DAY)

    [message] = Message.objects.all()
    assert message.kind == kind
    if kind == "profile_check_csm":
        assert "The CSM was Ada Stone and is Ben Cole now: what was agreed?" in message.text


def test_the_interval_of_the_tier_comes_before_that_of_all(advocate):
    FreshnessPolicy.objects.create(section="role", tier="gold", check_after=90)
    advocate.tier = "gold"
    advocate.save()

    assert (tick(NOW + 89 * A_DAY), tick(NOW + 90 * A_DAY)) == (0, 1)
    assert SecretLink.objects.get().detail == "role"


def test_after_14_days_of_silence_the_csm_hears_of_it_once(advocate, csm):
    asked = NOW + 180 * A_DAY
    for days in (0, 13, 14, 15, 30):
        tick(asked + days * A_DAY)

    assert written() == [("profile_check", advocate.email), ("profile_check_overdue", csm.email)]


def test_a_late_question_still_gets_its_14_days(advocate, csm):
    asked = NOW + 200 * A_DAY
    tick(asked)

    tick(asked + 13 * A_DAY)
    assert len(written()) == 1
    tick(asked + 14 * A_DAY)
    assert len(written()) == 2


def test_in_the_absence_of_the_csm_their_deputy_hears_of_it(advocate, csm):
    csm.deputy = make_user("csm")
    csm.deputy_from = (NOW + 190 * A_DAY).date()
    csm.save()
    tick(NOW + 180 * A_DAY)

    tick(NOW + 194 * A_DAY)

    assert written()[-1] == ("profile_check_overdue", csm.deputy.email)


def test_the_owner_is_told_when_the_profile_leaves_the_search(advocate, csm):
    asked = NOW + 180 * A_DAY
    for days in (0, 14, 59, 60, 61):
        tick(asked + days * A_DAY)

    assert [kind for kind, _ in written()] == ["profile_check", "profile_check_overdue", "profile_left_search"]


def test_an_answer_ends_the_reminders(advocate, csm):
    asked = NOW + 180 * A_DAY
    tick(asked)
    confirm_sections(advocate=advocate, sections=list(INTERVALS), by=csm, now=asked + A_DAY)

    tick(asked + 14 * A_DAY)

    assert len(written()) == 1
    assert set(advocate.verifications.filter(verified_at__gt=NOW).values_list("method", "verified_by")) == {("csm", csm.pk)}


def test_the_next_interval_asks_anew(advocate, csm):
    asked = NOW + 180 * A_DAY
    tick(asked)
    confirm_sections(advocate=advocate, sections=list(INTERVALS), by=csm, now=asked)

    tick(asked + 180 * A_DAY)

    assert written() == [("profile_check", advocate.email)] * 2


def test_a_pause_ends_the_reminders(advocate, csm):
    asked = NOW + 180 * A_DAY
    tick(asked)
    pause_advocate(advocate=advocate, until=None, by=csm, now=asked)

    tick(asked + 14 * A_DAY)

    assert len(written()) == 1


@pytest.mark.parametrize("reason", ["paused", "answered"])
def test_a_mail_still_waiting_is_stopped_when_its_reason_is_gone(reason, advocate, csm):
    asked = NOW + 180 * A_DAY
    tick(asked)
    assert stop_pointless_checks(asked) == 0

    if reason == "paused":
        pause_advocate(advocate=advocate, until=None, by=csm, now=asked)
    else:
        confirm_sections(advocate=advocate, sections=list(INTERVALS), by=csm, now=asked)

    assert stop_pointless_checks(asked) == 1
    assert Message.objects.get().state == "cancelled"


def test_a_quiet_run_costs_one_query_a_rule_however_many_are_due(django_assert_num_queries):
    for _ in range(3):
        make_checked_advocate()
    due = NOW + 180 * A_DAY
    tick(due)

    for code in (ASK, OVERDUE, LEFT):
        with django_assert_num_queries(1):
            assert list(clocks.rule_of(code).find(due + A_DAY)) == []
