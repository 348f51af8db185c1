"""What an import did, or would do: counts that add up, and a sentence for everything that was not plain."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_SENTENCES = 1000  # of each kind are kept; the rest are counted
MOST_LINES = {"rejections": 10_000, "notes": 8}  # are named after one sentence
SAMPLES = 5
KEPT = ("read", "created", "updated", "unchanged", "rejected", "facts", "samples", "columns_used", "columns_ignored")

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


@dataclass
class Lines:
    """The lines one sentence is about: the first few by number, all of them counted."""

    most: int
    count: int = 0
    first: list[int] = field(default_factory=list)

    def add(self, line):
        self.count += 1
        if len(self.first) < self.most:
            self.first.append(line)

    def __str__(self):
        numbers = ", ".join(str(line) for line in self.first)
        shown = ngettext("line %(numbers)s", "lines %(numbers)s", self.count) % {"numbers": numbers}
        more = self.count - len(self.first)
        return _("%(shown)s and %(more)d more") % {"shown": shown, "more": more} if more else shown


@dataclass
class Report:
    """Counts of rows; `rejections` and `notes` hold each sentence once, with the lines it is about."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejections: dict[str, Lines] = field(default_factory=dict)
    notes: dict[str, Lines] = field(default_factory=dict)
    unlisted: dict[str, int] = field(default_factory=lambda: {"rejections": 0, "notes": 0})
    facts: list[str] = field(default_factory=list)
    samples: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)
    columns_used: dict[str, str] = field(default_factory=dict)
    columns_ignored: list[str] = field(default_factory=list)
    dry_run: bool = False

    @property
    def adds_up(self) -> bool:
        return self.read == self.created + self.updated + self.unchanged + self.rejected

    @property
    def changes(self) -> int:
        return self.created + self.updated

    def count(self, outcome: str) -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)

    def recount(self, before: str, after: str) -> None:
        """A row counted as `before` turned out to be `after`."""
        setattr(self, before, getattr(self, before) - 1)
        self.count(after)

    def reject(self, line: int, sentence: str) -> None:
        self.rejected += 1
        self._list("rejections", line, sentence)

    def note(self, line: int, sentence: str) -> None:
        self._list("notes", line, sentence)

    def fact(self, sentence: str) -> None:
        self.facts.append(sentence)

    def sample(self, line: int, outcome: str, understood: Callable[[], dict]) -> None:
        """Keep the first rows as they were understood; the function is called for those only."""
        if len(self.samples) < SAMPLES:
            self.samples.append((line, outcome, {label: str(value) for label, value in understood().items()}))

    def to_json(self) -> dict:
        """All of it, to go on with later."""
        listed = {
            kind: [[said, lines.count, [*lines.first]] for said, lines in getattr(self, kind).items()] for kind in MOST_LINES
        }
        return {name: copy(getattr(self, name)) for name in KEPT} | listed | {"unlisted": {**self.unlisted}}

    def restore(self, kept: dict) -> None:
        """As it was when `to_json` was called."""
        for name in (*KEPT, "unlisted"):
            setattr(self, name, copy(kept[name]))
        for kind, most in MOST_LINES.items():
            setattr(self, kind, {said: Lines(most, count, [*first]) for said, count, first in kept[kind]})

    def _list(self, kind, line, sentence):
        sentences = getattr(self, kind)
        if sentence not in sentences and len(sentences) >= MOST_SENTENCES:
            self.unlisted[kind] += 1
            return
        sentences.setdefault(sentence, Lines(MOST_LINES[kind])).add(line)

    @property
    def summary(self) -> str:
        counts = {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
        }
        if self.dry_run:
            return (
                _(
                    "%(read)d rows read: %(created)d would be created, %(updated)d updated, %(unchanged)d unchanged, %(rejected)d rejected."
                )
                % counts
            )
        return (
            _("%(read)d rows read: %(created)d created, %(updated)d updated, %(unchanged)d unchanged, %(rejected)d rejected.")
            % counts
        )

    def lines(self):
        """The report as the commands print it."""
        yield self.summary
        used = ", ".join(f"{ours} = {theirs}" if ours != theirs else ours for ours, theirs in self.columns_used.items())
        yield _("Columns used: %(columns)s.") % {"columns": used}
        if self.columns_ignored:
            yield _("Columns not used: %(columns)s.") % {"columns": ", ".join(self.columns_ignored)}
        yield from self.facts
        yield from self._listed(_("Rejected, %(lines)s: %(sentence)s"), "rejections")
        yield from self._listed(_("Note, %(lines)s: %(sentence)s"), "notes")
        if self.dry_run:
            yield _("Nothing was written (--dry-run).")

    def _listed(self, pattern, kind):
        for sentence, lines in getattr(self, kind).items():
            yield pattern % {"lines": lines, "sentence": sentence}
        if self.unlisted[kind]:
            yield _("… and %(count)d more lines like these.") % {"count": self.unlisted[kind]}
