"""Two people, or a person and the clock, at the same award."""

import pytest

from advocacy.links import find_link
from advocacy.models import SecretLink
from awards import services
from awards.deadlines import end_of
from awards.models import Winner
from awards.services.announcement_mails import announcement_mails
from awards.services.answers import Acceptance, Wording
from outbox.models import Message
from tests.awards.award_factories import DECIDED, make_announced, make_frozen, make_offered, offer_mail, token_in
from tests.awards.factories import CLOSED
from tests.races import simultaneously, two_connections

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

YES = Acceptance(wording=Wording(name="Ada Loss"), scope=frozenset({"public_award", "use_name_title"}))


def accept(token, now=DECIDED):
    link = find_link(purpose=SecretLink.Purpose.ACCEPT_AWARD, token=token)
    return services.accept_by_link(link=link, acceptance=YES, now=now)


def test_two_who_send_the_offer_send_it_once():
    winner, team = make_frozen()
    outcomes = two_connections(lambda: services.send_offer(winner=winner, by=team, now=DECIDED))
    assert outcomes == ["OfferNotSent", "Winner"]
    assert Message.objects.filter(kind="award_offer").count() == 1


def test_the_nominee_accepts_while_the_team_records_a_no():
    winner, team = make_offered()
    token = token_in(offer_mail(winner))

    def answer(number):
        if number:
            return accept(token)
        return services.record_decline(winner=Winner.objects.get(pk=winner.pk), by=team, why="By phone.", now=DECIDED)

    outcomes = [type(outcome).__name__ for outcome in simultaneously(2, answer)]
    stands = Winner.objects.get(pk=winner.pk).status
    assert outcomes in (["Winner", "AnswerNotTaken"], ["ForbiddenMove", "Winner"])
    assert (stands, Winner.objects.count()) == (("declined", 2) if outcomes[0] == "Winner" else ("accepted", 1))


def test_a_double_click_on_yes_answers_once():
    winner, _team = make_offered()
    token = token_in(offer_mail(winner))
    assert two_connections(lambda: accept(token)) == ["AnswerNotTaken", "Winner"]
    assert Message.objects.filter(kind="award_answered").count() == 2


def test_two_beats_let_the_same_offer_lapse_once():
    winner, _team = make_offered()
    over = end_of(winner.answer_by, "UTC")
    assert sorted(simultaneously(2, lambda number: services.lapse_offers(now=over))) == [0, 1]
    assert Winner.objects.count() == 2


def test_two_who_send_the_announcement_send_it_once():
    winner, team = make_announced()
    program = winner.category.program
    mails = announcement_mails(program)
    newest, held = mails.last().pk, mails.count()

    def send(number):
        return services.send_announcement(program=program, by=team, now=CLOSED, left_out=[], newest=newest).sent

    assert sorted(simultaneously(2, send)) == [0, held]
