"""Who reads what: the four modes, judges who come and go, and what stands in the way."""

import pytest

from advocacy.workflow import history_of
from awards import services
from awards.exceptions import AssignmentClosed, ReasonMissing, SealStays
from awards.models import Assignment, Judge
from nominations.models import Program
from tests.awards.factories import CLOSED, assignment_of, make_judging, make_team, score, second_category
from tests.factories import NOW, make_judge, make_nomination, make_program

pytestmark = pytest.mark.django_db
Mode = Program.AssignmentMode


def make_shared_out(judges, nominations, **fields):
    return make_judging(judges=judges, nominations=nominations, assignment_mode=Mode.BALANCED, **fields)


def loads(program):
    return sorted(judge.assignments.count() for judge in program.judges.present())


def readings(program):
    return set(Assignment.objects.filter(judge__program=program).values_list("judge", "nomination"))


def test_the_system_shares_out_evenly_with_the_program_s_minimum():
    program = make_shared_out(judges=4, nominations=10)

    assert loads(program) == [5, 5, 5, 5]
    assert {nomination.assignments.count() for nomination in program.nominations.all()} == {2}


def test_sharing_out_again_changes_nothing():
    program = make_shared_out(judges=5, nominations=9)
    before = readings(program)

    assert services.assign_judges(program=program, now=NOW) == 0
    assert readings(program) == before


def test_a_conflict_keeps_a_judge_away_without_a_row():
    program = make_program(now=NOW, phase="judging", assignment_mode=Mode.BALANCED)
    csm, *_others = [make_judge(program) for _number in range(3)]
    nomination = make_nomination(program)
    nomination.account.csm = csm.user
    nomination.account.save()

    services.open_judging(program=program, by=None, now=NOW)

    assert nomination.assignments.count() == 2
    assert not csm.assignments.exists()


def test_what_a_judge_began_stays_with_them_when_another_comes():
    program = make_shared_out(judges=2, nominations=6)
    begun = Assignment.objects.filter(judge=program.judges.first()).last()
    services.record_scores(assignment=begun, answers={program.rubric.first().pk: 4}, now=NOW)

    new = make_judge(program)
    services.assign_judges(program=program, now=NOW)

    assert loads(program) == [4, 4, 4]
    assert new.assignments.count() == 4
    assert Assignment.objects.filter(pk=begun.pk).exists()


def test_a_late_nomination_goes_to_those_who_read_least():
    program = make_shared_out(judges=3, nominations=3)
    services.recuse(assignment=Assignment.objects.first(), reason="We are friends.", by=make_team(), now=NOW)
    make_nomination(program)

    services.assign_judges(program=program, now=NOW)

    counted = Assignment.objects.filter(status="open")
    assert {counted.filter(nomination=nomination).count() for nomination in program.nominations.all()} == {2}


def test_a_judge_who_leaves_hands_on_what_is_open_and_keeps_what_counts():
    program, team = make_shared_out(judges=3, nominations=6), make_team()
    leaver = program.judges.first()
    done = leaver.assignments.first()
    score(done)

    services.remove_judge(judge=leaver, by=team, why="New job.", now=NOW)

    assert list(leaver.assignments.values_list("pk", "status")) == [(done.pk, "done")]
    assert history_of(leaver).last().why == "New job."
    others = Assignment.objects.exclude(judge=leaver).filter(judge__program=program)
    # Their finished reading counts, so one judge more is enough there.
    assert others.filter(nomination=done.nomination).count() == 1
    assert others.count() == 11


def test_what_a_leaver_only_began_is_kept_and_counts_nowhere():
    program = make_shared_out(judges=3, nominations=2)
    begun = Assignment.objects.first()
    services.record_scores(assignment=begun, answers={program.rubric.first().pk: 5}, now=NOW)

    services.remove_judge(judge=begun.judge, by=make_team(), why="Ill.", now=NOW)

    begun.refresh_from_db()
    assert (begun.status, begun.scores.count()) == ("abstained", 1)


def test_a_leaver_may_not_open_the_desk_any_more_unless_they_judge_elsewhere():
    program, other = make_shared_out(judges=2, nominations=1), make_program(now=NOW, phase="open")
    gone, stays = program.judges.all()
    make_judge(other, user=stays.user)
    for judge in (gone, stays):
        services.remove_judge(judge=judge, by=make_team(), why="New job.", now=NOW)

    assert [judge.user.groups.filter(name="judge").exists() for judge in (gone, stays)] == [False, True]


def test_nobody_leaves_without_a_reason_or_by_themselves():
    judge = make_shared_out(judges=1, nominations=1).judges.get()

    with pytest.raises(ReasonMissing):
        services.remove_judge(judge=judge, by=make_team(), why=" ", now=NOW)
    with pytest.raises(SealStays):
        services.remove_judge(judge=judge, by=judge.user, why="Curious.", now=NOW)


def test_judges_of_a_category_read_that_category():
    program = make_program(now=NOW, phase="judging", assignment_mode=Mode.CATEGORY)
    first, second = program.categories.get(), second_category(program)
    anna, ben = make_judge(program), make_judge(program)
    anna.categories.set([first])
    ben.categories.set([second])
    nomination = make_nomination(program)

    services.open_judging(program=program, by=None, now=NOW)

    assert list(nomination.assignments.values_list("judge", flat=True)) == [anna.pk]


def test_by_hand_nothing_is_assigned_by_itself():
    program = make_judging(judges=2, nominations=2, assignment_mode=Mode.BY_HAND)
    judge, nomination = program.judges.first(), program.nominations.first()

    services.assign_by_hand(judge=judge, nomination=nomination, now=NOW)
    services.assign_judges(program=program, now=NOW)

    assert readings(program) == {(judge.pk, nomination.pk)}


def test_what_was_put_there_by_hand_stays_when_the_rest_is_shared_out_anew():
    program = make_shared_out(judges=4, nominations=4)
    judge = program.judges.last()
    nomination = program.nominations.exclude(assignments__judge=judge).first()
    services.assign_by_hand(judge=judge, nomination=nomination, now=NOW)

    services.assign_judges(program=program, now=NOW, afresh=True)

    assert assignment_of(judge, nomination).by_hand
    assert max(loads(program)) - min(loads(program)) <= 1


def test_a_conflict_is_refused_by_hand_too():
    program = make_judging(judges=1, nominations=1, assignment_mode=Mode.BY_HAND)
    judge, nomination = program.judges.get(), program.nominations.get()
    nomination.account.csm = judge.user
    nomination.account.save()

    with pytest.raises(AssignmentClosed, match="CSM"):
        services.assign_by_hand(judge=judge, nomination=nomination, now=NOW)


def test_only_what_nobody_began_is_taken_from_a_judge():
    program = make_judging(judges=1, nominations=2)
    begun, untouched = Assignment.objects.order_by("pk")
    services.record_scores(assignment=begun, answers={program.rubric.first().pk: 4}, now=NOW)

    services.take_from_judge(assignment=untouched, by=make_team(), now=NOW)
    with pytest.raises(AssignmentClosed):
        services.take_from_judge(assignment=begun, by=make_team(), now=NOW)

    assert list(Assignment.objects.all()) == [begun]


def test_after_the_close_a_leaver_changes_no_result():
    make_shared_out(judges=3, nominations=3)
    judge = Judge.objects.first()

    services.remove_judge(judge=judge, by=make_team(), why="New job.", now=CLOSED)

    assert judge.assignments.filter(status="open").count() == 0
    assert Assignment.objects.exclude(judge=judge).count() == 4
