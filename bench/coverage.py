"""Coverage over a million advocates and 100,000 opportunities, by every number of dimensions; beside it the load view."""

from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from advocacy.models import Advocate, Opportunity, User
from bench.measure import result, seconds
from bench.million import million
from references.demand import chosen, coverage
from references.load import load_of, people_of

ROUNDS = 5
CUTS = [["industry"], ["product"], ["industry", "region"], ["industry", "region", "segment"], ["industry", "region", "product"]]


def run() -> list[dict]:
    with million():
        leader = _leader()
        return [
            result("coverage: advocates", Advocate.objects.count(), "rows"),
            result("coverage: opportunities", Opportunity.objects.count(), "rows"),
            *(_cut(names, leader) for names in CUTS),
            result("coverage: queries, most", _queries(leader), "queries", bound=12),
            result("load: the whole picture", _slowest(lambda: load_of(leader, "industry", timezone.now())), "s"),
            result("load: a list", _slowest(lambda: people_of(leader, "over", 1, timezone.now())), "s"),
        ]


def _leader():
    leader, _created = User.objects.get_or_create(email="leader@bench.example", defaults={"name": "Leader"})
    leader.groups.add(Group.objects.get(name="leader"))
    return User.objects.get(pk=leader.pk)


def _cut(names, leader):
    taken = _slowest(lambda: coverage(chosen(names), leader, timezone.now()))
    return result(f"coverage: by {', '.join(names)}, slowest of {ROUNDS}", taken, "s", bound=1)


def _slowest(work):
    work()
    return max(seconds(work) for _round in range(ROUNDS))


def _queries(leader):
    with CaptureQueriesContext(connection) as queries:
        coverage(chosen(CUTS[-1]), leader, timezone.now())
    return len(queries)
