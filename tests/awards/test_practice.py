"""The practice nomination: offered first, skipped with one click, seen again, and counted nowhere."""

import pytest
from django.urls import reverse

from awards import practice, services
from awards.invitations import issue_way_in
from awards.models import Assignment, Judge, Score
from awards.rubric import DEFAULT
from tests.awards.factories import make_guest, make_judging, score
from tests.factories import NOW, make_judge, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_judging(judges=1, nominations=1)


@pytest.fixture
def judge(program, client):
    judge = program.judges.get()
    client.force_login(judge.user)
    return judge


def address(program, door="judging"):
    return reverse(f"{door}-practice", args=[program.slug])


def text_of(response):
    return response.content.decode()


def answered(program, value="3"):
    return {f"component-{component.pk}": value for component in program.rubric.all()}


def test_every_question_of_the_default_rubric_has_a_worked_score_within_the_scale():
    worked = practice.worked()
    assert set(worked) == {question.code for question in DEFAULT}
    assert all(1 <= one.value <= 5 and one.reason for one in worked.values())


def test_it_is_offered_first_and_only_first(client, program, judge):
    assert "Practise first" in text_of(client.get(reverse("judging-queue")))
    score(judge.assignments.get())
    assert "Practise first" not in text_of(client.get(reverse("judging-queue")))


def test_scoring_it_shows_ours_beside_yours_with_reasons(client, program, judge):
    page = text_of(client.post(address(program), answered(program, "5")))
    assert page.count(">Ours</dt>") == 7
    assert "yours is 3 higher" in page
    assert practice.worked()["human-element"].reason.split("'")[0] in page


def test_nothing_of_it_is_kept_but_that_it_was_seen(client, program, judge):
    client.post(address(program), answered(program))
    assert not Score.objects.exists()
    assert Assignment.objects.get().status == "open"
    assert Judge.objects.get(pk=judge.pk).practised_at == NOW


def test_one_click_skips_it_and_leads_to_the_first_real_one(client, program, judge):
    answer = client.post(address(program), {"skip": "1"})
    assert answer.url == reverse("judging-assignment", args=[judge.assignments.get().pk])
    assert "Practise first" not in text_of(client.get(reverse("judging-queue")))


def test_it_can_be_seen_again(client, program, judge):
    client.post(address(program), {"skip": "1"})
    assert address(program) in text_of(client.get(reverse("judging-queue")))
    assert client.get(address(program)).status_code == 200


def test_an_open_question_and_not_applicable_are_told_apart(client, program, judge):
    first, second, *_rest = program.rubric.all()
    page = client.post(address(program), {f"component-{first.pk}": "na"})
    rows = page.context["compared"]
    assert [(row["is_answered"], row["own"]) for row in rows[:2]] == [(True, None), (False, None)]


def test_a_question_of_the_programs_own_is_left_out(client, program, judge):
    program.rubric.filter(code="human-element").update(code="own-question")
    assert text_of(client.get(address(program))).count("<fieldset") == 6


def test_before_judging_opens_it_shows_the_questions_to_come(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    program = make_program(now=NOW, phase="open")
    judge = make_judge(program)
    client.force_login(judge.user)
    assert text_of(client.get(address(program))).count("<fieldset") == 7
    assert not program.rubric.exists()


def test_a_guest_practises_the_story_alone(client, program):
    guest = make_guest(program)
    services.assign_judges(program=program, now=NOW)
    client.post(issue_way_in(guest))
    page = text_of(client.get(address(program, "guest")))
    assert page.count("<fieldset") == 3
    assert "renewal is signed" not in page


def test_the_practice_of_a_program_one_does_not_judge_does_not_exist(client, judge):
    stranger = make_judging(judges=0, nominations=0)
    assert client.get(address(stranger)).status_code == 404
