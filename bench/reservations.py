"""200 people reserve 20 advocates at the same moment, in threads of several processes: no cap broken, nobody left waiting."""

import json
import os
import subprocess
import sys
import time
from collections import Counter

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from advocacy.availability import CONSENTS, VERIFIED_SECTIONS
from advocacy.catalogue import REFERENCE_CALL, sync_catalogue
from advocacy.models import Account, ActivityType, Advocate, Ask, Consent, Verification, Willingness
from advocacy.roles import sync_roles
from bench.measure import database, percentile, result

DATABASE, MILLION = "bench_reservations", "bench_million"
TAKERS = 200
PEOPLE = 20
PROCESSES = 4
ACCOUNT_CAP = 2  # reference calls of all people of one account
SURVEY_CAP = 2  # of one person, for an activity that blocks no other

TAKE = """
import json, sys, time
import django
django.setup()
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from django.db import connection
from django.utils import timezone
from advocacy.models import ActivityType, Advocate
from advocacy.services import availability_of, reserve_ask

people, kind, takers = json.loads(sys.argv[1])
activity_type = ActivityType.objects.get(pk=kind)
connected, started = Barrier(takers + 1), Barrier(takers + 1)

def take(number):
    # As in a running web process: the connection is open and has read these tables before.
    one = Advocate.objects.get(pk=people[number % len(people)])
    availability_of(advocate=one, activity_type=activity_type, now=timezone.now())
    connected.wait()
    started.wait()
    start = time.perf_counter()
    try:
        reserve_ask(
            advocate=Advocate(pk=people[number % len(people)]),
            activity_type=activity_type, asked_by=None, source="campaign", now=timezone.now(),
        )
        got = "Ask"
    except Exception as error:
        got = type(error).__name__
    finally:
        taken = time.perf_counter() - start
        connection.close()
    return got, taken

with ThreadPoolExecutor(takers) as threads:
    outcomes = threads.map(take, range(takers))
    connected.wait()
    print("ready", flush=True)
    time.sleep(max(float(input()) - time.time(), 0))
    started.wait()
    print(json.dumps(list(outcomes)))
"""


def run() -> list[dict]:
    # Among a million advocates where the search has been measured, else among few.
    with database(MILLION if _exists(MILLION) else DATABASE):
        sync_roles()
        sync_catalogue()
        call = ActivityType.objects.get(code=REFERENCE_CALL)
        survey = ActivityType.objects.get_or_create(
            code="bench-survey", defaults={"name": "Survey", "cap": SURVEY_CAP, "blocks_others": False}
        )[0]
        return [
            result("reservations: advocates", Advocate.objects.count(), "rows"),
            *_measure("reference calls, cap 1", call, 1),
            *_measure("surveys, cap 2", survey, SURVEY_CAP),
        ]


def _exists(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone()[0]


def _measure(name, activity_type, cap):
    people = _people(activity_type)
    outcomes = _take_all(people, activity_type)
    tally = Counter(got for got, _seconds in outcomes)
    times = [1000 * seconds for _got, seconds in outcomes]
    broken = _broken(people, activity_type, cap)
    _forget(people)
    faults = sum(count for got, count in tally.items() if got not in ("Ask", "AdvocateUnavailable", "LedgerBusy"))
    return [
        result(f"reservations: {name}, takers", len(outcomes), "takers"),
        result(f"reservations: {name}, places taken", tally["Ask"], "asks"),
        result(f"reservations: {name}, caps broken", broken, "caps", bound=0),
        result(f"reservations: {name}, faults", faults, "takers", bound=0),
        result(f"reservations: {name}, told to try again", tally["LedgerBusy"], "takers"),
        result(f"reservations: {name}, p50", percentile(times, 50), "ms"),
        result(f"reservations: {name}, p95", percentile(times, 95), "ms", bound=1000),
    ]


def _people(activity_type):
    """20 advocates of 8 accounts whom nobody has asked, free for the activity."""
    now = timezone.now()
    accounts = Account.objects.bulk_create(
        Account(name=f"Reserved {number}", max_asks_per_quarter=ACCOUNT_CAP, metrics_as_of=now.date(), health_score=90)
        for number in range(8)
    )
    people = Advocate.objects.bulk_create(
        Advocate(name=f"Wanted {number}", account=accounts[number % 8], status="active") for number in range(PEOPLE)
    )
    Willingness.objects.bulk_create(Willingness(advocate=one, activity_type=activity_type, answer="yes") for one in people)
    Verification.objects.bulk_create(
        Verification(advocate=one, section=section, verified_at=now, method="csm")
        for one in people
        for section in VERIFIED_SECTIONS
    )
    Consent.objects.bulk_create(
        Consent(advocate=one, purpose=purpose, decision="given", given_by=one.name, method="mail", text_shown="You may.")
        for one in people
        for purpose in set(CONSENTS.values())
    )
    return [one.pk for one in people]


def _take_all(people, activity_type):
    orders = json.dumps([people, activity_type.pk, TAKERS // PROCESSES])
    processes = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", TAKE, orders],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": _url(), "DJANGO_SETTINGS_MODULE": "config.settings", "CONN_MAX_AGE": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _number in range(PROCESSES)
    ]
    for process in processes:
        process.stdout.readline()
    starts_at = time.time() + 0.5  # by then every process has read it
    outcomes = []
    for process in processes:
        process.stdin.write(f"{starts_at}\n")
        process.stdin.flush()
    for process in processes:
        outcomes += json.loads(process.communicate()[0])
    return outcomes


def _broken(people, activity_type, cap):
    asks = Ask.objects.filter(advocate__in=people, activity_type=activity_type)
    broken = asks.values("advocate").annotate(asks=Count("pk")).filter(asks__gt=cap).count()
    if activity_type.blocks_others:
        broken += asks.values("account").annotate(asks=Count("pk")).filter(asks__gt=ACCOUNT_CAP).count()
    return broken


def _forget(people):
    """Leave the database as it was, for the benchmarks that share it; nothing else may take back a consent."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in (
            "advocacy_ask",
            "advocacy_consent",
            "advocacy_verification",
            "advocacy_willingness",
            "references_searchrow",
        ):
            cursor.execute(f"DELETE FROM {table} WHERE advocate_id = ANY(%s)", [people])  # noqa: S608 - names from here
        cursor.execute("DELETE FROM advocacy_advocate WHERE id = ANY(%s)", [people])
        cursor.execute("DELETE FROM advocacy_account WHERE name LIKE 'Reserved %'")


def _url():
    server, question_mark, options = os.environ["DATABASE_URL"].partition("?")
    return f"{server.rpartition('/')[0]}/{connection.settings_dict['NAME']}{question_mark}{options}"
