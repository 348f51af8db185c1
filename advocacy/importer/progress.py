"""How far an import is: told after every batch, and shown on a terminal."""

import time
from typing import TextIO

from django.utils.translation import gettext as _

from advocacy.importer.report import Report

WIDTH = 30  # of the bar, in characters
LINES_EVERY = 10  # seconds, where nobody watches


class Progress:
    """Nobody is told. What follows an import overrides `step`."""

    def step(self, report: Report) -> None:
        """Called after each batch, inside its transaction; what it raises ends the import."""

    def between(self) -> None:
        """Called between two batches that are two transactions."""


class ShownProgress(Progress):
    """A bar on a terminal, a line now and then elsewhere."""

    def __init__(self, total: int, out: TextIO):
        self.total, self.out = max(total, 1), out
        self.behind = Progress()  # told as well
        self.started_at = self.shown_at = time.monotonic()
        self.first = None
        self.is_terminal = out.isatty()

    def step(self, report):
        self.behind.step(report)
        # The first rows may have been taken by an earlier run: they say nothing about the speed.
        self.first = report.read if self.first is None else self.first
        now = time.monotonic()
        if self.is_terminal:
            self.out.write("\r" + self.bar(report.read, now) + "\x1b[K" + ("\n" if report.read >= self.total else ""))
            self.out.flush()
        elif now - self.shown_at >= LINES_EVERY:
            self.shown_at = now
            self.out.write(self.line(report.read, now) + "\n")
            self.out.flush()

    def between(self):
        self.behind.between()

    def bar(self, done: int, now: float) -> str:
        filled = min(WIDTH * done // self.total, WIDTH)
        return f"[{'#' * filled}{'-' * (WIDTH - filled)}] {self.line(done, now)}"

    def line(self, done: int, now: float) -> str:
        said = _("%(percent)d %%, %(done)s of %(total)s rows") % {
            "percent": min(100 * done // self.total, 100),
            "done": f"{done:,}",
            "total": f"{self.total:,}",
        }
        speed = (done - self.first) / max(now - self.started_at, 0.001)
        if speed <= 0 or done >= self.total:
            return said
        left = (self.total - done) / speed
        return said + _(", about %(left)s left") % {"left": duration(left)}


def duration(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    return _("%(minutes)d min %(seconds)02d s") % {"minutes": minutes, "seconds": seconds} if minutes else f"{seconds} s"
