"""Finding what is due at distances from a moment that each row has, in one query."""

from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Exists, F, Model, OuterRef, QuerySet, Value, When
from django.db.models.functions import Concat

from outbox.clocks.registry import Due, rule_of
from outbox.clocks.workdays import workdays_after, workdays_before
from outbox.functions import Stamp
from outbox.models import Occurrence

# So long after its end a reminder that nobody wrote, because the beat was down, is still recorded as skipped.
LOOK_BACK = timedelta(days=7)
STAMP_LENGTH = len("202611220714")


# The object of which a rule is asked once more, although it spoke of it.
_again: ContextVar[int | None] = ContextVar("again", default=None)


def is_still_due(occurrence: Occurrence, now: datetime) -> bool:
    """Whether the reason of an occurrence still holds, right before its mail goes: its rule is asked once more.

    True for a rule that does not say `asks_again`. A moment that moved since is another occurrence.
    """
    rule = rule_of(occurrence.rule)
    if rule is None or not rule.is_reminder or not rule.asks_again:
        return True
    before = _again.set(occurrence.object_id)
    try:
        return any(_is_same(due, occurrence) and (due.until is None or now < due.until) for due in rule.find(now))
    finally:
        _again.reset(before)


def asked_again_of() -> int | None:
    """The object of which the rule is asked once more, for a `find` that does without `unspoken`; None in an ordinary run."""
    return _again.get()


def _is_same(due, occurrence):
    return due.about.pk == occurrence.object_id and due.mark[:STAMP_LENGTH] == occurrence.mark[:STAMP_LENGTH]


def unspoken(rows: QuerySet, *, rule: str, mark) -> QuerySet:
    """Those of `rows` for which this rule has not spoken of the occurrence `mark`, an expression or a text; annotated with it."""
    mark = mark if hasattr(mark, "resolve_expression") else Value(mark)
    if again := _again.get():
        return rows.annotate(mark=mark).filter(pk=again)
    said = Occurrence.objects.filter(
        rule=rule,
        content_type=ContentType.objects.get_for_model(rows.model),
        object_id=OuterRef("pk"),
        mark=OuterRef("mark"),
    )
    return rows.annotate(mark=mark).filter(~Exists(said))


def before(
    deadline: str, rows: QuerySet, *, days: Sequence[int], rule: str, now: datetime, begins: str | None = None
) -> Iterator[Due]:
    """What is due so many days before a moment each row has: the nearest of `days` that is reached, until it has passed.

    A deadline that moves is a new one and reminds anew. `begins` is the moment the reason began: what was due
    before it is no reminder, so that a draft of an hour's age is not told that a week is left.
    """
    near = rows.filter(**{f"{deadline}__gt": now - LOOK_BACK})
    return moments(deadline, near, days=[-day for day in days], rule=rule, now=now, begins=begins, ends=deadline)


def after(since: str, rows: QuerySet, *, days: Sequence[int], rule: str, now: datetime, working: bool = False) -> Iterator[Due]:
    """What is due so many days after a moment each row has, `working` days if so said: the last of `days` that is reached."""
    return moments(since, rows, days=days, rule=rule, now=now, working=working)


def moments(
    moment: str,
    rows: QuerySet,
    *,
    days: Sequence[int],
    rule: str,
    now: datetime,
    working: bool = False,
    begins: str | None = None,
    ends: str | None = None,
) -> Iterator[Due]:
    """What is due at `days` from a moment, those before it less than zero: the last that is reached; one query."""
    known = {name: F(field) for name, field in {"reason_begins": begins, "reason_ends": ends}.items() if field}
    near = reached(moment, rows, days=days, now=now, working=working).annotate(**known)
    for row in unspoken(near, rule=rule, mark=F("distance_mark")):
        if found := due_of(row, row, days=days, working=working):
            yield found


def reached(moment: str, rows: QuerySet, *, days: Sequence[int], now: datetime, working: bool = False) -> QuerySet:
    """Those of `rows` whose first distance is reached, annotated with the `moment` and the `distance_mark` of the last one."""
    limits = {day: workdays_before(now, day) if working else now - timedelta(days=day) for day in sorted(days, reverse=True)}
    cases = [When(**{f"{moment}__lte": limit}, then=Value(f"{day:+d}")) for day, limit in limits.items()]
    mark = Concat(Stamp(F(moment)), Case(*cases, output_field=CharField()))
    return rows.filter(**{f"{moment}__lte": limits[min(days)]}).annotate(moment=F(moment), distance_mark=mark)


def due_of(row: Model, about: Model, *, days: Sequence[int], working: bool = False, prefix: str = "") -> Due | None:
    """The occurrence a row of `reached` stands for; None where it was due before its reason began."""
    began, stamp = getattr(row, "reason_begins", None), f"{prefix}{row.distance_mark[:STAMP_LENGTH]}"
    due_at = {day: _moved(row.moment, day, working=working) for day in sorted(days)}
    due_at = {day: at for day, at in due_at.items() if not began or at >= began}
    last = int(row.distance_mark[STAMP_LENGTH:])
    if last not in due_at:
        return None
    return Due(
        about=about,
        mark=f"{stamp}{last:+d}",
        due_at=due_at[last],
        day=last,
        passed=tuple(f"{stamp}{day:+d}" for day in due_at if day < last),
        passed_at=tuple(at for day, at in due_at.items() if day < last),
        until=getattr(row, "reason_ends", None),
    )


def _moved(moment, day, *, working):
    return workdays_after(moment, day) if working else moment + timedelta(days=day)
