from datetime import timedelta

import pytest

from awards import services
from awards.exceptions import AnswersNotTaken, AssignmentClosed, JudgingNotOpen, NotYourAssignment
from awards.models import Assignment, Score
from awards.services.scores import components_of
from tests.awards.factories import CLOSED, every_answer, make_judging, score
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    program = make_judging(judges=1, nominations=1)
    return Assignment.objects.get(judge__program=program)


def record(assignment, answers, **fields):
    return services.record_scores(assignment=assignment, answers=answers, now=fields.pop("now", NOW), **fields)


def test_all_answers_make_it_done(assignment):
    done = record(assignment, every_answer(assignment), comment="Clear.")

    assert (done.status, done.comment, done.decided_at) == ("done", "Clear.", NOW)
    assert list(done.scores.values_list("value", flat=True)) == [4] * 7


def test_some_answers_are_kept_and_it_stays_open(assignment):
    first = components_of(assignment.judge).first()
    record(assignment, {first.pk: 3})
    assignment.refresh_from_db()
    assert (assignment.status, assignment.scores.get().value) == ("open", 3)


def test_not_applicable_is_an_answer_and_no_number(assignment):
    score(assignment, human_element=None)
    assignment.refresh_from_db()
    assert assignment.status == "done"
    assert assignment.scores.get(component__code="human-element").value is None


def test_a_second_tab_adds_what_it_has_and_clears_nothing(assignment):
    first, second, *_rest = components_of(assignment.judge)
    record(assignment, {first.pk: 3})
    record(assignment, {second.pk: 5})
    assert dict(assignment.scores.values_list("component_id", "value")) == {first.pk: 3, second.pk: 5}


def test_the_same_form_twice_writes_nothing_twice(assignment):
    for _click in range(2):
        record(assignment, every_answer(assignment))
    assert Score.objects.count() == 7
    assert Score.pgh_event_model.objects.count() == 7


@pytest.mark.parametrize("wrong", [0, 6, -1, "3", "good", 2.5, True])
def test_anything_but_1_to_5_is_refused_at_its_component(assignment, wrong):
    first, second, *_rest = components_of(assignment.judge)
    with pytest.raises(AnswersNotTaken) as refusal:
        record(assignment, {first.pk: 4, second.pk: wrong})
    assert refusal.value.errors == {second.pk: "Choose 1 to 5, or not applicable."}
    assert Score.objects.count() == 0


def test_a_component_of_another_program_is_refused(assignment):
    stranger = make_judging(judges=0, nominations=0).rubric.first()
    with pytest.raises(AnswersNotTaken):
        record(assignment, {stranger.pk: 4})


def test_a_judge_of_the_story_is_done_without_the_partnership(assignment):
    assignment.judge.scores_partnership = False
    assignment.judge.save()
    done = score(assignment)
    assert (done.status, done.scores.count()) == ("done", 3)


@pytest.mark.parametrize("moment", [NOW - timedelta(days=11), CLOSED])
def test_outside_the_judging_dates_nothing_is_taken(assignment, moment):
    with pytest.raises(JudgingNotOpen, match="not open"):
        record(assignment, every_answer(assignment), now=moment)
    assert Score.objects.count() == 0


def test_the_last_moment_still_counts(assignment):
    assert record(assignment, every_answer(assignment), now=assignment.judge.program.judging_closes_at).status == "done"


def test_a_stranger_does_not_score(assignment):
    with pytest.raises(NotYourAssignment):
        record(assignment, every_answer(assignment), by=make_user("judge"))


def test_a_judge_may_correct_until_judging_closes(assignment):
    score(assignment, 4)
    score(assignment, 2)
    assert set(assignment.scores.values_list("value", flat=True)) == {2}


def test_whoever_may_see_the_results_changes_no_score(assignment):
    """A team member who is done sees what the others gave; their own scores are fixed from then on."""
    assignment.judge.user.groups.set(make_user("advocacy_team").groups.all())
    score(assignment, 4)
    with pytest.raises(AssignmentClosed, match="fixed"):
        record(Assignment.objects.get(), every_answer(assignment, 1))
    assert set(assignment.scores.values_list("value", flat=True)) == {4}


def test_a_nomination_out_of_the_running_takes_no_scores(assignment):
    assignment.nomination.status = "withdrawn"
    assignment.nomination.save()
    with pytest.raises(AssignmentClosed, match="no longer in the running"):
        record(assignment, every_answer(assignment))


def test_recused_takes_no_scores_and_keeps_what_was_there(assignment):
    score(assignment)
    services.recuse(assignment=assignment, reason="My sister works there.", by=assignment.judge.user, now=NOW)
    with pytest.raises(AssignmentClosed, match="My sister works there"):
        record(assignment, every_answer(assignment, 1))
    assert set(assignment.scores.values_list("value", flat=True)) == {4}
