"""What every benchmark needs: a database of its own, clocks, and one form for results."""

import os
import statistics
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from django.db import connection
from django.test.utils import setup_test_environment, teardown_test_environment


def result(name: str, value: float, unit: str, bound: float | None = None) -> dict:
    return {"name": name, "value": round(value, 3), "unit": unit, "bound": bound, "holds": bound is None or value <= bound}


def seconds(work: Callable) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def resident_megabytes() -> float:
    """The memory this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def database(name: str):
    """A database of its own, made by the migrations, kept for the next run."""
    setup_test_environment(debug=False)
    before = connection.settings_dict["NAME"]
    connection.settings_dict.setdefault("TEST", {})["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0, keepdb=True)
        teardown_test_environment()
