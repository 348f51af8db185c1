"""Saving while typing: partial answers are kept, newer ones stay, nothing is handed in by itself."""

import pytest
from django.urls import reverse

from awards import services
from awards.models import Assignment, Score
from tests.awards.factories import CLOSED, every_answer, make_judging, make_team, score
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_judging(judges=1, nominations=2)


@pytest.fixture
def assignment(program, client):
    judge = program.judges.get()
    client.force_login(judge.user)
    return judge.assignments.order_by("pk").first()


@pytest.fixture
def first(program):
    return program.rubric.first()


def send(client, assignment, **data):
    data = {name.replace("__", "-"): value for name, value in data.items()}
    return client.post(reverse("judging-answers", args=[assignment.pk]), data, headers={"accept": "application/json"})


def named(component, value, prefix=""):
    return {f"{prefix}component-{component.pk}": value}


def given(assignment):
    return dict(assignment.scores.values_list("component_id", "value"))


def now_of(assignment):
    return Assignment.objects.get(pk=assignment.pk)


def test_one_answer_is_kept_at_once(client, assignment, first):
    answer = send(client, assignment, **named(first, "4"))
    assert answer.json()["state"] == "saved"
    assert (given(assignment), now_of(assignment).status) == ({first.pk: 4}, "open")


def test_a_comment_alone_is_kept_and_clears_no_answer(client, assignment, first):
    send(client, assignment, **named(first, "4"))
    send(client, assignment, comment="So far.")
    assert (given(assignment), now_of(assignment).comment) == ({first.pk: 4}, "So far.")


def test_the_last_answer_alone_hands_nothing_in(client, assignment):
    for pk in every_answer(assignment):
        send(client, assignment, **{f"component-{pk}": "4"})
    assert now_of(assignment).status == "open"
    page = client.get(reverse("judging-queue")).content.decode()
    assert "Open: answered, not handed in" in page


def test_handing_in_finishes_and_leads_on(client, assignment):
    for pk in every_answer(assignment):
        send(client, assignment, **{f"component-{pk}": "4"})
    following = assignment.judge.assignments.order_by("pk").last()
    answer = send(client, assignment, hand_in="1", next="1").json()
    assert answer["next"] == reverse("judging-assignment", args=[following.pk])
    assert now_of(assignment).status == "done"


def test_handing_in_too_early_keeps_it_open_and_stays(client, assignment, first):
    answer = send(client, assignment, hand_in="1", **named(first, "4")).json()
    assert answer["next"] == reverse("judging-assignment", args=[assignment.pk])
    assert now_of(assignment).status == "open"


def test_what_was_answered_elsewhere_meanwhile_stays_and_is_named(client, assignment, first):
    services.record_scores(assignment=assignment, answers={first.pk: 2}, now=NOW)
    answer = send(client, assignment, comment="Mine.", **named(first, "5"))
    assert (answer.status_code, answer.json()["not_taken"]) == (409, [f"component-{first.pk}"])
    assert answer.json()["values"][f"component-{first.pk}"] == "2"
    assert (given(assignment), now_of(assignment).comment) == ({first.pk: 2}, "Mine.")


def test_who_has_seen_the_newer_answer_may_change_it(client, assignment, first):
    services.record_scores(assignment=assignment, answers={first.pk: 2}, now=NOW)
    send(client, assignment, **named(first, "na"), **named(first, "2", prefix="seen-"))
    assert given(assignment) == {first.pk: None}


def test_a_conflict_hands_nothing_in(client, assignment, first):
    services.record_scores(assignment=assignment, answers=every_answer(assignment, 2) | {first.pk: 2}, comment="x", now=NOW)
    Assignment.objects.update(status="open")
    send(client, assignment, hand_in="1", **named(first, "5"))
    assert now_of(assignment).status == "open"


def test_the_same_sending_twice_writes_once(client, assignment, first):
    for _time in range(2):
        assert send(client, assignment, **named(first, "4")).json()["state"] == "saved"
    assert Score.pgh_event_model.objects.count() == 1


@pytest.mark.parametrize("wrong", ["6", "0", "good"])
def test_a_wrong_answer_is_refused_with_a_sentence(client, assignment, first, wrong):
    answer = send(client, assignment, **named(first, wrong))
    assert (answer.status_code, answer.json()["sentence"]) == (422, "Choose 1 to 5, or not applicable.")
    assert given(assignment) == {}


def test_after_the_close_nothing_is_taken(client, assignment, first, time_machine):
    time_machine.move_to(CLOSED)
    client.force_login(assignment.judge.user)
    answer = send(client, assignment, **named(first, "4"))
    assert (answer.status_code, answer.json()["state"]) == (422, "refused")
    assert "is not open, so nothing was saved" in answer.json()["sentence"]


def test_a_change_of_a_finished_one_counts_at_once(client, assignment, first):
    score(assignment, 4)
    send(client, assignment, **named(first, "1"), **named(first, "4", prefix="seen-"))
    assert (given(assignment)[first.pk], now_of(assignment).status) == (1, "done")


def test_a_conflict_of_interest_found_while_typing_stays_recorded(client, assignment, first):
    assignment.nomination.account.csm = assignment.judge.user
    assignment.nomination.account.save()
    assert "You cannot judge this customer" in send(client, assignment, **named(first, "4")).json()["sentence"]
    assert now_of(assignment).status == "recused"


def test_somebody_else_saves_nothing(client, assignment, first):
    client.force_login(make_team())
    assert send(client, assignment, **named(first, "4")).status_code == 404
    assert given(assignment) == {}
