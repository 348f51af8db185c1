"""The search page over 20,000 advocates, through the web stack as sales sees it, beside the bare statement."""

from itertools import cycle, islice

from django.contrib.auth.models import Group
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.models import ActivityType, Advocate, User
from advocacy.working_time import day_of
from bench.measure import database, percentile, resident_megabytes, result, seconds
from bench.people import fill
from references.models import SearchRow
from references.search import Search
from references.search.statement import statement
from references.search.text import matches

ADVOCATES = 20_000
ROUNDS = 10
KINDS = {
    "nothing chosen": ["", "page=40", "activity=case-study"],
    "text": ["q=claims", "q=night shift", 'q="first weeks"', "q=logistics -audit"],
    "facets": ["industry=3", "region=emea&segment=enterprise", "level=vp&level=director&product=4", "willing=1&region=apac"],
    "text and facets": [
        "q=invoices&region=emea",
        "q=warehouse&level=director&segment=enterprise",
        "q=audit&industry=5&industry=7",
    ],
    "free now": ["free=1", "q=claims&free=1", "region=americas&free=1", "free=1&activity=review"],
    "misspelled": ["q=logstics", "q=manufactring&region=emea"],
}


def run() -> list[dict]:
    with database("bench_search"):
        filled = seconds(lambda: fill(ADVOCATES))
        user = User.objects.create_user("sales@bench.example", name="Sales")
        user.groups.add(Group.objects.get(name="sales"))
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        return [result("search: filling the database", filled, "s"), *_measure(client, User.objects.get(pk=user.pk))]


def _measure(client, user):
    queries = [query for kind in KINDS.values() for query in kind]
    for query in queries:
        _open(client, query)
    before = resident_megabytes()
    pages = {
        kind: [_milliseconds(client, query) for query in islice(cycle(some), ROUNDS * len(some))] for kind, some in KINDS.items()
    }
    grown = resident_megabytes() - before
    everything = [time for times in pages.values() for time in times]
    bare = [1000 * seconds(lambda query=query: _bare(user, query)) for query in queries * ROUNDS]
    sizes = [len(_open(client, query).content) / 1e6 for query in queries]
    return [
        result("search: advocates", Advocate.objects.count(), "rows"),
        result("search: page, p50", percentile(everything, 50), "ms"),
        result("search: page, p95", percentile(everything, 95), "ms", bound=300),
        *(result(f"search: page, p95, {kind}", percentile(times, 95), "ms") for kind, times in pages.items()),
        result("search: queries a page, most", max(_queries(client, query) for query in queries), "queries", bound=12),
        result("search: bare statement, p50", percentile(bare, 50), "ms"),
        result("search: bare statement, p95", percentile(bare, 95), "ms"),
        result("search: page beside bare statement, p50", percentile(everything, 50) / percentile(bare, 50), "times"),
        result("search: largest page", max(sizes), "MB", bound=1),
        result("search: memory of the process", resident_megabytes(), "MB", bound=200),
        result(f"search: memory gained over {len(everything)} pages", max(grown, 0), "MB", bound=20),
    ]


def _open(client, query):
    response = client.get(f"{reverse('advocates')}?{query}")
    if response.status_code != 200:
        raise RuntimeError(f"The search answered {response.status_code} to {query!r}.")
    return response


def _milliseconds(client, query):
    return 1000 * seconds(lambda: _open(client, query))


def _queries(client, query):
    with CaptureQueriesContext(connection) as queries:
        _open(client, query)
    return len(queries)


def _bare(user, query):
    """The statement behind the page and nothing else: no request, no cards, no template."""
    now = timezone.now()
    search = Search.from_query(QueryDict(query))
    rows = SearchRow.objects.visible_to(user).findable(day_of(now)).filter(matches(search.text, user, day_of(now)))
    activity_type = ActivityType.objects.get(code=search.activity)
    with connection.cursor() as cursor:
        cursor.execute(*statement(search, rows, activity_type, now))
        cursor.fetchall()
