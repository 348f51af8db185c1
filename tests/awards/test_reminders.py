from datetime import UTC, datetime, timedelta

import pytest

from awards import services
from awards.models import Assignment
from outbox.models import Message
from tests.awards.factories import make_judging, score
from tests.clocks import run_rule
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_judging(judges=2, nominations=2)


def before(program, **time):
    return program.judging_closes_at - timedelta(**time)


def test_reminders_go_7_3_and_1_days_before(program):
    counts = []
    for days in (8, 7, 5, 3, 2, 1, 0.1):
        run_rule("judging_ends_soon", before(program, days=days))
        counts.append(Message.objects.count())
    assert counts == [0, 2, 2, 4, 4, 6, 6]


def test_a_judge_who_is_done_gets_none(program):
    judge = program.judges.first()
    for assignment in judge.assignments.all():
        score(assignment)
    run_rule("judging_ends_soon", before(program, days=7))
    assert [message.recipient for message in Message.objects.all()] == [program.judges.last().user.email]


def test_recused_and_withdrawn_nominations_remind_nobody(program):
    first, second = program.nominations.order_by("pk")
    first.status = "withdrawn"
    first.save()
    for assignment in Assignment.objects.filter(nomination=second):
        services.recuse(assignment=assignment, reason="A tie.", by=assignment.judge.user, now=NOW)
    run_rule("judging_ends_soon", before(program, days=7))
    assert not Message.objects.exists()


def test_the_mail_says_how_many_and_until_when_in_the_programs_zone(program):
    # 29 March 2026 is the day the clocks go forward in Berlin; 18:00 there is 16:00 UTC.
    program.judging_closes_at = datetime(2026, 3, 29, 16, tzinfo=UTC)
    program.time_zone = "Europe/Berlin"
    program.save()
    run_rule("judging_ends_soon", before(program, days=1))
    message = Message.objects.first()
    assert "29 March 2026, 18:00 (Europe/Berlin)" in message.subject
    assert "2 nominations" in message.text
    assert "/admin/judging/" in message.text
    assert "29 March 2026, 18:00 (Europe/Berlin)" in message.html
