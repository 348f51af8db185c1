from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import DateField, Value
from django.db.models.functions import Cast

from outbox import clocks
from outbox.clocks import Chore, Due, Rule, workdays
from outbox.functions import EndOfDay
from outbox.models import Message, Occurrence, RuleRun
from tests.factories import NOW, make_message
from tests.races import simultaneously

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def registry(monkeypatch):
    """No rules but those of the test."""
    rules = {}
    monkeypatch.setattr("outbox.clocks.registry._rules", rules)
    return rules


def reminder(act=lambda due, now: None, *, days=(7, 3, 1), find=None, **options):
    """Speaks of a mail so many days before its time."""

    def waiting(now):
        return clocks.before("not_before", Message.objects.order_by("pk"), days=days, rule="mails_wait", now=now)

    return Rule(code="mails_wait", label="Mails", distances="", ends="", find=find or waiting, act=act, **options)


def spoken():
    return list(Occurrence.objects.order_by("pk").values_list("mark", "state"))


def test_each_distance_is_reached_once_and_what_was_missed_is_recorded():
    message = make_message(not_before=NOW)
    told = []
    rule = reminder(lambda due, now: told.append((due.about, due.day)))

    for hours_left in (8 * 24, 7 * 24, 6 * 24, 20, 20, 21, 1, -1):  # a clock set back by an hour among them
        clocks.run(rule, NOW - timedelta(hours=hours_left))

    assert told == [(message, -7), (message, -1)]
    stamp = f"{NOW.astimezone(UTC):%Y%m%d%H%M}"
    assert spoken() == [(f"{stamp}-7", "written"), (f"{stamp}-3", "skipped"), (f"{stamp}-1", "written")]
    assert Occurrence.objects.get(mark=f"{stamp}-3").due_at == NOW - 3 * DAY
    tally = clocks.run(rule, NOW - timedelta(hours=1))
    assert (tally.found, tally.written, tally.skipped) == (0, 0, 0)


def test_a_moved_moment_is_spoken_of_anew():
    message = make_message(not_before=NOW)
    told = []
    rule = reminder(lambda due, now: told.append(due.day))
    clocks.run(rule, NOW - DAY)

    Message.objects.filter(pk=message.pk).update(not_before=NOW + 3 * DAY)
    clocks.run(rule, NOW - timedelta(hours=1))

    assert told == [-1, -7]


def test_what_comes_later_than_it_is_worth_is_recorded_as_skipped():
    make_message(not_before=NOW)
    told = []
    tally = clocks.run(reminder(lambda due, now: told.append(due), worth=timedelta(hours=2)), NOW - timedelta(hours=20))

    assert (told, tally.found, tally.written, tally.skipped) == ([], 1, 0, 3)


def test_a_beat_that_slept_past_the_end_leaves_a_record_and_no_mail():
    make_message(not_before=NOW)
    told = []

    tally = clocks.run(reminder(lambda due, now: told.append(due)), NOW + timedelta(hours=1))

    assert (told, tally.written) == ([], 0)
    assert {state for _mark, state in spoken()} == {"skipped"}


def test_what_was_due_before_the_reason_began_is_no_reminder():
    make_message(not_before=NOW, created_at=NOW - 2 * DAY)
    told = []

    def find(now):
        return clocks.before("not_before", Message.objects.all(), days=[7, 1], rule="mails_wait", now=now, begins="created_at")

    rule = reminder(lambda due, now: told.append(due.day), find=find)
    clocks.run(rule, NOW - timedelta(hours=40))
    clocks.run(rule, NOW - timedelta(hours=20))

    assert told == [-1]
    assert len(spoken()) == 1


def test_a_failing_row_stops_no_other_and_is_tried_again():
    bad, good = make_message(not_before=NOW), make_message(not_before=NOW)
    told, is_broken = [], True

    def act(due, now):
        if due.about == bad and is_broken:
            Message.objects.update(subject="half done")
            raise ValueError("no such thing")
        told.append(due.about)

    first = clocks.run(reminder(act), NOW - timedelta(hours=20))
    is_broken = False
    second = clocks.run(reminder(act), NOW - timedelta(hours=19))

    assert told == [good, bad]
    assert (first.failed, first.written, first.skipped, first.error) == (1, 1, 2, "ValueError: no such thing")
    assert (second.failed, second.written, second.skipped) == (0, 1, 2)
    assert not Message.objects.filter(subject="half done").exists()
    assert RuleRun.objects.get().error == ""


def test_a_rule_whose_query_fails_is_noted_and_others_run(registry):
    def broken(now):
        raise ValueError("no query")

    make_message(not_before=NOW)
    told = []
    clocks.register(
        Chore(code="a_broken_one", label="", run=broken),
        reminder(lambda due, now: told.append(due.about)),
    )

    clocks.run_all(clocks.claim(NOW - DAY), NOW - DAY)

    assert len(told) == 1
    assert list(RuleRun.objects.values_list("rule", "failed", "error")) == [
        ("a_broken_one", 1, "ValueError: no query"),
        ("mails_wait", 0, ""),
    ]


@pytest.mark.parametrize(
    ("day", "zone", "end"),
    [
        ("2026-10-24", "Europe/Berlin", datetime(2026, 10, 24, 22, tzinfo=UTC)),
        ("2026-10-25", "Europe/Berlin", datetime(2026, 10, 25, 23, tzinfo=UTC)),  # 25 hours long
        ("2026-03-08", "America/New_York", datetime(2026, 3, 9, 4, tzinfo=UTC)),  # 23 hours long
    ],
)
def test_a_day_ends_by_its_own_zone(day, zone, end):
    make_message()

    assert Message.objects.values_list(EndOfDay(Cast(Value(day), DateField()), Value(zone)), flat=True).get() == end


def test_a_change_of_the_clocks_costs_and_adds_no_reminder():
    """Every quarter of an hour over the night in which Berlin's clocks go back: one mail a distance."""
    deadline = datetime(2026, 10, 26, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    make_message(not_before=deadline)
    told = []
    rule = reminder(lambda due, now: told.append((due.day, now)), days=[2, 1])

    moment = datetime(2026, 10, 24, 0, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    while moment < deadline.astimezone(UTC):
        clocks.run(rule, moment)
        moment += timedelta(minutes=15)

    assert [day for day, _at in told] == [-2, -1]
    assert [deadline.astimezone(UTC) - at for _day, at in told] == [2 * DAY, DAY]


@pytest.mark.parametrize(
    ("since", "days", "reached"),
    [
        ("2026-05-06 10:00", 2, "2026-05-08 10:00"),  # Wednesday to Friday
        ("2026-05-07 10:00", 2, "2026-05-11 10:00"),  # over the weekend
        ("2026-05-09 10:00", 2, "2026-05-13 00:00"),  # a Saturday counts from Monday's beginning
        ("2026-05-08 23:30", 5, "2026-05-15 23:30"),
    ],
)
def test_working_days_leave_out_weekends(since, days, reached):
    since, reached = (datetime.fromisoformat(f"{moment}+00:00") for moment in (since, reached))

    assert workdays.workdays_after(since, days) == reached
    assert workdays.workdays_before(reached, days) >= since
    assert workdays.workdays_before(reached - timedelta(minutes=1), days) < since


def test_working_days_after_a_moment_are_found():
    make_message(not_before=datetime(2026, 5, 7, 10, tzinfo=UTC))
    told = []

    def find(now):
        return clocks.after("not_before", Message.objects.all(), days=[2, 5], rule="mails_wait", now=now, working=True)

    rule = reminder(lambda due, now: told.append((due.day, now.day)), find=find)
    for day in range(7, 20):
        clocks.run(rule, datetime(2026, 5, day, 11, tzinfo=UTC))

    assert told == [(2, 11), (5, 14)]


# Claiming -------------------------------------------------------------------------------------


def test_a_rule_is_claimed_when_its_time_has_come(registry):
    clocks.register(Chore(code="hourly", label="", run=lambda now: 0, every=timedelta(hours=1)))

    def taken(moment):
        due = clocks.claim(moment)
        clocks.run_all(due, moment)
        return len(due)

    assert [taken(NOW), taken(NOW), taken(NOW + timedelta(minutes=59)), taken(NOW + timedelta(minutes=60))] == [1, 0, 0, 1]
    assert taken(NOW - timedelta(hours=5)) == 1, "a clock was set back"
    RuleRun.objects.update(is_off=True)
    assert taken(NOW + DAY) == 0


def test_a_run_that_never_ended_is_taken_up_again(registry):
    clocks.register(Chore(code="nightly", label="", run=lambda now: 0, every=DAY))

    assert [len(clocks.claim(NOW + timedelta(minutes=minutes))) for minutes in (0, 14, 15, 16)] == [1, 0, 1, 0]


def test_work_of_the_night_waits_for_it(registry):
    night = Chore(code="nightly", label="", run=lambda now: 0, every=timedelta(hours=1), hours=range(2, 6))
    clocks.register(night)
    noon = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)

    assert clocks.claim(noon) == []
    assert clocks.next_run_at(night, None, noon) == datetime(2026, 5, 5, 2, tzinfo=UTC)
    assert clocks.claim(noon.replace(hour=3)) == [night]


def test_a_quiet_tick_costs_a_query_a_rule_and_two(registry, django_assert_num_queries):
    rules = [
        Rule(
            code=code,
            label="",
            distances="",
            ends="",
            find=lambda now, code=code: clocks.before("not_before", Message.objects.all(), days=[1], rule=code, now=now),
            act=None,
        )
        for code in "abcde"
    ]
    clocks.register(*rules)

    for later in (0, 1):  # the first writes the lines that the second one finds
        with django_assert_num_queries(len(rules) + 2):
            clocks.run_all(clocks.claim(NOW + later * DAY), NOW + later * DAY)
    assert RuleRun.objects.filter(seconds__isnull=False, found=0).count() == 5


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_simultaneous_runs_speak_once():
    for _ in range(5):
        make_message(not_before=NOW)

    rule = reminder(lambda due, now: make_message(subject="told"), days=[1])

    simultaneously(4, lambda number: clocks.run(rule, NOW - timedelta(hours=2)))

    assert Occurrence.objects.count() == 5
    assert Message.objects.filter(subject="told").count() == 5


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_three_beats_at_once_claim_a_rule_once(registry):
    clocks.register(*(Chore(code=code, label="", run=lambda now: 0) for code in "abc"))

    for later in range(3):
        taken = simultaneously(3, lambda number, later=later: [rule.code for rule in clocks.claim(NOW + later * DAY)])
        assert sorted(sum(taken, [])) == ["a", "b", "c"]


def test_one_occurrence_of_one_rule_is_its_own(registry):
    message = make_message(not_before=NOW)
    due = Due(about=message, mark="once", due_at=NOW)
    for code in ("first", "second"):
        clocks.run(Rule(code=code, label="", distances="", ends="", find=lambda now: [due, due], act=lambda due, now: None), NOW)

    assert sorted(Occurrence.objects.values_list("rule", flat=True)) == ["first", "second"]
