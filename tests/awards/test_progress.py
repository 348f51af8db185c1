"""Judges and progress: who has how much left, what stands in the way, a nudge."""

from datetime import timedelta

import pytest
from django.urls import reverse

from awards import services
from awards.exceptions import NothingToRemind
from awards.models import Assignment, Judge
from awards.progress import ProgressPage
from awards.services.reminders import next_reminder
from nominations.models import Program
from outbox.models import Message
from tests.awards.factories import make_judging, make_team, score, score_all
from tests.factories import NOW, make_judge, make_nomination, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client):
    user = make_team()
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


def url(name, program, *args):
    return reverse(f"judging-{name}", args=[program.slug, *args])


def test_each_judge_stands_there_with_what_is_done_and_what_is_left(client, team):
    program = make_judging(judges=2, nominations=3)
    score(Assignment.objects.order_by("pk").first())

    page = client.get(url("progress", program)).context["page"]

    assert sorted((judge.done_count, judge.open_count) for judge in page.judges) == [(0, 3), (1, 2)]


def test_a_nomination_with_too_few_judges_says_who_stands_in_the_way(client, team):
    program = make_judging(judges=2, nominations=1, assignment_mode=Program.AssignmentMode.BALANCED)
    assignment = Assignment.objects.first()
    services.recuse(assignment=assignment, reason="We play chess.", by=assignment.judge.user, now=NOW)

    page = client.get(url("progress", program))

    assert "Story strength: 1, at least 2" in page.text
    assert f"{assignment.judge}: Recused. We play chess." in page.text


def test_a_conflict_that_keeps_a_judge_away_is_named(client, team):
    program = make_program(now=NOW, phase="judging", assignment_mode=Program.AssignmentMode.BALANCED)
    judge, nomination = make_judge(program), make_nomination(program)
    nomination.account.csm = judge.user
    nomination.account.save()
    services.open_judging(program=program, by=None, now=NOW)

    assert f"{judge}: CSM of the nominee&#x27;s company." in client.get(url("progress", program)).text


def test_too_few_judges_of_a_criterion_are_named(client, team):
    program = make_judging(judges=1, nominations=1)
    make_judge(program, scores_partnership=False)

    assert "strength of partnership: 1 judges score it, 2 are needed" in client.get(url("progress", program)).text


def test_judges_who_cannot_be_compared_are_named():
    program = make_judging(judges=4, nominations=2, assignment_mode=Program.AssignmentMode.BY_HAND)
    judges, nominations = list(program.judges.all()), list(program.nominations.all())
    for place, judge in enumerate(judges):
        services.assign_by_hand(judge=judge, nomination=nominations[place // 2], now=NOW)

    page = ProgressPage(program, now=NOW)

    assert sorted(page.groups) == sorted([sorted(map(str, judges[:2])), sorted(map(str, judges[2:]))])


def test_the_page_shows_no_score(client, team):
    program = make_judging(judges=1, nominations=1)
    score_all(program, [5])
    services.record_scores(assignment=Assignment.objects.get(), answers={}, comment="Astounding.", now=NOW)

    assert "Astounding" not in client.get(url("progress", program)).text


def test_the_mode_is_kept_and_handed_out_by(client, team):
    program = make_judging(judges=3, nominations=3)

    client.post(url("share-out", program), {"assignment_mode": "balanced", "afresh": "1"})

    assert Assignment.objects.count() == 6


def test_a_nomination_is_put_before_a_judge_and_taken_away(client, team):
    program = make_judging(judges=1, nominations=1, assignment_mode=Program.AssignmentMode.BY_HAND)
    client.post(url("assign", program, program.nominations.get().pk), {"judge": program.judges.get().pk})
    assignment = Assignment.objects.get()

    client.post(url("take", program, assignment.pk))

    assert not Assignment.objects.exists()


def test_a_judge_gets_categories_and_reads_them(client, team):
    program = make_judging(judges=1, nominations=1, assignment_mode=Program.AssignmentMode.CATEGORY)
    assert not Assignment.objects.exists()

    client.post(url("categories", program, program.judges.get().pk), {"categories": [program.categories.get().pk]})

    assert Assignment.objects.count() == 1


def test_a_judge_is_removed_with_a_reason(client, team):
    judge = make_judging(judges=1, nominations=1).judges.get()

    assert "This field is required" in client.post(url("remove", judge.program, judge.pk), {"reason": ""}).text
    client.post(url("remove", judge.program, judge.pk), {"reason": "New job."})

    assert not Judge.objects.present().exists()


def test_a_nudge_is_one_mail_a_day(client, team):
    judge = make_judging(judges=1, nominations=1).judges.get()

    for _click in range(2):
        client.post(url("nudge", judge.program, judge.pk))

    assert Message.objects.filter(recipient=judge.user.email, kind="judging_ends_soon").count() == 1


def test_a_judge_who_is_done_is_not_nudged():
    program = make_judging(judges=1, nominations=1)
    score_all(program)

    with pytest.raises(NothingToRemind):
        services.nudge_judge(judge=program.judges.get(), now=NOW)


def test_the_next_reminder_is_the_next_mark_to_come():
    deadline = NOW + timedelta(days=5)

    assert next_reminder(deadline, NOW) == deadline - timedelta(days=3)
    assert next_reminder(deadline, deadline - timedelta(hours=1)) is None


def test_the_page_takes_the_same_queries_for_2_and_4(client, team, django_assert_max_num_queries):
    counts = []
    for size in (2, 4):
        program = make_judging(judges=size, nominations=size)
        client.get(url("progress", program))
        with django_assert_max_num_queries(25) as captured:
            client.get(url("progress", program))
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("way", ["take", "mode", "afresh"])
def test_nobody_empties_their_own_desk_to_see_the_results(client, team, way):
    """What is not on the desk keeps nothing sealed: all but one could be moved away, and the results read."""
    program = make_program(now=NOW, phase="judging", assignment_mode="balanced" if way == "afresh" else "everyone")
    judges, _nominations = [make_judge(program, user=team), make_judge(program)], [make_nomination(program) for _ in range(3)]
    services.open_judging(program=program, by=None, now=NOW)
    first, *left = judges[0].assignments.order_by("pk")
    score(first)

    if way == "take":
        for assignment in left:
            client.post(url("take", program, assignment.pk))
    else:
        make_judge(program), make_judge(program)
        client.post(url("share-out", program), {"assignment_mode": "balanced", **({"afresh": 1} if way == "afresh" else {})})

    assert judges[0].assignments.open().count() == 2
    assert client.get(reverse("results-csv", args=[program.slug])).status_code == 403


def test_the_step_of_the_rules_keeps_the_mode_from_a_judge(client, team):
    program = make_judging(judges=0, nominations=1)
    make_judge(program, user=team)

    form = client.get(reverse("program-setup-step", args=[program.slug, "rules"])).context["form"]

    assert form.fields["assignment_mode"].disabled
