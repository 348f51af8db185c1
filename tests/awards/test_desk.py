"""Finding one's way at the desk, and the four things that are not the same."""

import pytest
from django.urls import reverse

from awards import exports, services
from awards.exceptions import JudgingNotOpen
from awards.models import Assignment
from awards.standings import counted_scores
from tests.awards.factories import CLOSED, make_judging, make_team, score
from tests.factories import NOW, make_judge, make_nomination, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_judging(judges=2, nominations=4)


@pytest.fixture
def judge(program, client):
    judge = program.judges.first()
    client.force_login(judge.user)
    return judge


def own(judge):
    return list(judge.assignments.order_by("pk"))


def page_of(client, assignment):
    return client.get(reverse("judging-assignment", args=[assignment.pk]))


def text_of(response):
    return response.content.decode()


def four_states(judge):
    """Open, done with one answer not applicable, abstained and recused."""
    _open, done, abstained, recused = own(judge)
    score(done, 4, human_element=None)
    score(recused, 1)
    services.abstain(assignment=abstained, by=judge.user, now=NOW)
    services.recuse(assignment=recused, reason="A tie.", by=judge.user, now=NOW)


def test_each_page_leads_to_every_other_with_its_state(client, judge):
    first, second, third, fourth = own(judge)
    score(third)
    page = page_of(client, second)
    assert [row["pk"] for row in page.context["jump"]] == [one.pk for one in own(judge)]
    assert [row["state"] for row in page.context["jump"]] == ["Open", "Open", "Done", "Open"]
    assert (page.context["before"], page.context["after"]) == (first.pk, third.pk)
    assert "2 of 4" in text_of(page)


def test_what_is_still_to_come_stands_before_what_is_over(client, program, judge):
    make_judge(make_program(phase="planned"), user=judge.user)
    over = make_program(phase="judged")
    make_judge(over, user=judge.user).assignments.create(nomination=make_nomination(over))
    groups = client.get(reverse("judging-queue")).context["groups"]
    assert [(group["is_open"], group["is_closed"]) for group in groups] == [(True, False), (False, False), (False, True)]


def test_who_runs_programs_and_judges_none_is_led_to_the_judges(client):
    client.force_login(make_team())
    assert "Judges and progress of each program</a>" in text_of(client.get(reverse("judging-queue")))


def test_the_queue_tells_the_four_things_apart(client, judge):
    four_states(judge)
    page = text_of(client.get(reverse("judging-queue")))
    assert "1 open, 1 done, 1 abstained, 1 recused." in page
    assert all(f"<td>{state}</td>" in page for state in ("Open", "Done", "Abstained", "Recused"))


def test_the_export_tells_five_states_apart(judge, program):
    four_states(judge)
    rows = [row for row in exports.score_rows(program) if row[exports.SCORE_COLUMNS.index("judge_id")] == judge.pk]
    states = [row[exports.SCORE_COLUMNS.index("state")] for row in rows]
    assert {state: states.count(state) for state in states} == {
        "open": 7,
        "scored": 6,
        "not_applicable": 1,
        "abstained": 7,
        "recused": 7,
    }


def test_the_scores_of_a_recused_judge_stay_and_count_nowhere(judge, program):
    four_states(judge)
    recused = own(judge)[3]
    assert recused.scores.count() == 7
    assert not counted_scores(program).filter(assignment=recused).exists()
    assert set(counted_scores(program).values_list("value", flat=True)) == {4, None}


def test_the_admin_tells_not_applicable_and_what_does_not_count(client, judge, program):
    four_states(judge)
    client.force_login(make_team())
    page = text_of(client.get(reverse("admin:awards_score_changelist")))
    assert page.count("Not applicable") == 1
    assert page.count("Recused") >= 7


def test_ones_own_earlier_scores_stand_beside_the_question(client, judge, program):
    first, second, third, _fourth = own(judge)
    score(first, 4)
    score(second, 2)
    page = page_of(client, third)
    earlier = page.context["criteria"][0][1][0]["earlier"]
    assert [(given.value, given.count, given.examples) for given in earlier] == [
        (4, 1, [(first.pk, str(first.nomination))]),
        (2, 1, [(second.pk, str(second.nomination))]),
    ]


def test_nobody_elses_scores_do(client, judge, program):
    other = program.judges.last()
    score(other.assignments.order_by("pk").first(), 5)
    page = page_of(client, own(judge)[1])
    assert all(not question["earlier"] for _label, questions in page.context["criteria"] for question in questions)


def test_what_a_judge_recused_from_is_no_comparison(client, judge):
    four_states(judge)
    page = page_of(client, own(judge)[0])
    assert {given.value for given in page.context["criteria"][0][1][0]["earlier"]} == {4}


def test_a_judge_added_in_the_middle_gets_what_there_is(client, program):
    late = make_judge(program)
    client.force_login(late.user)
    assert "No nomination was given to you yet" in text_of(client.get(reverse("judging-queue")))
    services.assign_judges(program=program, now=NOW)
    assert "0 of 4 settled" in text_of(client.get(reverse("judging-queue")))


def test_the_last_judge_is_told_before_and_after_leaving(client, judge, program):
    first, nomination = own(judge)[0], own(judge)[0].nomination
    other = Assignment.objects.exclude(judge=judge).get(nomination=nomination)
    assert "You are the last judge" not in text_of(page_of(client, first))
    services.recuse(assignment=other, reason="A tie.", by=other.judge.user, now=NOW)
    assert "You are the last judge" in text_of(page_of(client, first))
    services.recuse(assignment=first, reason="A tie.", by=judge.user, now=NOW)
    assert "Nobody is left to score it" in text_of(page_of(client, first))


def test_a_team_member_who_is_done_sees_that_their_scores_are_fixed(client, judge):
    judge.user.groups.set(make_team().groups.all())
    for one in own(judge):
        score(one)
    page = text_of(page_of(client, own(judge)[0]))
    assert "They are fixed" in page
    assert "Save and next" not in page


def test_a_page_takes_the_same_queries_with_1_and_3_others(client, judge, program, django_assert_max_num_queries):
    first, second, third, fourth = own(judge)
    counts = []
    for done in ([second], [third, fourth]):
        for one in done:
            score(one)
        page_of(client, first)
        with django_assert_max_num_queries(30) as captured:
            page_of(client, first)
        counts.append(len(captured))
    assert counts[0] == counts[1]


# Locked after the close ----------------------------------------------------


def test_after_the_close_nothing_moves_by_page_address_or_admin_action(client, judge, program, time_machine):
    first, second, *_rest = own(judge)
    score(first)
    services.abstain(assignment=second, by=judge.user, now=NOW)
    time_machine.move_to(CLOSED)
    client.force_login(judge.user)
    for page, assignment in [("recuse", first), ("abstain", own(judge)[2]), ("reopen", second), ("answers", first)]:
        client.post(reverse(f"judging-{page}", args=[assignment.pk]), {"reason": "Late.", "hand_in": "1"})
    client.force_login(make_team())
    client.post(reverse("admin:awards_assignment_changelist"), {"action": "reopen", "_selected_action": [second.pk, first.pk]})
    assert [one.status for one in own(judge)] == ["done", "abstained", "open", "open"]


def test_after_the_close_the_page_says_so_and_takes_nothing(client, judge, time_machine):
    time_machine.move_to(CLOSED)
    client.force_login(judge.user)
    page = text_of(page_of(client, own(judge)[0]))
    assert "Scores are locked." in page
    assert "Save and next" not in page


def test_after_the_close_the_team_hands_nothing_back(judge):
    first = own(judge)[0]
    services.recuse(assignment=first, reason="A tie.", by=judge.user, now=NOW)
    with pytest.raises(JudgingNotOpen, match="nothing can be scored"):
        services.reopen(assignment=own(judge)[0], by=make_team(), now=CLOSED)
