"""Equals, by the rule that was set beforehand."""

import pytest

from awards import services, standings
from awards.exceptions import JudgingStillOpen, ReasonMissing, TieNotDecided
from awards.models import TieDecision
from awards.services.winners import why_out_of_order
from tests.awards.factories import CLOSED, entry_of, make_judged, make_judging, make_team
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair():
    return make_user("leader")


@pytest.fixture
def program(chair):
    return make_judged((4, 4, 3), tie_rule="chair", chair=chair)


@pytest.fixture
def equals(program):
    return [entry_of(nomination) for nomination in program.nominations.order_by("pk")[:2]]


def decide(program, equals, by, places=(2, 1), now=CLOSED, **fields):
    given = {entry.pk: place for entry, place in zip(equals, places, strict=False)}
    return services.decide_tie(program=program, places=given, by=by, now=now, **{"reason": "A talk with both."} | fields)


def ranks(program):
    return [row.rank for row in sorted(standings.tables_of(program)[0].rows, key=lambda row: row.nomination.pk)]


def test_equals_share_a_rank_until_the_chair_decides(program, equals, chair):
    assert ranks(program) == [1, 1, 3]
    decide(program, equals, chair)
    assert ranks(program) == [2, 1, 3]


def test_the_later_word_of_the_chair_counts(program, equals, chair):
    decide(program, equals, chair)
    decide(program, equals, chair, places=(1, 2), reason="The first has the better speaker.")
    assert (ranks(program), TieDecision.objects.count()) == ([1, 2, 3], 2)


def test_the_team_records_it_with_the_name_of_the_chair(program, equals):
    team = make_team()
    with pytest.raises(TieNotDecided, match="name who decided"):
        decide(program, equals, team)
    decision = decide(program, equals, team, chair_name="Ada Byron")[0]
    assert decision.decided_in_words == f"Decided by Ada Byron, recorded by {team}."


@pytest.mark.parametrize("role", ["judge", "csm", "leader", "sales"])
def test_nobody_else_decides(program, equals, role):
    with pytest.raises(TieNotDecided, match="The chair decides ties"):
        decide(program, equals, make_user(role), chair_name="Ada Byron")


def test_a_decision_needs_a_reason_and_a_place_for_each(program, equals, chair):
    with pytest.raises(ReasonMissing):
        decide(program, equals, chair, reason=" ")
    with pytest.raises(TieNotDecided, match="a place of its own"):
        decide(program, equals, chair, places=(1, 1))
    with pytest.raises(TieNotDecided, match="no equals"):
        decide(program, equals[:1], chair, places=(1,))


def test_ties_wait_for_the_close(chair):
    program = make_judging(tie_rule="chair", chair=chair)
    with pytest.raises(JudgingStillOpen):
        decide(program, [], chair, now=NOW)


def test_the_decision_is_frozen_with_the_result(program, equals, chair):
    decide(program, equals, chair)
    result = services.freeze_result(program=program, by=make_team(), now=CLOSED)
    assert {one["entry"]: one["place"] for one in result.payload["tie_decisions"]} == {equals[0].pk: 2, equals[1].pk: 1}
    assert "A talk with both." in result.notes["tie_decisions"][str(equals[0].pk)]


def test_joint_winners_all_win_without_a_reason():
    program, team = make_judged((4, 4, 3), tie_rule="shared"), make_team()
    for nomination in program.nominations.order_by("pk")[:2]:
        services.choose_winner(entry=entry_of(nomination), by=team, now=CLOSED)
    table = standings.tables_of(program)[0]
    assert len(table.chosen) == 2
    assert why_out_of_order(table.rows[2], table, program) == "All places of this category are taken."
