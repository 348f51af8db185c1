from datetime import timedelta

import pytest

from advocacy.workflow import history_of
from awards import services
from awards.deadlines import end_of
from awards.exceptions import OfferNotSent
from awards.models import Winner
from nominations.models import Entry
from outbox.models import Message
from tests.awards.award_factories import (
    DECIDED,
    mails,
    make_accepted,
    make_chosen,
    make_frozen,
    make_offered,
    offer_mail,
    recipients,
)
from tests.awards.factories import entry_of, make_team
from tests.clocks import run_rule
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def nominee(winner):
    return winner.entry.nomination.nominee


def csm(winner):
    return winner.entry.nomination.account.csm


def over(winner):
    return end_of(winner.answer_by, winner.category.program.time_zone)


def runner_up(winner):
    return entry_of(winner.category.program.nominations.order_by("pk")[1])


def test_an_offer_goes_out_after_the_freeze_alone():
    winner, team = make_chosen()
    with pytest.raises(OfferNotSent, match="Freeze the result first"):
        services.send_offer(winner=winner, by=team, now=DECIDED)
    assert not Message.objects.exists()


def test_the_nominee_gets_the_offer_and_the_csm_hears_first_and_gets_the_answers():
    winner, _team = make_offered()
    mail = offer_mail(winner)
    assert (mail.recipient, mail.reply_to) == (nominee(winner).email, csm(winner).email)
    assert recipients("award_offer_colleague") == {csm(winner).email}
    assert mails("award_offer_colleague").get().pk < mail.pk


def test_the_days_to_answer_start_when_the_offer_is_sent():
    winner, team = make_frozen(days_to_accept=10)
    winner = services.send_offer(winner=winner, by=team, now=DECIDED + timedelta(days=3))
    assert winner.answer_by == (DECIDED + timedelta(days=13)).date()
    assert f"by {winner.answer_by:%-d %B %Y} (UTC)" in offer_mail(winner).text
    assert history_of(winner).last().changed_by == team


def test_an_offer_is_sent_once():
    winner, team = make_offered()
    with pytest.raises(OfferNotSent, match="has been sent"):
        services.send_offer(winner=winner, by=team, now=DECIDED)
    assert mails("award_offer").count() == 1


def test_an_offer_that_bounced_goes_again_to_the_corrected_address():
    winner, team = make_offered()
    Message.objects.filter(kind="award_offer").update(state="bounced")
    nominee(winner).email = "right@customer.example"
    nominee(winner).save()
    later = DECIDED + timedelta(days=1)
    services.send_offer(winner=winner, by=team, now=later)
    assert mails("award_offer").last().recipient == "right@customer.example"
    assert Winner.objects.get().answer_by == (later + timedelta(days=14)).date()


def test_without_an_address_the_csm_is_asked_to_speak_with_them():
    winner, team = make_frozen()
    nominee(winner).email = ""
    nominee(winner).save()
    winner = services.send_offer(winner=winner, by=team, now=DECIDED)
    assert not mails("award_offer").exists()
    assert "no e-mail address" in mails("award_offer_colleague").get().text
    assert winner.answer_by


def test_a_winner_the_frozen_result_does_not_know_is_not_offered():
    winner, team = make_frozen(winners_per_category=2)
    second = services.choose_winner(entry=runner_up(winner), by=team, now=DECIDED)
    with pytest.raises(OfferNotSent, match="not a winner of the frozen result"):
        services.send_offer(winner=second, by=team, now=DECIDED)


def test_after_a_no_the_reserve_is_put_forward_and_nobody_writes_to_them_yet():
    winner, team = make_offered()
    services.record_decline(winner=winner, by=team, why="No publicity this year.", now=DECIDED)
    reserve = Winner.objects.get(entry=runner_up(winner))
    assert (reserve.status, reserve.rank, reserve.offered_at, reserve.reason) == ("offered", 2, None, "")
    assert "Reserve of result 1" in history_of(reserve).get().why
    assert mails("award_offer").count() == 1
    assert str(reserve.entry.nomination) in mails("award_place_free").get().text


def test_the_reserve_can_be_offered_and_announced_with_the_same_result():
    winner, team = make_offered()
    services.record_decline(winner=winner, by=team, why="No.", now=DECIDED)
    reserve = Winner.objects.get(entry=runner_up(winner))
    services.send_offer(winner=reserve, by=team, now=DECIDED)
    services.record_acceptance(winner=reserve, by=team, evidence="Call.", scope=["public_award"], now=DECIDED)
    program = winner.category.program
    result = services.announce(program=program, by=team, now=program.announces_at)
    assert result.number == 1
    assert entry_of(reserve.entry.nomination).status == Entry.Status.WON


def test_with_no_reserve_left_the_team_is_told():
    winner, team = make_offered(values=(5,))
    services.record_decline(winner=winner, by=team, why="No.", now=DECIDED)
    assert "No reserve is left" in mails("award_place_free").get().text
    assert recipients("award_place_free") == {team.email}


def test_the_programs_contact_hears_instead_of_the_whole_team():
    contact = make_user("advocacy_team")
    winner, team = make_offered(contact=contact)
    services.record_decline(winner=winner, by=team, why="No.", now=DECIDED)
    assert recipients("award_place_free") == {contact.email}


def test_a_withdrawn_reserve_is_passed_over():
    winner, team = make_offered()
    second, third = winner.category.program.nominations.order_by("pk")[1:]
    second.status = "withdrawn"
    second.save()
    services.record_decline(winner=winner, by=team, why="No.", now=DECIDED)
    assert Winner.objects.exclude(pk=winner.pk).get().entry == entry_of(third)


def test_an_offer_lapses_when_its_last_day_is_over():
    winner, _team = make_offered()
    assert services.lapse_offers(now=over(winner) - timedelta(seconds=1)) == 0
    assert services.lapse_offers(now=over(winner)) == 1
    winner.refresh_from_db()
    assert (winner.status, entry_of(winner.entry.nomination).status) == ("lapsed", "lapsed")
    assert Winner.objects.get(entry=runner_up(winner)).status == "offered"
    assert recipients("award_lapsed") == {csm(winner).email}


def test_two_beats_let_an_offer_lapse_once():
    winner, _team = make_offered()
    assert [services.lapse_offers(now=over(winner)) for _beat in range(2)] == [1, 0]
    assert Winner.objects.count() == 2


def test_who_has_not_been_offered_anything_does_not_lapse():
    make_frozen()
    assert services.lapse_offers(now=DECIDED + timedelta(days=300)) == 0


def test_an_accepted_offer_neither_lapses_nor_is_reminded_of():
    winner, _team = make_accepted()
    assert run_rule("award_reminder", over(winner) - timedelta(days=2)) == 0
    assert services.lapse_offers(now=over(winner)) == 0


def test_nominee_and_csm_are_reminded_once_three_days_before():
    winner, _team = make_offered()
    counts = [run_rule("award_reminder", over(winner) - timedelta(days=days)) for days in (4, 3, 2)]
    assert counts == [0, 1, 0]
    assert recipients("award_reminder") == {nominee(winner).email}
    assert recipients("award_reminder_colleague") == {csm(winner).email}


def test_a_later_day_to_answer_reminds_anew_and_puts_the_lapse_off():
    winner, team = make_offered()
    run_rule("award_reminder", over(winner) - timedelta(days=1))
    before = over(winner)
    winner = services.set_terms(
        winner=winner,
        by=team,
        now=DECIDED,
        answer_by=winner.answer_by + timedelta(days=7),
        embargo_until=None,
        announcement_words="",
    )
    assert services.lapse_offers(now=before) == 0
    assert run_rule("award_reminder", over(winner) - timedelta(days=1)) == 1


def test_an_answer_stops_the_reminder_that_waits():
    winner, team = make_offered()
    run_rule("award_reminder", over(winner) - timedelta(days=1))
    services.record_acceptance(winner=winner, by=team, evidence="Call.", scope=["public_award"], now=DECIDED)
    assert set(mails("award_reminder").values_list("state", flat=True)) == {"cancelled"}


def test_a_day_that_is_over_is_no_day_to_answer():
    winner, team = make_offered()
    with pytest.raises(OfferNotSent, match="not over yet"):
        services.set_terms(
            winner=winner,
            by=team,
            now=DECIDED,
            answer_by=(DECIDED - timedelta(days=1)).date(),
            embargo_until=None,
            announcement_words="",
        )


def test_a_no_before_the_freeze_leaves_the_place_to_the_team():
    winner, team = make_chosen()
    services.record_decline(winner=winner, by=team, why="No.", now=DECIDED)
    assert Winner.objects.count() == 1
    assert not Message.objects.exists()


def test_chosen_again_after_it_was_taken_back_it_is_offered_anew():
    winner, team = make_offered()
    services.take_back_choice(winner=winner, by=team, reason="Wrong row.", now=DECIDED)
    again = services.choose_winner(entry=entry_of(winner.entry.nomination), by=team, now=DECIDED)
    assert again.offered_at is None
    later = DECIDED + timedelta(days=1)
    services.send_offer(winner=again, by=make_team(), now=later)
    assert mails("award_offer").last().not_before == later
    assert set(mails("award_taken_back").values_list("state", flat=True)) <= {"cancelled"}
