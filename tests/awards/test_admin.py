import pytest
from django.urls import reverse

from advocacy.workflow import history_of
from awards import services
from awards.models import Assignment, Judge
from tests.awards.factories import make_judging, make_team, score
from tests.factories import NOW, make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    team = make_team()
    client.force_login(team)
    return team


def appoint(client, program, user):
    data = {"program": program.pk, "user": user.pk, "scores_story": "on", "scores_partnership": "on"}
    return client.post(reverse("admin:awards_judge_add"), data)


def test_appointing_in_the_admin_hands_out_what_is_there(client, team):
    program, sales = make_judging(judges=0, nominations=2), make_user("sales")
    assert appoint(client, program, sales).status_code == 302
    assert Assignment.objects.of(sales).count() == 2
    assert history_of(Judge.objects.get()).get().changed_by == team


def test_appointing_after_the_close_is_refused_with_a_sentence(client, team):
    answer = appoint(client, make_program(now=NOW, phase="judged"), make_user("judge"))
    assert "has closed" in answer.content.decode()
    assert not Judge.objects.exists()


def test_the_rubric_is_editable_before_judging_and_read_only_after(client, team):
    planned, judging = make_program(now=NOW, phase="open"), make_program(now=NOW, phase="judging")
    for program, editable in ((planned, True), (judging, False)):
        services.copy_rubric(program=program)
        page = client.get(reverse("admin:awards_rubriccomponent_change", args=[program.rubric.first().pk]))
        assert ('name="_save"' in page.content.decode()) is editable


def test_the_team_hands_a_recusal_back(client, team):
    program = make_judging(judges=1, nominations=1)
    assignment = Assignment.objects.get(judge__program=program)
    services.recuse(assignment=assignment, reason="Wrong button.", by=assignment.judge.user, now=NOW)
    client.post(reverse("admin:awards_assignment_changelist"), {"action": "reopen", "_selected_action": [assignment.pk]})
    assignment.refresh_from_db()
    assert assignment.status == "open"


@pytest.mark.parametrize("model", ["judge", "rubriccomponent", "assignment", "score", "winner", "result"])
def test_a_judge_finds_nothing_of_it_in_the_admin(client, model, time_machine):
    time_machine.move_to(NOW, tick=False)
    client.force_login(make_judging().judges.first().user)
    assert client.get(reverse(f"admin:awards_{model}_changelist")).status_code == 403


@pytest.mark.parametrize("model", ["assignment", "score"])
def test_records_are_not_changed_by_hand(client, team, model):
    program = make_judging(judges=1, nominations=1)
    assignment = Assignment.objects.get(judge__program=program)
    score(assignment)
    record = assignment if model == "assignment" else assignment.scores.first()
    url = reverse(f"admin:awards_{model}_change", args=[record.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"value": 1, "status": "open"}).status_code == 403
    assert client.get(reverse(f"admin:awards_{model}_audit", args=[record.pk])).status_code == 200
    assert client.post(reverse(f"admin:awards_{model}_delete", args=[record.pk]), {"post": "yes"}).status_code == 403
