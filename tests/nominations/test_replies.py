import pytest

from advocacy.exceptions import ForbiddenMove
from advocacy.models import Consent
from nominations.exceptions import ReasonMissing, ReplyNotTaken
from nominations.models import NomineeReply
from nominations.services import link_account, record_reply, triage
from outbox.models import Message
from tests.factories import NOW, make_account, make_advocate, make_nomination, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def nomination(csm):
    return make_nomination(account=make_account(csm=csm))


def reply(nomination, csm, answer="yes", scope=("public_award", "use_logo"), **facts):
    facts = {"evidence": "Mail of 3 May.", "given_by": "Ada Berg"} | facts
    return record_reply(nomination=nomination, answer=answer, scope=scope, by=csm, now=NOW, **facts)


def consents():
    return sorted(Consent.objects.values_list("purpose", "decision"))


def test_a_yes_is_one_consent_a_purpose(nomination, csm):
    reply(nomination, csm)
    assert consents() == [("public_award", "given"), ("use_logo", "given")]
    assert NomineeReply.objects.get().scope == ["public_award", "use_logo"]


def test_the_consent_keeps_text_evidence_and_people(nomination, csm):
    reply(nomination, csm, scope=["public_award"])
    consent = Consent.objects.get()
    assert (consent.advocate, consent.given_by, consent.recorded_by) == (nomination.nominee, "Ada Berg", csm)
    assert (consent.text_shown, consent.evidence, consent.decided_at) == (
        "If I win, the award may be announced in public.",
        "Mail of 3 May.",
        NOW,
    )


def test_the_logo_is_the_companys_to_give(nomination, csm):
    reply(nomination, csm, scope=["use_logo"])
    assert (Consent.objects.get().advocate, Consent.objects.get().account) == (None, nomination.account)


def test_the_same_answer_twice_is_written_once(nomination, csm):
    reply(nomination, csm)
    reply(nomination, csm)
    assert Consent.objects.count() == 2


def test_a_narrower_yes_takes_the_rest_back(nomination, csm):
    reply(nomination, csm)
    reply(nomination, csm, scope=["public_award"])
    assert consents() == [("public_award", "given"), ("use_logo", "given"), ("use_logo", "withdrawn")]


def test_a_no_withdraws_the_nomination_and_what_was_given(nomination, csm):
    reply(nomination, csm)
    reply(nomination, csm, answer="no", scope=[])
    nomination.refresh_from_db()
    assert nomination.status == "withdrawn"
    assert not Consent.objects.in_force(NOW.date()).exists()


def test_not_yet_is_no_answer_yet(nomination, csm):
    answer = reply(nomination, csm, answer="not_yet")
    assert (answer.answered_at, answer.scope, Consent.objects.count()) == (None, [], 0)


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_only_a_submitted_nomination_is_answered(csm, status):
    with pytest.raises(ReplyNotTaken):
        reply(make_nomination(status=status), csm)
    assert not NomineeReply.objects.exists()


def test_taking_a_nomination_out_needs_a_reason(nomination):
    team = make_user("advocacy_team")
    with pytest.raises(ReasonMissing):
        triage(nomination=nomination, to="ineligible", by=team, why=" ", now=NOW)
    triage(nomination=nomination, to="ineligible", by=team, why="Not a customer.", now=NOW)
    assert nomination.history.get().why == "Not a customer."


def test_what_was_withdrawn_stays_withdrawn(nomination, csm):
    reply(nomination, csm, answer="no", scope=[])
    with pytest.raises(ForbiddenMove):
        triage(nomination=nomination, to="submitted", by=csm, why="", now=NOW)


def test_linking_gives_nominee_and_sponsor_and_tells_the_csm(csm):
    nominee = make_advocate(account=None)
    nomination = make_nomination(nominee=nominee, source="self", organization_as_given="Berg")
    account = make_account(csm=csm)
    link_account(nomination=nomination, account=account, by=make_user("advocacy_team"), now=NOW)
    nomination.refresh_from_db()
    nominee.refresh_from_db()
    assert (nomination.account, nomination.sponsor, nominee.account) == (account, csm, account)
    assert Message.objects.get().recipient == csm.email


def test_linking_twice_tells_once(csm):
    nomination = make_nomination(nominee=make_advocate(account=None), source="self")
    account = make_account(csm=csm)
    for _time in range(2):
        link_account(nomination=nomination, account=account, by=csm, now=NOW)
    assert Message.objects.count() == 1
