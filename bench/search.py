"""The search page over a million advocates: over HTTP and in an open loop, beside the bare SQL of the same searches."""

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import cycle

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.models import ActivityType, Advocate, User
from bench.measure import percentile, result, seconds
from bench.million import million
from references.models import SearchChange
from references.search import Search, find, upkeep
from references.search.bits import execute
from references.search.finding import numbers_sql, read_numbers, statement_for
from references.search.places import Page
from references.search.understand import read

RATE = 10  # requests a second, whether or not the ones before have been answered
SECONDS = 120
WORKERS = 3
KINDS = {
    "nothing chosen": ["", "order=fresh", "order=least_asked", "activity=case-study"],
    "frequent words": ["q=claims", "q=night shift", 'q="first weeks"', "q=invoices or warehouse", "q=audit -weekend"],
    "rare words": ["q={rare}", "q={rare} claims", "q={rare}&region=emea"],
    "being typed": ["q=logis", "q=wareh", "q=insur", "q=oper"],
    "understood words": ["q=healthcare cio germany", "q=banking vp", "q=logistics director harbor", "q=retail france"],
    "facets": [
        "industry=3",
        "region=emea&segment=enterprise",
        "level=vp&level=director&product=4",
        "country=DE&tier=gold",
        "language=German",
    ],
    "free now": ["free=1", "q=claims&free=1", "region=americas&free=1", "free=1&activity=review"],
}


def run() -> list[dict]:
    with million():
        user = _somebody()
        queries = _queries()
        warming = seconds(lambda: _warm(user, queries))
        return [
            result("search: advocates", Advocate.objects.count(), "rows"),
            result("search: warming up", warming, "s"),
            *_over_http(user, queries),
            *_a_change(user),
        ]


def _somebody():
    user, _created = User.objects.get_or_create(email="sales@bench.example", defaults={"name": "Sales"})
    user.groups.add(Group.objects.get(name="sales"))
    return User.objects.get(pk=user.pk)


def _queries():
    """The kinds in turn, each query with another rare word every time."""
    words = execute(
        "SELECT DISTINCT split_part(challenge, ' ', 30) FROM (SELECT challenge FROM advocacy_story ORDER BY id LIMIT 2000) AS few"
    )
    rare = cycle(sorted(word for (word,) in words if word.isalpha()))
    turns = [cycle(some) for some in KINDS.values()]
    every = (next(turns[number % len(turns)]).format(rare=next(rare)) for number in range(RATE * SECONDS))
    return list(every)


def _warm(user, queries):
    """As after a morning: the clock has caught up, and each search has been made before."""
    while SearchChange.objects.exists() or upkeep.is_behind(timezone.now()):
        upkeep.keep_current(timezone.now())
    for query in dict.fromkeys(queries):
        _find(user, query)


def _find(user, query):
    search = read(Search.from_query(QueryDict(query))).search
    return find(search, user, ActivityType.objects.get(code=search.activity), timezone.now())


# Over HTTP ------------------------------------------------------------------------------------


def _over_http(user, queries):
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    with _server() as port:
        for query in list(dict.fromkeys(queries))[:40]:
            _get(port, client, query)
        answers = _open_loop(port, client, queries)
    pages = [took for _query, took, _status in answers]
    failures = sum(status != 200 for _query, _took, status in answers)
    bare, lists = _bare(user, queries[:: max(1, len(queries) // 120)])
    return [
        result(f"search: page over HTTP, {RATE} a second for {SECONDS} s, p50", percentile(pages, 50), "ms"),
        result("search: page over HTTP, p95", percentile(pages, 95), "ms", bound=150),
        result("search: page over HTTP, p99", percentile(pages, 99), "ms"),
        result("search: requests that failed", failures, "requests", bound=0),
        *(result(f"search: page over HTTP, p95, {kind}", percentile(times, 95), "ms") for kind, times in _by_kind(answers)),
        result("search: queries a page, most", _most_queries(client, queries), "queries", bound=25),
        result("search: list alone, p95", percentile(lists, 95), "ms", bound=50),
        result("search: bare SQL, p50", percentile(bare, 50), "ms"),
        result("search: bare SQL, p95", percentile(bare, 95), "ms"),
        result("search: page beside bare SQL, p50", percentile(pages, 50) / percentile(bare, 50), "times"),
    ]


class _server:
    """gunicorn as in production, on a port of its own, over the benchmark's database."""

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        name = connection.settings_dict["NAME"]
        url, mark, options = os.environ["DATABASE_URL"].partition("?")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS),
             "--no-control-socket", "--log-level", "warning"],
            cwd=settings.BASE_DIR,
            env=os.environ
            | {
                "DATABASE_URL": f"{url.rpartition('/')[0]}/{name}{mark}{options}",
                "SECRET_KEY": settings.SECRET_KEY,
                "DJANGO_SETTINGS_MODULE": "config.settings",
            },
            start_new_session=True,
        )  # fmt: skip
        self._wait(port)
        return port

    def _wait(self, port):
        for _try in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("The web server did not start.")

    def __exit__(self, *_error):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(30)


def _open_loop(port, client, queries):
    """Each request at its time; the clock of an answer starts then, even where no thread was free."""
    start = time.perf_counter() + 1

    def ask(number, query):
        due = start + number / RATE
        time.sleep(max(0, due - time.perf_counter()))
        status = _get(port, client, query)
        return query, 1000 * (time.perf_counter() - due), status

    with ThreadPoolExecutor(64) as threads:
        return list(threads.map(ask, range(len(queries)), queries))


def _get(port, client, query):
    http = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        http.request(
            "GET",
            f"{reverse('advocates')}?{query.replace(' ', '+').replace(chr(34), '%22')}",
            headers={"Cookie": cookie, "Host": "localhost"},
        )
        answer = http.getresponse()
        answer.read()
        return answer.status
    except OSError:
        return 0
    finally:
        http.close()


def _by_kind(answers):
    for number, kind in enumerate(KINDS):
        yield kind, [took for place, (_query, took, _status) in enumerate(answers) if place % len(KINDS) == number]


def _most_queries(client, queries):
    most = 0
    for query in list(dict.fromkeys(queries))[:30]:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{reverse('advocates')}?{query}")
        most = max(most, len(captured))
    return most


def _bare(user, queries):
    """The statements behind a page and nothing else: all numbers with the list, and the list alone."""
    every, lists = [], []
    for query in queries:
        search = read(Search.from_query(QueryDict(query))).search
        statement = statement_for(search, user, ActivityType.objects.get(code=search.activity), timezone.now())
        start = time.perf_counter()
        numbers = read_numbers(execute(numbers_sql(statement), statement.params))
        middle = time.perf_counter()
        Page.asked_for(search).read(statement, numbers.ids)
        lists.append(1000 * (time.perf_counter() - middle))
        every.append(1000 * (time.perf_counter() - start))
    return every, lists


# A change -------------------------------------------------------------------------------------


def _a_change(user):
    """A changed advocate, found by the next search and counted right."""
    before = _find(user, "tier=platinum&level=c_level&country=SE").total
    person = Advocate.objects.filter(
        status="active", search_row__leaves_on__gt=timezone.now().date(), account__country="SE", level="c_level", tier="none"
    ).first()
    start = time.perf_counter()
    Advocate.objects.filter(pk=person.pk).update(tier="platinum")
    written = time.perf_counter() - start
    after = _find(user, "tier=platinum&level=c_level&country=SE").total
    found = time.perf_counter() - start
    Advocate.objects.filter(pk=person.pk).update(tier="none")
    _find(user, "")
    return [
        result("search: writing one change, history and row included", 1000 * written, "ms"),
        result("search: until a change is found and counted", found, "s", bound=5),
        result("search: counted wrong after a change", abs(after - before - 1), "advocates", bound=0),
    ]
