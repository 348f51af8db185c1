"""Asking the nominee before judging: by the CSM's word, or by the clock after two working days."""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.models import PublicityApproval
from nominations.exceptions import QuestionNotSent, ReplyNotTaken
from nominations.models import Alert, Nomination, NomineeReply
from nominations.questions import (
    hold_question,
    notice_bounces,
    plan_question,
    release_question,
    send_due_questions,
)
from nominations.services import record_reply, submit_nomination, triage
from outbox.models import Message
from outbox.recipients import mark_undeliverable
from tests.clocks import run_rule
from tests.factories import NOW, make_account, make_advocate, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=3)
WEEK = timedelta(days=7)


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def nomination(csm):
    nomination = make_nomination(make_program(now=NOW), account=make_account(csm=csm), nominator=csm)
    plan_question(nomination=nomination, now=NOW)
    return nomination


def asked(kind="nominee_question"):
    return list(Message.objects.filter(kind=kind).order_by("pk"))


def test_submission_sets_the_time_two_working_days_later_by_the_csms_clock():
    csm = make_user("csm", time_zone="Asia/Tokyo")
    program = make_program(now=NOW)
    draft = make_nomination(program, account=make_account(csm=csm), nominator=csm, status="draft", submitted_at=None)
    # Friday 06:00 in Tokyo, still Thursday in UTC.
    program.__class__.objects.update(opens_at=NOW - timedelta(days=9), closes_at=NOW + timedelta(days=9))
    draft.program.refresh_from_db()
    for name in Nomination.PARTNERSHIP_FIELDS:
        setattr(draft, f"{name}_evidence", "They call back.")
    draft.save()
    submit_nomination(nomination=draft, by=csm, now=datetime(2026, 3, 5, 21, 0, tzinfo=UTC))
    assert NomineeReply.objects.get().goes_at == datetime(2026, 3, 9, 21, 0, tzinfo=UTC)


def test_who_is_nominated_twice_in_a_program_is_asked_once(nomination, csm):
    again = make_nomination(
        nomination.program, account=nomination.account, nominee=nomination.nominee, nominator=make_user("csm")
    )
    plan_question(nomination=again, now=NOW)

    assert send_due_questions(now=LATER) == 1
    assert send_due_questions(now=LATER) == 0
    left = again if NomineeReply.objects.get(nomination=again).asked_at is None else nomination
    with pytest.raises(QuestionNotSent, match="another nomination"):
        release_question(nomination=left, by=csm, now=LATER)
    assert len(asked()) == 1


@pytest.mark.parametrize("source", ["self", "import"])
def test_who_nominated_themselves_or_came_by_import_is_not_asked(source):
    assert plan_question(nomination=make_nomination(source=source), now=NOW) is None


def test_the_clock_sends_when_the_time_has_come_and_once(nomination):
    assert send_due_questions(now=NOW + timedelta(days=1)) == 0
    assert (send_due_questions(now=LATER), send_due_questions(now=LATER)) == (1, 0)
    assert [message.recipient for message in asked()] == [nomination.nominee.email]


def test_answers_go_to_the_csm(nomination, csm):
    send_due_questions(now=LATER)
    assert asked()[0].reply_to == csm.email


def test_without_a_csm_answers_go_to_the_programs_contact():
    contact = make_user("advocacy_team")
    nomination = make_nomination(make_program(now=NOW, contact=contact))
    release_question(nomination=nomination, by=contact, now=NOW)
    assert asked()[0].reply_to == contact.email


def test_the_csm_sends_it_earlier(nomination, csm):
    assert release_question(nomination=nomination, by=csm, now=NOW)
    assert not release_question(nomination=nomination, by=csm, now=NOW)
    assert (len(asked()), NomineeReply.objects.get().released_by) == (1, csm)


def test_who_asks_in_person_stops_the_clock(nomination, csm):
    hold_question(nomination=nomination, by=csm)
    assert send_due_questions(now=LATER) == 0


def test_what_has_gone_cannot_be_held(nomination, csm):
    release_question(nomination=nomination, by=csm, now=NOW)
    with pytest.raises(QuestionNotSent):
        hold_question(nomination=nomination, by=csm)


def no_address(nomination):
    nomination.nominee.email = ""
    nomination.nominee.save()


def taken_out(nomination):
    triage(nomination=nomination, to="ineligible", by=nomination.nominator, why="A prospect.", now=NOW)


def answered(nomination):
    record_reply(nomination=nomination, answer="not_yet", evidence="", by=nomination.nominator, now=NOW)


def announced(nomination):
    nomination.program.announced_at = NOW
    nomination.program.save()


def retired(nomination):
    nomination.nominee.status = "retired"
    nomination.nominee.save()


def locked_down(nomination):
    nomination.account.publicity_status = "locked_down"
    nomination.account.save()


@pytest.mark.parametrize("happens", [no_address, taken_out, answered, announced, retired, locked_down])
def test_the_clock_asks_nobody_who_must_not_be_asked(nomination, happens):
    happens(nomination)
    assert send_due_questions(now=LATER) == 0
    assert asked() == []


def test_a_locked_down_account_is_asked_once_its_company_approved_this_recognition(nomination):
    locked_down(nomination)
    facts = {"account": nomination.account, "what": "The name.", "approver": "Eve"}
    PublicityApproval.objects.create(source_key="nomination:0", answer="approved", answered_at=NOW, **facts)
    assert send_due_questions(now=LATER) == 0
    PublicityApproval.objects.create(source_key=f"nomination:{nomination.pk}", answer="approved", answered_at=NOW, **facts)
    assert send_due_questions(now=LATER) == 1


def test_a_later_refusal_of_the_company_closes_it_again(nomination):
    locked_down(nomination)
    for days, answer in enumerate(["approved", "refused"]):
        PublicityApproval.objects.create(
            account=nomination.account,
            what="The name.",
            approver="Eve",
            source_key=f"nomination:{nomination.pk}",
            answer=answer,
            answered_at=NOW + timedelta(days=days),
        )
    assert send_due_questions(now=LATER) == 0


def test_the_csm_is_told_why_a_mail_cannot_go(nomination, csm):
    no_address(nomination)
    with pytest.raises(QuestionNotSent, match="no e-mail address"):
        release_question(nomination=nomination, by=csm, now=NOW)


def test_what_was_put_back_waits_two_working_days_again(nomination, csm):
    taken_out(nomination)
    triage(nomination=nomination, to="submitted", by=csm, why="", now=LATER)
    assert send_due_questions(now=LATER) == 0
    assert send_due_questions(now=LATER + timedelta(days=4)) == 1


def test_a_mail_still_in_the_queue_is_stopped_when_the_nomination_is_taken_out(nomination, csm):
    release_question(nomination=nomination, by=csm, now=NOW)
    taken_out(nomination)
    assert [message.state for message in asked()] == ["cancelled"]


def test_one_reminder_goes_after_a_week(nomination, csm):
    release_question(nomination=nomination, by=csm, now=NOW)
    assert run_rule("nominee_reminder", NOW + WEEK - timedelta(minutes=1)) == 0
    assert (run_rule("nominee_reminder", NOW + WEEK), run_rule("nominee_reminder", NOW + 2 * WEEK)) == (1, 0)
    assert asked("nominee_reminder")[0].reply_to == csm.email


def test_who_answered_is_not_reminded(nomination, csm):
    release_question(nomination=nomination, by=csm, now=NOW)
    answered(nomination)
    assert run_rule("nominee_reminder", NOW + WEEK) == 0


def bounce(state="bounced"):
    Message.objects.filter(kind="nominee_question").update(state=state, last_error="550 no such user", created_at=NOW)


def test_a_question_to_an_address_that_takes_no_mail_is_an_alert_too(nomination, csm):
    mark_undeliverable(nomination.nominee.email, "550 no such user", NOW)
    release_question(nomination=nomination, by=csm, now=NOW)
    assert notice_bounces(now=LATER) == 1
    assert "550 no such user" in Alert.objects.get(nomination=nomination, kind="mail_bounced").detail


@pytest.mark.parametrize("state", ["bounced", "failed"])
def test_a_mail_that_came_back_is_an_alert_and_the_csm_hears_of_it_once(nomination, csm, state):
    release_question(nomination=nomination, by=csm, now=NOW)
    bounce(state)
    assert (notice_bounces(now=LATER), notice_bounces(now=LATER)) == (1, 0)
    assert "550 no such user" in Alert.objects.get(nomination=nomination, kind="mail_bounced").detail
    assert [message.recipient for message in asked("question_came_back")] == [csm.email]


def test_nobody_is_reminded_at_an_address_that_does_not_work(nomination, csm):
    release_question(nomination=nomination, by=csm, now=NOW)
    bounce()
    notice_bounces(now=NOW)
    assert run_rule("nominee_reminder", NOW + WEEK) == 0


def test_after_a_bounce_it_can_go_again_and_the_alert_is_settled(nomination, csm):
    release_question(nomination=nomination, by=csm, now=NOW)
    bounce()
    notice_bounces(now=NOW)
    assert release_question(nomination=nomination, by=csm, now=LATER)
    assert Alert.objects.get().settled_by == csm
    assert notice_bounces(now=LATER) == 0


def test_an_answer_settles_the_alert(nomination, csm):
    release_question(nomination=nomination, by=csm, now=NOW)
    bounce()
    notice_bounces(now=NOW)
    answered(nomination)
    assert Alert.objects.get().settled_at == NOW


def test_the_csm_does_not_write_over_an_answer_that_came_in_meanwhile(nomination, csm):
    record_reply(nomination=nomination, answer="yes", scope=["use_quote"], evidence="Page.", by=None, now=NOW)
    with pytest.raises(ReplyNotTaken, match="while this page was open"):
        record_reply(nomination=nomination, answer="not_yet", evidence="Call.", by=csm, now=NOW, seen="")
    assert NomineeReply.objects.get().answer == "yes"


def test_a_nominee_without_any_contact_behind_them_is_still_asked():
    nomination = make_nomination(make_program(now=NOW), nominee=make_advocate())
    assert release_question(nomination=nomination, by=None, now=NOW)
    assert asked()[0].reply_to == ""
