import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from advocacy.exceptions import LinkExpired, LinkUsed
from advocacy.models import Advocate
from nominations.exceptions import ProgramNotOpen
from nominations.models import Nomination, SelfNomination
from nominations.services import confirm_self_nomination, remove_unconfirmed, send_self_nomination
from outbox.models import Message
from tests.factories import NOW, make_account, make_advocate, make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program(now=NOW)


def send(program, now=NOW, **fields):
    data = {
        "form_key": uuid.uuid4(),
        "name": "Ada Berg",
        "email": "ada@mail.berg.example",
        "company": "Berg AG",
        "title": "COO",
        "before_state": "Nine days.",
        "narrative": "One queue.",
        "business_outcome": "Two days.",
        "category_ids": [program.categories.get().pk],
    }
    send_self_nomination(program=program, data=data | fields, now=now)
    return token()


def token():
    mail = Message.objects.filter(kind="confirm_self_nomination").latest("pk")
    return re.search(r"/programs/confirm/([^/\s]+)/", mail.text)[1]


def mails(kind):
    return list(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_until_confirmed_there_is_no_nomination_and_nobody_new(program):
    send(program)
    assert (Nomination.objects.count(), Advocate.objects.count()) == (0, 0)
    assert mails("confirm_self_nomination") == ["ada@mail.berg.example"]


def test_the_same_form_sent_twice_is_one_mail(program):
    key = uuid.uuid4()
    send(program, form_key=key)
    send(program, form_key=key)
    assert (SelfNomination.objects.count(), Message.objects.count()) == (1, 1)


def test_confirmed_it_is_matched_by_domain_and_the_csm_is_told_first(program):
    csm = make_user("csm")
    account = make_account(domain="berg.example", csm=csm)
    nomination = confirm_self_nomination(token=send(program), now=NOW + timedelta(days=2))
    assert (nomination.status, nomination.source, nomination.account) == ("submitted", "self", account)
    assert (nomination.nominee.name, nomination.nominee.account, nomination.sponsor) == ("Ada Berg", account, csm)
    assert mails("nomination_handed_over") == [csm.email]


def test_the_consent_text_is_kept_as_shown(program):
    token = send(program)
    program.consent_text = "Another text."
    program.save()
    nomination = confirm_self_nomination(token=token, now=NOW)
    assert nomination.consented_to.startswith("I agree that the judges read my nomination")


def test_confirming_is_a_yes_without_any_publication(program):
    nomination = confirm_self_nomination(token=send(program), now=NOW)
    assert (nomination.reply.answer, nomination.reply.scope) == ("yes", [])


def test_a_known_person_is_not_added_again(program):
    account = make_account(domain="berg.example")
    known = make_advocate(email="ada@mail.berg.example", account=account)
    assert confirm_self_nomination(token=send(program), now=NOW).nominee == known


def test_the_nearest_domain_wins(program):
    make_account(domain="berg.example")
    nearest = make_account(domain="mail.berg.example")
    assert confirm_self_nomination(token=send(program), now=NOW).account == nearest


def test_a_domain_of_two_accounts_is_left_to_a_person(program):
    make_account(domain="berg.example", name="Berg North")
    make_account(domain="berg.example", name="Berg South")
    assert confirm_self_nomination(token=send(program), now=NOW).account is None


def test_mail_anybody_can_have_matches_nobody(program):
    make_account(domain="gmail.com")
    assert confirm_self_nomination(token=send(program, email="ada@gmail.com"), now=NOW).account is None


def test_of_no_known_account_it_is_kept_and_the_team_told(program):
    team = make_user("advocacy_team")
    nomination = confirm_self_nomination(token=send(program), now=NOW)
    assert (nomination.status, nomination.organization_as_given, nomination.needs_account) == ("submitted", "Berg AG", True)
    assert mails("nomination_needs_account") == [team.email]


def test_confirming_twice_makes_one(program):
    token = send(program)
    confirm_self_nomination(token=token, now=NOW)
    with pytest.raises(LinkUsed):
        confirm_self_nomination(token=token, now=NOW)
    assert Nomination.objects.count() == 1


def test_sent_in_time_and_confirmed_after_the_close_counts(program):
    sent_at = program.closes_at - timedelta(minutes=1)
    nomination = confirm_self_nomination(token=send(program, now=sent_at), now=sent_at + timedelta(days=6))
    assert (nomination.status, nomination.submitted_at) == ("submitted", sent_at)


def test_the_link_lasts_seven_days(program):
    token = send(program)
    with pytest.raises(LinkExpired):
        confirm_self_nomination(token=token, now=NOW + timedelta(days=7))
    assert not Nomination.objects.exists()


def test_after_the_close_nothing_is_taken(program):
    with pytest.raises(ProgramNotOpen):
        send(program, now=program.closes_at + timedelta(minutes=1))
    assert (SelfNomination.objects.count(), Message.objects.count()) == (0, 0)


def test_what_nobody_confirmed_is_removed_after_thirty_days(program):
    confirmed = confirm_self_nomination(token=send(program), now=NOW)
    send(program)
    assert remove_unconfirmed(now=NOW + timedelta(days=29)) == 0
    assert remove_unconfirmed(now=NOW + timedelta(days=30)) == 1
    assert SelfNomination.objects.get().nomination == confirmed


def test_the_history_begins_with_what_came_first(client):
    program = make_program()
    sent, confirmed = timezone.now() - timedelta(hours=2), timezone.now()
    nomination = confirm_self_nomination(token=send(program, now=sent), now=confirmed)
    client.force_login(make_user("advocacy_team"))
    history = client.get(nomination.get_absolute_url()).text.split(">History<")[1]
    assert "Begun" not in history
    assert "Submitted" in history
