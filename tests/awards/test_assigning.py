from datetime import timedelta

import pytest

from advocacy.workflow import history_of
from awards import services
from awards.exceptions import (
    AssignmentClosed,
    JudgeNotAppointed,
    JudgingNotOpen,
    JudgingStillOpen,
    ReasonMissing,
    RubricFixed,
)
from awards.models import Assignment, Score
from tests.awards.factories import CLOSED, assignment_of, make_judging, make_team, score
from tests.clocks import run_rule
from tests.factories import NOW, make_judge, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db


def statuses(program):
    return list(Assignment.objects.filter(judge__program=program).order_by("pk").values_list("status", flat=True))


def test_opening_puts_every_nomination_before_every_judge():
    program = make_program(now=NOW, phase="judging")
    judge, nomination = make_judge(program), make_nomination(program)
    make_nomination(program, status="draft")
    make_nomination(program, status="withdrawn")

    assert services.open_judging(program=program, by=make_team(), now=NOW) == 1
    assert Assignment.objects.get().judge == judge
    assert Assignment.objects.get().nomination == nomination
    assert program.rubric.count() == 7


def test_opening_again_adds_nothing():
    program = make_judging(judges=2, nominations=3)
    assert services.open_judging(program=program, by=None, now=NOW) == 0
    assert (len(statuses(program)), program.rubric.count()) == (6, 7)


def test_a_late_nomination_and_a_late_judge_are_picked_up():
    program = make_judging(judges=1, nominations=1)
    make_nomination(program)
    services.appoint_judge(program=program, user=make_user("sales"), by=make_team(), now=NOW)
    assert statuses(program) == ["open"] * 4


def test_before_its_date_judging_does_not_open():
    program = make_program(now=NOW, phase="open")
    with pytest.raises(JudgingNotOpen):
        services.open_judging(program=program, by=make_team(), now=NOW)


def test_the_clock_opens_judging_by_itself():
    program = make_program(now=NOW, phase="judging")
    make_judge(program)
    make_nomination(program)
    for _beat in range(2):
        run_rule("judging_assignments", NOW)
    assert statuses(program) == ["open"]


def test_an_appointed_colleague_can_open_the_desk():
    program, colleague = make_program(now=NOW, phase="open"), make_user("colleague")
    services.appoint_judge(program=program, user=colleague, by=make_team(), now=NOW)
    colleague = type(colleague).objects.get(pk=colleague.pk)
    assert colleague.has_perm("advocacy.use_admin")


def test_appointing_twice_is_one_judge():
    program, user, team = make_program(now=NOW, phase="open"), make_user("judge"), make_team()
    first, second = (services.appoint_judge(program=program, user=user, by=team, now=NOW) for _click in range(2))
    assert first == second
    assert history_of(first).count() == 1


def test_nobody_is_appointed_after_the_close():
    with pytest.raises(JudgeNotAppointed, match="has closed"):
        services.appoint_judge(program=make_program(now=NOW, phase="judged"), user=make_user("judge"), by=make_team(), now=NOW)


def test_somebody_who_may_not_sign_in_is_not_appointed():
    user = make_user("judge", is_active=False)
    with pytest.raises(JudgeNotAppointed, match="may not sign in"):
        services.appoint_judge(program=make_program(now=NOW, phase="open"), user=user, by=make_team(), now=NOW)


def test_the_rubric_changes_until_judging_opens_and_not_after():
    program = make_program(now=NOW, phase="open")
    services.copy_rubric(program=program)
    component = program.rubric.first()
    component.weight = 3
    services.save_component(component=component, now=program.judging_opens_at - timedelta(seconds=1))

    component.weight = 1
    with pytest.raises(RubricFixed):
        services.save_component(component=component, now=program.judging_opens_at)
    with pytest.raises(RubricFixed):
        services.remove_component(component=component, now=program.judging_opens_at)
    component.refresh_from_db()
    assert component.weight == 3


def test_a_rubric_of_ones_own_is_not_replaced():
    program = make_program(now=NOW, phase="judging")
    services.copy_rubric(program=program)
    program.rubric.exclude(code="human-element").delete()
    services.open_judging(program=program, by=None, now=NOW)
    assert program.rubric.count() == 1


def test_recusing_needs_a_reason():
    program = make_judging(judges=1, nominations=1)
    assignment = Assignment.objects.get(judge__program=program)
    with pytest.raises(ReasonMissing):
        services.recuse(assignment=assignment, reason="  ", by=assignment.judge.user, now=NOW)
    assert statuses(program) == ["open"]


def test_abstained_recused_done_and_open_are_four_things():
    program = make_judging(judges=4, nominations=1)
    abstained, recused, done, _still_open = Assignment.objects.filter(judge__program=program).order_by("pk")
    services.abstain(assignment=abstained, by=abstained.judge.user, now=NOW)
    services.recuse(assignment=recused, reason="We play chess.", by=recused.judge.user, now=NOW)
    score(done)
    assert statuses(program) == ["abstained", "recused", "done", "open"]
    assert history_of(recused).get().why == "We play chess."


def test_a_judge_takes_up_again_what_they_abstained_from():
    program = make_judging(judges=1, nominations=1)
    assignment = Assignment.objects.get(judge__program=program)
    services.abstain(assignment=assignment, by=assignment.judge.user, now=NOW)
    services.reopen(assignment=assignment, by=assignment.judge.user, now=NOW)
    assert statuses(program) == ["open"]


def test_a_recusal_is_taken_back_by_the_team_alone():
    program = make_judging(judges=1, nominations=1)
    assignment = Assignment.objects.get(judge__program=program)
    services.recuse(assignment=assignment, reason="Wrong button.", by=assignment.judge.user, now=NOW)
    with pytest.raises(AssignmentClosed):
        services.reopen(assignment=assignment, by=assignment.judge.user, now=NOW)
    services.reopen(assignment=assignment, by=make_team(), now=NOW)
    assert statuses(program) == ["open"]


def test_a_judge_leaves_nothing_after_the_close_but_the_team_may_correct():
    program = make_judging(judges=1, nominations=1)
    assignment = Assignment.objects.get(judge__program=program)
    score(assignment)
    with pytest.raises(JudgingNotOpen):
        services.recuse(assignment=assignment, reason="Too late.", by=assignment.judge.user, now=CLOSED)
    services.recuse(assignment=assignment, reason="They are married.", by=make_team(), now=CLOSED)
    assert statuses(program) == ["recused"]


def test_closing_early_ends_scoring():
    program = make_judging(judges=1, nominations=1)
    services.close_judging(program=program, by=make_team(), now=NOW)
    program.refresh_from_db()
    assert not program.in_judging(NOW + timedelta(seconds=1))


def test_a_judge_with_work_left_does_not_close_judging():
    program = make_judging(judges=1, nominations=1)
    judge = program.judges.get()
    judge.user.groups.set(make_team().groups.all())
    with pytest.raises(JudgingStillOpen):
        services.close_judging(program=program, by=judge.user, now=NOW)


def test_a_withdrawn_nomination_keeps_no_judge_waiting():
    program = make_judging(judges=1, nominations=2)
    judge = program.judges.get()
    first, second = program.nominations.order_by("pk")
    score(assignment_of(judge, first))
    second.status = "withdrawn"
    second.save()
    assert not program.judges.open_work().exists()
    assert Score.objects.count() == 7
