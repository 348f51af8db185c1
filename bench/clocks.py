"""Three beats, thirty simulated days over both changes to winter time: due, sent, twice, missed, skipped."""

from datetime import timedelta

from django.db import connection

from advocacy.catalogue import sync_catalogue, sync_tiers
from advocacy.roles import sync_roles
from bench import clock_trial
from bench.clock_world import DAY, build
from bench.measure import database, result, seconds
from bench.people import TABLES

DATABASE = "bench_clocks"
HOUR = timedelta(hours=1)


def run() -> list[dict]:
    with database(DATABASE):
        took, outcome = _trial(clock_trial.moments(step=2 * HOUR))
        # A few days are enough to see what the uniqueness holds.
        steps = clock_trial.moments(clock_trial.SET_BACK - 3 * DAY, clock_trial.SET_BACK + 2 * DAY, 3 * HOUR)
        with clock_trial.repeats_allowed():
            _took, loose = _trial(steps)
    failures = sorted(set(outcome.failed))
    for failure in failures:
        print(failure)  # noqa: T201
    return [
        result("clocks: reminders due, by the world's own reckoning", outcome.owed.total(), "mails"),
        result("clocks: of these sent", (outcome.owed & outcome.written).total(), "mails"),
        result("clocks: missed", outcome.missed, "mails", bound=0),
        result("clocks: of the same kinds sent unasked", outcome.unasked, "mails", bound=0),
        result("clocks: occurrences acted on, of all rules", len(outcome.acts), ""),
        result("clocks: acted on twice", outcome.twice, "", bound=0),
        result("clocks: too late, and recorded as skipped", outcome.skipped, ""),
        result("clocks: runs of rules that failed", len(outcome.failed), "runs", bound=0),
        result("clocks: the whole month", took, "s"),
        result("clocks: acted on twice where occurrences may repeat", loose.twice, "") | {"holds": loose.twice > 0},
    ]


def _trial(steps):
    with connection.cursor() as cursor:
        tables = "outbox_message, outbox_occurrence, outbox_rulerun, nominations_program, advocacy_user"
        cursor.execute(f"TRUNCATE {', '.join(TABLES)}, {tables} CASCADE")
    sync_roles()
    sync_catalogue()
    sync_tiers()
    world = build(clock_trial.awake(steps))
    outcomes = []
    took = seconds(lambda: outcomes.append(clock_trial.run(world, steps)))
    return took, outcomes[0]
