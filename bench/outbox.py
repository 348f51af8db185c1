"""The outbox whole: 2,000 mails under faults, the same without the claim, its speed, and its worker killed in the default run."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from bench.measure import result

FAULTS = {"messages": 2000, "kills": 20, "broker_faults": 2, "database_restarts": 1}
A_FEW = {"messages": 300, "kills": 2, "broker_faults": 0, "database_restarts": 0, "without_claim": True}
FAST = {"messages": 4000, "processes": 4}
BACK_WITHIN = 10  # seconds
LOST = ["without a row", "sent and never taken", "failed and yet taken", "neither ended nor in doubt"]


def run() -> list[dict]:
    return [*_faults(), *_without_claim(), *_speed(), *_restarts()]


def _faults():
    found = _own("faults", **FAULTS)
    return [
        result("outbox: mails under faults", found["rows"], "mails"),
        result("outbox: workers killed", found["kills"], "kills"),
        result("outbox: mails taken twice", found["twice"], "mails", bound=0),
        *(result(f"outbox: mails {name}", found[name], "mails", bound=0) for name in LOST),
        result("outbox: mails in doubt, listed", found["unknown"], "mails"),
        result("outbox: mails in doubt that had arrived", found["unknown, and arrived"], "mails"),
        result("outbox: the trial took", found["seconds"], "s"),
    ]


def _without_claim():
    twice = _own("faults", **A_FEW)["twice"]
    return [
        result("outbox: without the claim, mails taken twice", twice, "mails"),
        result("outbox: without the claim, the trial sees nothing", float(not twice), "", bound=0),
    ]


def _speed():
    fast = _own("throughput", **FAST)
    usual, silent = _own("writing", is_silent=False), _own("writing", is_silent=True)
    return [
        *(result(f"outbox: mails a second {how}, four processes", speed, "mails/s") for how, speed in fast.items()),
        result("outbox: 1,000 mails by sweeps, four processes", 1000 / fast["by sweeps"], "s", bound=5),
        *(result(f"outbox: writing a mail, {name}", value, "ms") for name, value in usual.items()),
        *(
            result(f"outbox: writing a mail, mail server silent, {name}", value, "ms", bound=100)
            for name, value in silent.items()
        ),
    ]


def _restarts():
    seconds = _own("restarts")
    return [result("outbox: worker back after SIGKILL, slowest", max(seconds), "s", bound=BACK_WITHIN)]


def _own(part, **options):
    """A part in a process of its own, on servers that may be broken."""
    var = Path(settings.VAR_DIR) / "bench-outbox"
    var.mkdir(exist_ok=True)
    of_ours = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in of_ours}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bench.outbox_own", part, json.dumps(options)],
        cwd=settings.BASE_DIR,
        env=environment | {"LAUREL_VAR": str(var), "LOG_LEVEL": "ERROR"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])
