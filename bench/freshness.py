"""A check of 100,000 profiles: what it takes, what a quiet one costs, and what the triggers add to a change of all of them."""

import json
import subprocess
import sys
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advocacy.models import Advocate
from advocacy.profile_checks.finding import ASK, LEFT, OVERDUE
from bench.measure import database, result, seconds
from bench.million import fill_million
from outbox.clocks import rule_of

NAME = "bench_freshness"
ADVOCATES, ACCOUNTS = 100_000, 20_000
RULES = [ASK, OVERDUE, LEFT]
SAY_ALL = """
INSERT INTO outbox_occurrence (rule, content_type_id, object_id, mark, due_at, state, created_at)
SELECT rule, %(kind)s, advocate_id, string_agg(section || '.' || due_on, '+'), %(now)s, 'sent', %(now)s
FROM advocacy_all_sections(), unnest(%(rules)s) rule WHERE section <> 'consent' GROUP BY 1, 3 ON CONFLICT DO NOTHING
"""


def run() -> list[dict]:
    with database(NAME):
        fill_million(ADVOCATES, ACCOUNTS)
        now = timezone.now()
        found = _in_a_process_of_its_own()
        return [
            result("freshness: advocates", Advocate.objects.count(), "rows"),
            result("freshness: profiles with something to say", found["due"], "rows"),
            result("freshness: a check of all", found["seconds"], "s", bound=10),
            result("freshness: memory on top", found["megabytes"], "MB", bound=100),
            *_quiet(now),
            *_changes(),
        ]


def _in_a_process_of_its_own():
    """So that nothing but the check is measured."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bench.freshness_own", NAME], cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def _quiet(now: datetime):
    """When all has been said."""
    with transaction.atomic(), connection.cursor() as cursor:
        kind = ContentType.objects.get_for_model(Advocate).pk
        cursor.execute(SAY_ALL, {"kind": kind, "now": now, "rules": RULES})
        cursor.execute("ANALYZE outbox_occurrence")
        with CaptureQueriesContext(connection) as queries:
            taken = max(seconds(lambda rule=rule: list(rule_of(rule).find(now))) for rule in RULES)
        transaction.set_rollback(True)
    return [
        result("freshness: a quiet rule, slowest", taken, "s"),
        result("freshness: a quiet rule, queries", len(queries) / len(RULES), "queries", bound=1),
    ]


def _changes():
    """A new title for everybody, as an import writes it, with the triggers and without."""
    change = "UPDATE advocacy_advocate SET title = title || ' at large'"
    with_doubts, without = _undone(change), _undone(change, "ALTER TABLE advocacy_advocate DISABLE TRIGGER doubt_changed_people")
    return [
        result("freshness: new titles for all", without, "s"),
        result("freshness: and a doubt for each of the active", with_doubts, "s"),
    ]


def _undone(*statements):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL laurel.search = 'later'")
        for statement in statements[1:]:
            cursor.execute(statement)
        taken = seconds(lambda: cursor.execute(statements[0]))
        transaction.set_rollback(True)
    return taken
