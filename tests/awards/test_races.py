"""Two people at the same button."""

import pytest

from awards import services
from awards.models import Assignment, Result, Score, Winner
from nominations.models import Program
from tests.awards.factories import CLOSED, entry_of, every_answer, make_judged, make_judging, make_team
from tests.factories import NOW, make_judge, make_nomination
from tests.races import two_connections

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_two_announcers_at_once_make_one_result():
    program, team = make_judged((5, 3)), make_team()
    winner = services.choose_winner(entry=entry_of(program.nominations.order_by("pk").first()), by=team, now=CLOSED)
    services.record_acceptance(winner=winner, by=team, evidence="Mail.", scope=["public_award"], now=CLOSED)

    assert two_connections(lambda: services.announce(program=program, by=team, now=CLOSED)) == ["Result", "Result"]
    assert Result.objects.count() == 1


def test_two_who_freeze_at_once_make_one_result_and_a_sentence():
    program, team = make_judged((5, 3)), make_team()
    assert two_connections(lambda: services.freeze_result(program=program, by=team, now=CLOSED)) == ["AlreadyFrozen", "Result"]
    assert Result.objects.count() == 1


def test_two_choosers_of_the_same_entry_make_one_winner():
    program, team = make_judged((5, 3)), make_team()
    best = entry_of(program.nominations.order_by("pk").first())
    assert two_connections(lambda: services.choose_winner(entry=best, by=team, now=CLOSED)) == ["Winner", "Winner"]
    assert Winner.objects.count() == 1


def test_two_beats_at_once_hand_out_each_nomination_once():
    program = make_judging(judges=0, nominations=2)
    make_judge(program)
    make_nomination(program)
    two_connections(lambda: services.assign_judges(program=Program.objects.get(pk=program.pk), now=NOW))
    assert Assignment.objects.count() == 3


def test_a_double_click_writes_each_score_once():
    program = make_judging(judges=1, nominations=1)
    assignment = Assignment.objects.get(judge__program=program)
    answers = every_answer(assignment)

    def click():
        return services.record_scores(assignment=Assignment.objects.get(), answers=answers, now=NOW)

    assert two_connections(click) == ["Assignment", "Assignment"]
    assert Score.objects.count() == 7
