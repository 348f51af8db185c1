"""1,000 nominations, 60 judges, five of them for each nomination: handing out, results and exports."""

import os
import subprocess
import sys

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from advocacy.models import User
from awards import services, standings
from awards.models import Assignment
from bench.awarding import close, fill, score_all
from bench.measure import database, percentile, result, seconds
from nominations.models import Category, Program

NOMINATIONS, JUDGES = 1_000, 60
ROUNDS = 12
# Time and peak memory of a process that does nothing but this export.
EXPORT = """
import resource, sys, time
import django
django.setup()
from django.core.management import call_command
start = time.perf_counter()
with open("/dev/null", "w") as nowhere:
    call_command("export_scores", sys.argv[1], stdout=nowhere)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
"""


def run() -> list[dict]:
    with database("bench_awards"):
        program = fill(NOMINATIONS, JUDGES)
        results = _handing_out(program)
        scores = score_all(program)
        close(program)
        results.append(result("awards: scores", scores, "rows"))
        results += _exports(program)
        with override_settings(REQUIRE_SECOND_FACTOR=False):
            return [*results, *_pages(program)]


def _handing_out(program):
    """The plan and the rows that come of it."""
    taken = seconds(lambda: services.assign_judges(program=program, now=timezone.now()))
    loads = [judge.assignments.count() for judge in program.judges.all()]
    return [
        result(f"awards: handing out {NOMINATIONS} nominations to {JUDGES} judges", taken, "s", bound=5),
        result("awards: assignments", Assignment.objects.count(), "rows"),
        result("awards: most less fewest for a judge", max(loads) - min(loads), "rows", bound=1),
    ]


def _exports(program):
    answer = subprocess.run(
        [sys.executable, "-c", EXPORT, program.slug],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": _url(), "DJANGO_SETTINGS_MODULE": "config.settings"},
        check=True,
        capture_output=True,
        text=True,
    )
    taken, megabytes = map(float, answer.stdout.split())
    return [
        result("awards: export of the scores", taken, "s", bound=5),
        result("awards: export of the scores, peak memory of the process", megabytes, "MB", bound=150),
    ]


def _url():
    """The database of this benchmark, as a process of its own finds it."""
    url, question_mark, options = os.environ["DATABASE_URL"].partition("?")
    return f"{url.rpartition('/')[0]}/{connection.settings_dict['NAME']}{question_mark}{options}"


def _pages(program):
    client = Client(SERVER_NAME="localhost")
    team = User.objects.create_user("team@bench.example", name="Team")
    team.groups.add(Group.objects.get(name="advocacy_team"))
    client.force_login(team)
    stages = {"judged": _measure(client, program)}
    _choose_and_freeze(program, team)
    stages["frozen"] = _measure(client, program)
    Program.objects.filter(pk=program.pk).update(announced_at=timezone.now())
    stages["announced"] = _measure(client, program)
    everything = [time for times, _queries in stages.values() for time in times]
    return [
        result("awards: results page, p50", percentile(everything, 50), "ms"),
        result("awards: results page, p95", percentile(everything, 95), "ms", bound=300),
        *(result(f"awards: results page, p95, {stage}", percentile(times, 95), "ms") for stage, (times, _) in stages.items()),
        result("awards: queries of the results page, most", max(most for _, most in stages.values()), "queries", bound=15),
        *_others(client, program),
    ]


def _measure(client, program):
    category = Category.objects.filter(program=program).first()
    url = reverse("results", args=[program.slug])
    addresses = [url, f"{url}?category={category.pk}", f"{url}?category={category.pk}&page=2"]
    for address in addresses:
        _open(client, address)
    times = [1000 * seconds(lambda address=address: _open(client, address)) for address in addresses * ROUNDS]
    return times, max(_queries(client, address) for address in addresses)


def _choose_and_freeze(program, team):
    """The best of each category, then the result with order, winners and reserves."""
    for order in standings.live_orders(program):
        for place in order.places[: program.winners_per_category]:
            entry = program.categories.get(pk=order.category).entries.get(pk=place.runner.entry)
            services.choose_winner(entry=entry, by=team, now=timezone.now(), reason="The best of its category.")
    services.freeze_result(program=program, by=team, now=timezone.now())


def _others(client, program):
    """The pages beside it, each on its own."""
    judge = program.judges.first()
    pages = {
        "what if": reverse("results-what-if", args=[program.slug]) + "?story_weight=70&story_floor=2&partnership_floor=1",
        "without each judge": reverse("results-without-judge", args=[program.slug]),
        "without one judge": reverse("results-without-judge", args=[program.slug]) + f"?judge={judge.pk}",
        "discuss first": reverse("results-discuss", args=[program.slug]),
        "frozen result": reverse("results-frozen-one", args=[program.slug, 1]),
    }
    return [
        result(
            f"awards: {name}, p95",
            percentile([1000 * seconds(lambda url=url: _open(client, url)) for _ in range(ROUNDS)], 95),
            "ms",
        )
        for name, url in pages.items()
    ]


def _open(client, address):
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}.")
    return response


def _queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        _open(client, address)
    return len(queries)
