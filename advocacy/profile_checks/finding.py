"""What the clock has to do about profiles: each in one pass over all of them.

An occurrence speaks of several sections: its mark holds theirs, `section.due day`, joined by `+`. A section counts as
spoken of when any mark of its rule holds its own.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from advocacy.freshness import CHECKED
from advocacy.models import Advocate
from advocacy.profile_checks.states import mark_of
from advocacy.working_time import day_of, start_of
from outbox.clocks import Due

ASK, OVERDUE, LEFT = "profile_check", "profile_check_csm_task", "profile_left_search"

SAID = """
EXISTS (
    SELECT FROM outbox_occurrence o
    WHERE o.rule = '{rule}' AND o.content_type_id = %(kind)s AND o.object_id = s.advocate_id
        AND s.section || '.' || s.due_on = ANY (string_to_array(o.mark, '+')) {more}
)
"""
# One mail a person a day: what falls due after today's waits for tomorrow's.
ASKED_TODAY = """
EXISTS (
    SELECT FROM outbox_occurrence o WHERE o.rule = '{rule}' AND o.content_type_id = %(kind)s AND o.object_id = s.advocate_id
        AND o.created_at >= %(midnight)s AND o.created_at <= %(now)s
)
"""
# A question that came late still gets its whole time.
TIME_IS_UP = "AND o.created_at <= %(now)s - (s.csm_on - s.due_on) * interval '1 day'"
# What nobody ever checked is asked about first: the customer may answer at once.
BEFORE_TODAY = "AND o.created_at < %(midnight)s"
WHEN = {
    ASK: f"s.due_on <= %(day)s AND NOT {SAID} AND NOT {ASKED_TODAY}".format(rule=ASK, more=""),
    OVERDUE: "s.csm_on <= %(day)s AND s.leaves_on > %(day)s AND {asked} AND NOT {said}".format(
        asked=SAID.format(rule=ASK, more=TIME_IS_UP), said=SAID.format(rule=OVERDUE, more="")
    ),
    LEFT: "s.leaves_on <= %(day)s AND {asked} AND NOT {said}".format(
        asked=SAID.format(rule=ASK, more=BEFORE_TODAY), said=SAID.format(rule=LEFT, more="")
    ),
}
FIND = """
SELECT s.advocate_id, array_agg(s.section::text), array_agg(s.due_on)
FROM advocacy_all_sections() s JOIN advocacy_advocate a ON a.id = s.advocate_id
WHERE a.status = 'active' AND s.section = ANY (%(checked)s) AND {when}
GROUP BY 1 ORDER BY 1
"""


def find(rule: str, now: datetime) -> Iterator[Due]:
    """What one of the rules about profiles has to say, in one query; whoever acts on it reads the profile anew."""
    for pk, sections, days in _rows(rule, now):
        mark = _mark(dict(zip(sections, days, strict=True)))
        yield Due(about=Advocate(pk=pk), mark=mark, due_at=start_of(min(days)))


def _rows(rule, now):
    with connection.cursor() as cursor:
        cursor.execute(
            FIND.format(when=WHEN[rule]),
            {
                "checked": list(CHECKED),
                "day": day_of(now),
                "midnight": start_of(day_of(now)),
                "now": now,
                "kind": ContentType.objects.get_for_model(Advocate).pk,
            },
        )
        return cursor.fetchall()


def _mark(days: dict[str, date]) -> str:
    return "+".join(mark_of(section, days[section]) for section in CHECKED if section in days)
