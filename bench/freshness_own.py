"""One check of all profiles in a process of its own: `python -m bench.freshness_own DATABASE`."""

import json
import resource
import sys
from collections import deque
from time import perf_counter

from bench.__main__ import prepare

prepare()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from advocacy.models import Advocate  # noqa: E402
from advocacy.profile_checks import doubts, shares  # noqa: E402
from advocacy.profile_checks.finding import ASK, LEFT, OVERDUE, find  # noqa: E402


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main(name):
    connection.settings_dict["NAME"] = name
    now = timezone.now()
    ContentType.objects.get_for_model(Advocate)
    before, began, due = peak_megabytes(), perf_counter(), 0
    for rule in (ASK, OVERDUE, LEFT):
        due += sum(1 for _found in find(rule, now))
    deque(shares.shares_of(Advocate.objects.active(), day=now.date()), maxlen=0)
    doubts.raise_doubts(now)
    found = {"due": due, "seconds": perf_counter() - began, "megabytes": peak_megabytes() - before}
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
