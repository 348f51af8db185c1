"""The reminders of judging and of what follows an award, beside those of test_reminders and test_offers."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.models import User
from awards import services
from awards.models import FollowThroughStep, Judge
from awards.pace import Pace
from awards.services import follow_through
from outbox import clocks
from outbox.models import Message
from tests.awards.award_factories import DECIDED, make_accepted, make_announced
from tests.awards.factories import CLOSED, make_judging, score, score_all
from tests.clocks import run_rule
from tests.factories import NOW, make_eligible, make_program, make_user

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def mails(kind):
    return Message.objects.filter(kind=kind).order_by("pk")


def states(kind):
    return set(mails(kind).values_list("state", flat=True))


# Judging --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "day", "is_behind"),
    [
        (0, 14, False),  # before half the time
        (0, 15, True),
        (3, 15, False),  # 20 points behind, which is no more than 20
        (2, 15, True),
        (10, 29, False),
        (0, 30, False),  # over
    ],
)
def test_judging_is_behind_by_more_than_20_points_after_half_the_time(done, day, is_behind):
    opens = datetime(2026, 3, 1, tzinfo=UTC)
    pace = Pace(done, 10, opens, opens + 30 * DAY, opens + day * DAY)
    assert pace.is_behind is is_behind
    assert not Pace(0, 0, opens, opens + 30 * DAY, opens + day * DAY).is_behind, "nothing was owed"


def test_the_team_hears_that_judging_is_behind_once_a_week_until_it_caught_up():
    team = make_user("advocacy_team")
    program = make_judging(judges=2, nominations=3, contact=team)
    half = program.judging_opens_at + (program.judging_closes_at - program.judging_opens_at) / 2

    counts = [run_rule("judging_behind", half + days * DAY) for days in (-1, 2, 3, 8, 9, 10)]
    assert counts == [0, 1, 0, 0, 1, 0]
    mail = mails("judging_behind")[0]
    assert mail.recipient == team.email
    assert "0% scored" in mail.subject
    assert str(program.judges.first()) in mail.text

    score_all(program)
    assert run_rule("judging_behind", program.judging_closes_at - timedelta(hours=1)) == 0


def test_the_end_of_judging_stops_what_waits_of_it():
    program = make_judging(judges=1, nominations=2, contact=make_user("advocacy_team"))
    late = program.judging_closes_at - DAY
    run_rule("judging_behind", late)
    run_rule("judging_ends_soon", late)
    assert states("judging_behind") | states("judging_ends_soon") == {"queued"}

    services.close_judging(program=program, by=program.contact, now=late)
    assert states("judging_behind") | states("judging_ends_soon") == {"cancelled"}


@pytest.mark.parametrize("end", ["scored", "recused", "left"])
def test_a_reminder_that_waits_stays_home_when_its_judge_has_nothing_open(end):
    program = make_judging(judges=1, nominations=1)
    judge = Judge.objects.get()
    run_rule("judging_ends_soon", program.judging_closes_at - DAY)
    if end == "scored":
        score(judge.assignments.get())
    elif end == "recused":
        services.recuse(assignment=judge.assignments.get(), reason="A tie.", by=judge.user, now=NOW)
    else:
        services.remove_judge(judge=judge, by=None, why="Ill.", now=NOW)
    assert states("judging_ends_soon") == {"cancelled"}


# The announcement and embargoes ---------------------------------------------------------------


def test_team_and_csm_hear_a_day_before_the_announcement():
    winner, team = make_accepted()
    program = winner.category.program
    counts = [run_rule("announcement_soon", program.announces_at - hours * timedelta(hours=1)) for hours in (25, 24, 3)]

    assert counts == [0, 1, 0]
    assert team.email in {mail.recipient for mail in mails("announcement_soon")}
    assert str(winner.entry.nomination) in mails("announcement_soon")[0].text
    assert [mail.recipient for mail in mails("embargo_lifts")] == [winner.entry.nomination.account.csm.email]


def test_the_announcement_stops_the_mail_that_it_comes():
    winner, team = make_accepted()
    program = winner.category.program
    run_rule("announcement_soon", program.announces_at - DAY)
    services.announce(program=program, by=team, now=CLOSED)
    assert states("announcement_soon") == {"cancelled"}


def set_embargo(winner, team, until):
    return services.set_terms(
        winner=winner, by=team, now=DECIDED, answer_by=winner.answer_by, embargo_until=until, announcement_words=""
    )


def test_an_own_embargo_is_told_of_a_day_before_and_no_more_when_it_moves():
    winner, team = make_accepted()
    until = winner.category.program.announces_at + 10 * DAY
    set_embargo(winner, team, until)

    assert run_rule("announcement_soon", winner.category.program.announces_at - DAY) == 1
    assert not mails("embargo_lifts"), "the winner has an embargo of their own"
    assert [run_rule("embargo_lifts", until - days * DAY) for days in (2, 1, 0.5)] == [0, 1, 0]
    csm = winner.entry.nomination.account.csm
    assert {csm.email, team.email} <= {mail.recipient for mail in mails("embargo_lifts")}

    set_embargo(winner, team, until + 10 * DAY)
    assert states("embargo_lifts") == {"cancelled"}
    assert run_rule("embargo_lifts", until + 9 * DAY) == 1


def test_an_award_taken_back_is_not_looked_forward_to():
    winner, team = make_accepted()
    run_rule("announcement_soon", winner.category.program.announces_at - DAY)
    services.take_back_choice(winner=winner, by=team, reason="Wrong figures.", now=DECIDED)
    assert states("embargo_lifts") == {"cancelled"}


# What follows ---------------------------------------------------------------------------------


@pytest.fixture
def step():
    winner, _team = make_announced()
    follow_through.plan_follow_through(winner=winner)
    return winner.follow_through.select_related("activity_type").first()


def at_start_of(day, **later):
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(**later)


def test_the_csm_hears_before_and_on_the_day_and_the_team_a_week_later(step):
    FollowThroughStep.objects.exclude(pk=step.pk).delete()
    counts = [run_rule("follow_through", at_start_of(step.due_on, days=days)) for days in (-4, -3, -1, 0, 6, 7, 9)]

    assert counts == [0, 1, 0, 1, 0, 1, 0]
    csm = step.winner.entry.nomination.account.csm
    assert [mail.recipient for mail in mails("follow_through_due")] == [csm.email] * 2
    assert csm.email not in {mail.recipient for mail in mails("follow_through_overdue")}
    assert mails("follow_through_overdue")


@pytest.mark.parametrize("end", ["dropped", "revoked"])
def test_a_step_that_nobody_takes_is_not_reminded_of(step, end):
    team = make_user("advocacy_team")
    run_rule("follow_through", at_start_of(step.due_on))
    if end == "dropped":
        follow_through.drop_step(step=step, why="Does not fit.", by=team, now=CLOSED)
    else:
        services.revoke_award(winner=step.winner, by=team, reason="Wrong figures.", now=CLOSED)
    assert states("follow_through_due") == {"cancelled"}
    assert run_rule("follow_through", at_start_of(step.due_on, days=7)) == 0


# All of them ----------------------------------------------------------------------------------


OF_THESE_APPS = ("awards", "nominations")


def rules_of_these_apps():
    found = [
        rule for rule in clocks.all_rules() if (rule.find if rule.is_reminder else rule.run).__module__.startswith(OF_THESE_APPS)
    ]
    assert len(found) > 20
    return found


def test_a_quiet_tick_costs_at_most_one_query_a_rule():
    """In the last weeks of a call, of which all is said; the second query is the note of all rules together."""
    program = make_program(now=NOW, closes_at=NOW + 20 * DAY)
    ContentType.objects.get_for_models(User, type(program))
    run_rule("call_open", NOW)
    make_eligible("Analytical Engines", make_user("csm"))
    make_eligible("Unwell", make_user("csm"), health_score=20)
    assert run_rule("customers_to_nominate", NOW) == 1
    for rule in rules_of_these_apps():
        with CaptureQueriesContext(connection) as queries:
            clocks.run_all([rule], NOW)
        assert len(queries) <= 2, (rule.code, [query["sql"] for query in queries])
