from datetime import timedelta

import pytest

from advocacy.models import Advocate
from advocacy.workflow import history_of
from nominations.exceptions import NominationIncomplete, NomineeElsewhere, ProgramNotOpen
from nominations.models import Nomination
from nominations.services import submit_nomination
from outbox.models import Message
from tests.factories import NOW, make_account, make_advocate, make_nomination, make_program, make_user
from tests.races import simultaneously

pytestmark = pytest.mark.django_db

READ = {f"{name}_evidence": "They called us." for name in Nomination.PARTNERSHIP_FIELDS}


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def account(csm):
    return make_account(csm=csm)


def make_draft(account, by, **fields):
    program = fields.pop("program", None) or make_program(now=NOW)
    return make_nomination(
        program, **{"status": "draft", "submitted_at": None, "account": account, "nominator": by} | READ | fields
    )


def recipients():
    return list(Message.objects.filter(kind="nomination_handed_over").values_list("recipient", flat=True))


def test_it_is_handed_in_with_time_sponsor_and_history(account, csm):
    draft = make_draft(account, csm)
    assert submit_nomination(nomination=draft, by=csm, now=NOW)
    draft.refresh_from_db()
    assert (draft.status, draft.submitted_at, draft.sponsor) == ("submitted", NOW, csm)
    assert [(change.to_status, change.changed_by) for change in history_of(draft)] == [("submitted", csm)]


def test_handed_in_twice_is_handed_in_once(account, csm):
    draft = make_draft(account, make_user("sales"))
    submit_nomination(nomination=draft, by=draft.nominator, now=NOW)
    assert not submit_nomination(nomination=draft, by=draft.nominator, now=NOW + timedelta(minutes=1))
    draft.refresh_from_db()
    assert draft.submitted_at == NOW
    assert len(recipients()) == 1


def test_the_csm_hears_of_it_when_somebody_else_nominates(account, csm):
    draft = make_draft(account, make_user("sales"))
    submit_nomination(nomination=draft, by=draft.nominator, now=NOW)
    assert recipients() == [csm.email]


def test_the_csm_is_not_told_of_their_own(account, csm):
    submit_nomination(nomination=make_draft(account, csm), by=csm, now=NOW)
    assert recipients() == []


def test_without_a_csm_the_advocacy_team_hears_of_it():
    team = make_user("advocacy_team")
    draft = make_draft(make_account(csm=None), make_user("colleague"))
    submit_nomination(nomination=draft, by=draft.nominator, now=NOW)
    assert recipients() == [team.email]


def test_nothing_goes_to_the_customer(account):
    draft = make_draft(account, make_user("sales"))
    submit_nomination(nomination=draft, by=draft.nominator, now=NOW)
    assert not Message.objects.filter(recipient=draft.nominee.email).exists()


def test_what_is_missing_is_told_and_the_draft_stays(account, csm):
    draft = make_draft(account, csm, headline="", comfort=None)
    with pytest.raises(NominationIncomplete, match="Still missing: a headline, their comfort with public recognition"):
        submit_nomination(nomination=draft, by=csm, now=NOW)
    assert Nomination.objects.get().status == "draft"


def test_sales_need_not_read_the_partnership(account):
    draft = make_draft(account, make_user("sales"), confidence=None, comfort=None)
    assert submit_nomination(nomination=draft, by=draft.nominator, now=NOW)


def test_after_the_deadline_the_draft_stays(account, csm):
    program = make_program(now=NOW, time_zone="Europe/Berlin")
    draft = make_draft(account, csm, program=program)
    with pytest.raises(ProgramNotOpen, match=r"Nominations closed on 22 March 2026, 13:00 \(Europe/Berlin\)"):
        submit_nomination(nomination=draft, by=csm, now=program.closes_at + timedelta(seconds=1))
    assert Nomination.objects.get().status == "draft"


def test_the_hidden_grace_counts(account, csm):
    program = make_program(now=NOW, grace_minutes=15)
    draft = make_draft(account, csm, program=program)
    assert submit_nomination(nomination=draft, by=csm, now=program.closes_at + timedelta(minutes=15))


def test_before_the_call_opens_it_is_not_taken(account, csm):
    draft = make_draft(account, csm, program=make_program(now=NOW, phase="planned"))
    with pytest.raises(ProgramNotOpen, match="Nominations open on"):
        submit_nomination(nomination=draft, by=csm, now=NOW)


def test_a_typed_nominee_becomes_known_on_submission(account, csm):
    typed = {"name": "Ada Berg", "email": "ada@berg.example", "title": "COO", "level": "c_level"}
    draft = make_draft(account, csm, nominee=None, nominee_as_given=typed)
    assert not Advocate.objects.exists()
    submit_nomination(nomination=draft, by=csm, now=NOW)
    draft.refresh_from_db()
    assert (draft.nominee.name, draft.nominee.account, draft.nominee.status) == ("Ada Berg", account, "candidate")
    assert draft.nominee_as_given == {}


def test_an_address_known_elsewhere_is_refused_without_a_name(account, csm):
    make_advocate(name="Somebody Secret", email="ada@berg.example")
    typed = {"name": "Ada Berg", "email": "ada@berg.example", "title": "", "level": ""}
    draft = make_draft(account, csm, nominee=None, nominee_as_given=typed)
    with pytest.raises(NomineeElsewhere) as refusal:
        submit_nomination(nomination=draft, by=csm, now=NOW)
    assert "Secret" not in str(refusal.value)
    assert Nomination.objects.get().status == "draft"


def test_an_import_is_taken_at_any_time_without_a_mail(account):
    program = make_program(now=NOW, phase="judged")
    draft = make_draft(account, None, program=program, source="import", headline="")
    assert submit_nomination(nomination=draft, by=None, now=NOW)
    assert (Nomination.objects.get().source, Message.objects.count()) == ("import", 0)


@pytest.mark.django_db(transaction=True)
def test_of_eight_simultaneous_submissions_one_counts(account):
    draft = make_draft(account, make_user("sales"))

    def submit(_number):
        return submit_nomination(nomination=Nomination.objects.get(), by=draft.nominator, now=NOW)

    assert sorted(simultaneously(8, submit)) == [False] * 7 + [True]
    assert (draft.history.count(), len(recipients())) == (1, 1)
