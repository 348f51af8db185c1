"""The reminders around a call for nominations: whom, when, and when they stop."""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.models import SecretLink
from nominations.models import SectionRequest
from nominations.services import clarifications, discard_draft, save_draft, save_reading, submit_nomination, triage
from nominations.services.handover import hand_over
from nominations.services.sections import answer_section, ask_for_section
from outbox.mailings import release_mailing
from outbox.models import Mailing, Message
from outbox.recipients import refusal
from tests.clocks import run_rule
from tests.factories import NOW, make_account, make_eligible, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def program():
    """Open; it closes on a Sunday, twenty days from NOW."""
    return make_program(now=NOW, contact=make_user("advocacy_team"))


@pytest.fixture
def draft(program, csm):
    return make_nomination(program, account=make_account(csm=csm), status="draft", nominator=csm, created_at=NOW)


def mails(kind):
    return Message.objects.filter(kind=kind).order_by("pk")


def states(kind):
    return set(mails(kind).values_list("state", flat=True))


# The call is open -----------------------------------------------------------------------------


def test_an_open_call_is_told_to_all_who_may_nominate_once_the_team_releases_it(program, csm):
    program.opens_at = NOW - HOUR
    program.save()
    others = [make_user("sales"), make_user("colleague")]
    make_user("leader"), make_user("csm", is_active=False)

    assert [run_rule("call_open", NOW + later * HOUR) for later in range(2)] == [1, 0]
    assert {mail.recipient for mail in mails("call_open")} == {csm.email, *(other.email for other in others)}
    assert states("call_open") == {"held"}
    assert [mail.recipient for mail in mails("call_ready")] == [program.contact.email]
    assert "3 colleagues" in mails("call_ready")[0].text

    release_mailing(mailing=Mailing.objects.get(), by=program.contact, now=NOW)
    assert states("call_open") == {"queued"}


def test_a_call_that_closed_before_anybody_released_its_mail_is_told_to_nobody(program, csm):
    run_rule("call_open", NOW)

    assert run_rule("closed_calls", program.closes_at - HOUR) == 0
    assert [run_rule("closed_calls", program.closes_at + HOUR) for _beat in range(2)] == [1, 0]
    assert states("call_open") == {"cancelled"}


# Customers to nominate ------------------------------------------------------------------------


@pytest.fixture
def customer(csm):
    """One who could be nominated."""
    return make_eligible("Analytical Engines", csm)


def test_a_csm_with_eligible_customers_is_reminded_21_14_and_7_days_before(program, csm, customer):
    for number in range(6):
        make_eligible(f"Difference Works {number}", csm, health_score=80)
    make_eligible("Closed Doors", csm, publicity_status="locked_down")
    make_eligible("Unwell", csm, health_score=20)

    counts = [run_rule("customers_to_nominate", program.closes_at - days * DAY) for days in (22, 21, 20, 14, 13, 7, 1)]
    assert counts == [0, 1, 0, 1, 0, 1, 0]
    first = mails("customers_to_nominate")[0]
    assert first.recipient == csm.email
    assert "21 days left" in first.subject
    named = [line for line in first.text.splitlines() if line.startswith("- ")]
    assert named == ["- Analytical Engines", *(f"- Difference Works {number}" for number in range(4))]


def test_a_deputy_reads_what_an_absent_csm_would(program, csm, customer):
    csm.deputy, csm.deputy_from = make_user("csm"), NOW.date()
    csm.save()
    run_rule("customers_to_nominate", program.closes_at - 14 * DAY)
    [mail] = mails("customers_to_nominate")
    assert mail.recipient == csm.deputy.email
    assert f"You stand in for {csm}" in mail.text


def test_who_began_a_nomination_is_not_asked_for_one_and_the_waiting_mail_stays_home(program, csm, customer):
    run_rule("customers_to_nominate", program.closes_at - 21 * DAY)
    save_draft(program=program, by=csm, data={"account": customer})

    assert states("customers_to_nominate") == {"cancelled"}
    assert run_rule("customers_to_nominate", program.closes_at - 14 * DAY) == 0


def test_a_customer_somebody_else_nominated_is_no_reason(program, csm, customer):
    run_rule("customers_to_nominate", program.closes_at - 21 * DAY)
    mail, morning = mails("customers_to_nominate").get(), program.closes_at - 20 * DAY
    assert refusal(mail, morning) == ""

    make_nomination(program, account=customer, nominator=make_user("sales"))

    assert refusal(mail, morning)
    assert run_rule("customers_to_nominate", program.closes_at - 14 * DAY) == 0


# Drafts ---------------------------------------------------------------------------------------


def test_whoever_holds_a_draft_is_reminded_14_7_and_1_days_before_with_what_it_lacks(draft, program, csm):
    type(draft).objects.update(headline="")
    counts = [run_rule("draft_waits", program.closes_at - days * DAY) for days in (15, 14, 13, 7, 1, 0.1)]

    assert counts == [0, 1, 0, 1, 1, 0]
    assert {mail.recipient for mail in mails("draft_waits")} == {csm.email}
    assert "- a headline" in mails("draft_waits")[0].text


def test_a_draft_begun_late_is_reminded_of_what_lies_ahead_alone(draft, program):
    type(draft).objects.update(created_at=program.closes_at - 3 * DAY)
    counts = [run_rule("draft_waits", program.closes_at - days * DAY) for days in (2, 1)]
    assert counts == [0, 1]


def test_an_extension_is_the_deadline_of_its_draft(draft, program):
    type(draft).objects.update(extended_until=program.closes_at + 7 * DAY)
    assert [run_rule("draft_waits", program.closes_at - days * DAY) for days in (8, 7)] == [0, 1]


@pytest.mark.parametrize("end", ["handed in", "discarded", "handed over"])
def test_a_reminder_of_a_draft_that_waits_stays_home_when_the_draft_is_gone(draft, program, csm, end):
    run_rule("draft_waits", program.closes_at - 7 * DAY)
    if end == "handed in":
        submit_nomination(nomination=draft, by=make_user("sales"), now=NOW)
    elif end == "discarded":
        discard_draft(nomination=draft)
    else:
        hand_over(nomination=draft, to=make_user("csm"), by=csm, note="", now=NOW)
    assert states("draft_waits") == {"cancelled"}


# Missing parts --------------------------------------------------------------------------------

THURSDAY = datetime(2026, 3, 5, 10, tzinfo=UTC)


@pytest.fixture
def asked(program, csm):
    nomination = make_nomination(program, account=make_account(csm=csm), nominator=csm)
    return clarifications.ask_nominator(
        nomination=nomination, question="Which year?", answer_by=THURSDAY + 9 * DAY, by=program.contact, now=THURSDAY
    )


def test_what_is_missing_is_asked_again_after_2_and_5_working_days(asked, csm):
    counts = [run_rule("clarification_reminder", THURSDAY + days * DAY) for days in (1, 2, 3, 4, 6, 7, 8)]
    assert counts == [0, 0, 0, 1, 0, 1, 0]  # Monday 9 March and Thursday 12 March
    mail = mails("clarification_reminder")[0]
    assert (mail.recipient, mail.reply_to) == (csm.email, asked.asked_by.email)
    assert "Which year?" in mail.text


@pytest.mark.parametrize("end", ["answered", "not needed", "taken out"])
def test_an_answer_stops_the_question_that_waits(asked, csm, end):
    run_rule("clarification_reminder", THURSDAY + 4 * DAY)
    if end == "answered":
        clarifications.answer_clarification(clarification=asked, answer="2025", texts={}, by=csm, now=THURSDAY + 4 * DAY)
    elif end == "not needed":
        clarifications.stop_waiting(clarification=asked, now=THURSDAY + 4 * DAY)
    else:
        triage(nomination=asked.nomination, to="ineligible", by=asked.asked_by, why="No customer.", now=THURSDAY + 4 * DAY)
    assert states("clarification_reminder") == {"cancelled"}
    assert run_rule("clarification_reminder", THURSDAY + 7 * DAY) == 0


def test_a_colleague_gets_a_new_link_and_both_end_with_the_answer(draft, csm):
    colleague = make_user("colleague")
    ask_for_section(nomination=draft, section="narrative", colleague=colleague, by=csm, note="", now=THURSDAY)

    assert [run_rule("section_reminder", THURSDAY + days * DAY) for days in (3, 4, 5)] == [0, 1, 0]
    [mail] = mails("section_reminder")
    assert mail.recipient == colleague.email
    token = mail.text.partition("/section/")[2].partition("/")[0]

    answer_section(token=token, answer={"narrative": "They trained everybody."}, now=THURSDAY + 5 * DAY)
    assert not SecretLink.objects.filter(used_at__isnull=True, expires_at__gt=THURSDAY + 5 * DAY).exists()
    assert states("section_reminder") == {"cancelled"}
    assert SectionRequest.objects.get().answered_at
    assert run_rule("section_reminder", THURSDAY + 8 * DAY) == 0


# Readings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["whole", "taken out"])
def test_a_reminder_of_a_reading_stays_home_when_it_is_whole_or_of_no_use(program, csm, end):
    owed = make_nomination(program, account=make_account(csm=csm), nominator=None)
    run_rule("reading_wanted", program.judging_opens_at - 7 * DAY)
    assert states("reading_wanted") == {"queued"}
    if end == "whole":
        evidence = {f"{name}_evidence": "They called us." for name in owed.PARTNERSHIP_FIELDS}
        save_reading(nomination=owed, readings=evidence)
    else:
        triage(nomination=owed, to="withdrawn", by=program.contact, why="They asked.", now=NOW)
    assert states("reading_wanted") == {"cancelled"}
