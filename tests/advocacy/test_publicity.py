"""What a locked-down account is asked to approve, and what an approval opens."""

from datetime import timedelta

import pytest

from advocacy.exceptions import PublicityNotAsked
from advocacy.models import Ask, PublicityApproval
from advocacy.services.publicity import ask_for_publicity, earlier_refusals, is_cleared, record_publicity_answer
from outbox.models import Message
from tests.factories import NOW, activity, make_account, make_advocate, make_user

pytestmark = pytest.mark.django_db

KEY = "nomination:7"


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def account(csm):
    return make_account(csm=csm, publicity_status="locked_down")


def ask(account, csm, **facts):
    facts = {"what": "The name, once.", "approver": "Eve Holm", "approver_email": "eve@holm.example", "source_key": KEY} | facts
    return ask_for_publicity(account=account, by=csm, now=NOW, **facts)


def answer(approval, csm, word="approved", now=NOW):
    record_publicity_answer(approval=approval, answer=word, evidence="Mail of 3 May.", by=csm, now=now)


def test_the_mail_goes_to_the_approver_and_answers_to_the_csm(account, csm):
    approval = ask(account, csm, subject="We want to honour your results", text="Hello Eve")
    message = Message.objects.get(kind="publicity_ask")
    assert (message.recipient, message.reply_to, message.text[:9]) == ("eve@holm.example", csm.email, "Hello Eve")
    assert (approval.asked_at, approval.asked_by, approval.what) == (NOW, csm, "The name, once.")


def test_who_asks_in_person_sends_no_mail(account, csm):
    ask(account, csm)
    assert not Message.objects.exists()


def test_a_mail_needs_an_address(account, csm):
    with pytest.raises(PublicityNotAsked, match="address"):
        ask(account, csm, approver_email="", text="Hello")
    assert not PublicityApproval.objects.exists()


def test_one_question_at_a_time(account, csm):
    ask(account, csm)
    with pytest.raises(PublicityNotAsked, match="asked already"):
        ask(account, csm)


def test_an_approval_opens_this_recognition_and_nothing_else(account, csm):
    answer(ask(account, csm), csm)
    account.refresh_from_db()
    assert (is_cleared(KEY), is_cleared("nomination:8"), account.publicity_status) == (True, False, "locked_down")
    assert "Eve Holm approved this and nothing else: The name, once." in account.publicity_note


def test_the_last_answer_counts(account, csm):
    answer(ask(account, csm), csm)
    answer(ask(account, csm), csm, "refused", now=NOW + timedelta(days=1))
    assert not is_cleared(KEY)


def test_an_answer_is_recorded_once(account, csm):
    approval = ask(account, csm)
    answer(approval, csm, "refused")
    with pytest.raises(PublicityNotAsked, match="recorded already"):
        answer(approval, csm)


def test_earlier_noes_to_content_are_found_and_others_are_not(account, csm):
    refused = ask(account, csm, is_content=True, source_key="nomination:1")
    answer(refused, csm, "refused")
    answer(ask(account, csm, source_key="nomination:2"), csm, "refused")
    asked = {"advocate": make_advocate(account=account), "account": account, "state": "declined", "counts_on": NOW.date()}
    declined = Ask.objects.create(activity_type=activity("case-study"), **asked)
    Ask.objects.create(activity_type=activity("referral"), **asked)
    assert earlier_refusals(account) == ([refused], [declined])
