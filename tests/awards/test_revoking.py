from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from advocacy.exceptions import ForbiddenMove
from advocacy.models import Advocate, Consent, Story
from advocacy.workflow import history_of
from awards import freezing, services
from awards.exceptions import ReasonMissing, WinnerNotChosen
from awards.models import Result, Winner
from awards.services.correction_mails import corrections
from outbox.models import Mailing, Message
from tests.awards.award_factories import DECIDED, mails, make_accepted, make_announced, make_offered
from tests.awards.factories import CLOSED

pytestmark = pytest.mark.django_db

LATER = CLOSED + timedelta(days=2)


def revoke(winner, team):
    services.revoke_award(winner=winner, by=team, reason="The numbers did not hold.", now=LATER)


def mark(kind, state):
    Message.objects.filter(kind=kind).update(state=state)


def states(kind):
    return list(mails(kind).values_list("state", flat=True))


def test_an_announced_award_is_taken_back_with_a_reason_on_record():
    winner, team = make_announced()
    with pytest.raises(ReasonMissing):
        services.revoke_award(winner=winner, by=team, reason=" ", now=LATER)
    revoke(winner, team)
    winner.refresh_from_db()
    assert (winner.status, winner.entry.status) == ("revoked", "revoked")
    assert history_of(winner).last().why == "The numbers did not hold."


def test_advocate_story_and_consents_stay_and_so_does_the_frozen_result():
    winner, team = make_announced()
    before = (Consent.objects.count(), Story.objects.count(), Result.objects.get().digest)
    revoke(winner, team)
    result = Result.objects.get()
    assert (Consent.objects.count(), Story.objects.count(), result.digest) == before
    assert freezing.is_intact(result)
    assert Advocate.objects.get(pk=winner.entry.nomination.nominee_id).status == "active"


def test_the_award_leaves_the_public_pages():
    winner, team = make_announced()
    assert Winner.objects.public(LATER).filter(pk=winner.pk).exists()
    revoke(winner, team)
    assert not Winner.objects.public(LATER).filter(pk=winner.pk).exists()


def test_mails_that_wait_are_stopped():
    winner, team = make_announced()
    mark("award_won_colleague", "queued")
    revoke(winner, team)
    assert states("award_won") == states("award_won_colleague") == ["cancelled"]


@pytest.mark.parametrize("state", ["sent", "in_flight", "unknown"])
def test_whoever_was_told_is_owed_a_correction_that_a_person_reads_first(state):
    winner, team = make_announced()
    mark("award_won", state)
    revoke(winner, team)
    correction = corrections(winner.category.program).get(recipient=winner.entry.nomination.nominee.email)
    assert (correction.state, correction.reply_to) == ("held", winner.entry.nomination.account.csm.email)
    assert "The numbers did not hold" not in correction.text


def test_who_was_told_nothing_gets_no_correction():
    winner, team = make_announced()
    mark("award_offer", "cancelled")
    mark("award_offer_colleague", "cancelled")
    revoke(winner, team)
    assert not corrections(winner.category.program).exists()


def test_an_offer_that_went_out_is_corrected_when_the_choice_is_taken_back():
    winner, team = make_offered()
    mark("award_offer", "sent")
    services.take_back_choice(winner=winner, by=team, reason="Wrong row.", now=DECIDED)
    assert mails("award_taken_back").get().recipient == winner.entry.nomination.nominee.email
    assert states("award_offer_colleague") == ["cancelled"]


def test_corrections_are_sent_by_a_person_also_before_the_announcement():
    winner, team = make_offered()
    mark("award_offer", "sent")
    services.take_back_choice(winner=winner, by=team, reason="Wrong row.", now=DECIDED)
    newest = mails("award_taken_back").get().pk
    assert mails("award_taken_back").get().mailing.messages.held().count() == 1
    sent = services.send_corrections(program=winner.category.program, by=team, now=DECIDED, left_out=[], newest=newest)
    assert (sent.sent, states("award_taken_back")) == (1, ["queued"])


def test_what_was_held_before_there_were_mailings_can_be_released():
    winner, team = make_announced()
    mark("award_offer", "sent")
    revoke(winner, team)
    mails("award_taken_back").update(mailing=None)
    Mailing.objects.filter(key__startswith="award_corrections:").delete()

    import_module("awards.migrations.0007_held_mails_into_mailings").gather(apps, None)

    newest = mails("award_taken_back").get().pk
    sent = services.send_corrections(program=winner.category.program, by=team, now=DECIDED, left_out=[], newest=newest)
    assert (sent.sent, states("award_taken_back")) == (1, ["queued"])


def test_an_acceptance_taken_back_leaves_no_mail_that_says_it_won():
    winner, team = make_accepted()
    services.prepare(program=winner.category.program, now=DECIDED)
    services.take_back_choice(winner=winner, by=team, reason="Wrong row.", now=DECIDED)
    assert states("award_won") == states("award_won_colleague") == ["cancelled"]


def test_nothing_is_revoked_before_the_announcement_and_nothing_taken_back_after():
    winner, team = make_accepted()
    with pytest.raises(WinnerNotChosen, match="Nothing is announced yet"):
        revoke(winner, team)
    services.announce(program=winner.category.program, by=team, now=CLOSED)
    with pytest.raises(WinnerNotChosen, match="are announced"):
        services.take_back_choice(winner=winner, by=team, reason="Late.", now=LATER)


def test_a_second_click_changes_nothing_more():
    winner, team = make_announced()
    revoke(winner, team)
    count = history_of(winner).count()
    revoke(winner, team)
    assert history_of(winner).count() == count


def test_after_it_was_taken_back_nobody_records_an_answer():
    winner, team = make_offered()
    services.take_back_choice(winner=winner, by=team, reason="Wrong row.", now=DECIDED)
    with pytest.raises(ForbiddenMove):
        services.record_acceptance(winner=winner, by=team, evidence="Call.", scope=["public_award"], now=DECIDED)


def test_a_new_result_with_a_reason_can_follow():
    winner, team = make_announced()
    revoke(winner, team)
    result = services.freeze_result(program=winner.category.program, by=team, now=LATER, reason="The numbers did not hold.")
    assert (result.number, Result.objects.count()) == (2, 2)
