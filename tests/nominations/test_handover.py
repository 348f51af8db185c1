"""A draft goes on with a colleague."""

import pytest
from django.urls import reverse

from nominations.exceptions import AlreadySubmitted, ColleagueUnfit
from nominations.models import Nomination
from nominations.services import start_draft
from nominations.services.handover import hand_over
from outbox.models import Message
from tests.factories import NOW, make_account, make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver():
    return make_user("csm")


@pytest.fixture
def colleague():
    return make_user("sales")


@pytest.fixture
def draft(giver):
    return start_draft(program=make_program(), account=make_account(csm=giver), by=giver)


def give(draft, to, note="You know them.", by=None):
    return hand_over(nomination=draft, to=to, by=by or draft.nominator, note=note, now=NOW)


def test_the_colleague_writes_on_and_the_giver_keeps_sight(draft, giver, colleague):
    give(draft, colleague)
    assert Nomination.objects.get().nominator == colleague
    assert list(Nomination.objects.visible_to(giver)) == [draft]
    assert not Nomination.objects.changeable_by(giver).exists()


def test_it_stands_in_the_history_and_in_a_mail_with_a_link(draft, giver, colleague):
    give(draft, colleague)
    change, mail = draft.history.get(), Message.objects.get(kind="draft_handed_to_you")
    assert (change.changed_by, change.why) == (giver, f"Handed to {colleague}. You know them.")
    assert (mail.recipient, mail.reply_to) == (colleague.email, giver.email)
    assert f"/nominations/{draft.pk}/edit/" in mail.text
    assert "You know them." in mail.text


def test_the_same_again_writes_nothing_and_there_and_back_writes_each_time(draft, giver, colleague):
    assert [give(draft, colleague), give(draft, colleague), give(draft, giver), give(draft, colleague)] == [
        True,
        False,
        True,
        True,
    ]
    assert (draft.history.count(), Message.objects.filter(recipient=colleague.email).count()) == (3, 2)
    assert list(draft.supporters.all()) == [giver]


def test_who_cannot_nominate_cannot_take_it(draft, giver):
    with pytest.raises(ColleagueUnfit, match="cannot nominate customers"):
        give(draft, make_user("judge"))
    assert Nomination.objects.get().nominator == giver


def test_what_was_submitted_stays_where_it_is(draft, colleague):
    Nomination.objects.update(status="submitted")
    with pytest.raises(AlreadySubmitted):
        give(draft, colleague)


def test_on_the_page_an_unfit_colleague_is_told_at_the_field(client, draft, giver):
    client.force_login(giver)
    url = reverse("nomination-hand-over", args=[draft.pk])
    assert "Nobody here has the address who@elsewhere.example." in client.post(url, {"to": "who@elsewhere.example"}).text
    assert "cannot nominate customers" in client.post(url, {"to": make_user("judge").email}).text


def test_handed_over_on_the_page_the_giver_lands_where_they_may_read(client, draft, giver, colleague):
    client.force_login(giver)
    answer = client.post(reverse("nomination-hand-over", args=[draft.pk]), {"to": colleague.email.upper()}, follow=True)
    assert answer.redirect_chain == [(draft.get_absolute_url(), 302)]
    assert f"{colleague} goes on with it" in answer.text


def test_of_a_nomination_submitted_meanwhile_the_page_says_so(client, draft, giver):
    client.force_login(giver)
    Nomination.objects.update(status="submitted")
    answer = client.post(reverse("nomination-hand-over", args=[draft.pk]), {"to": "x@y.example"}, follow=True)
    assert "already submitted" in answer.text
