"""Where the sections of profiles stand, read for many advocates at once.

The days come from `advocacy_sections_of` and `advocacy_all_sections` (migration 0012), which say in SQL what
`advocacy.freshness` says of one section.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from advocacy.freshness import NO_END, SECTIONS, Freshness, Policy, Rule, at
from advocacy.models import Advocate, FreshnessPolicy
from advocacy.working_time import day_of

STATES = """
SELECT advocate_id, section, verified_at, doubted_at, due_on, csm_on, leaves_on FROM advocacy_sections_of(%(wanted)s::bigint[])
"""


@dataclass(frozen=True)
class State:
    """One section of one profile."""

    freshness: Freshness
    verified_at: datetime | None = None
    doubted_at: datetime | None = None


NOTHING = State(NO_END)


@dataclass(frozen=True)
class Profile:
    """The sections of an advocate."""

    advocate: Advocate
    states: dict[str, State]

    @property
    def sections(self) -> dict[str, Freshness]:
        return {section: state.freshness for section, state in self.states.items()}

    @property
    def due(self) -> list[str]:
        return [section for section, found in self.sections.items() if found.is_due]

    def mark(self, section: str) -> str:
        """One occurrence of a section falling due."""
        return mark_of(section, self.states[section].freshness.due_on)


def mark_of(section: str, due_on: date) -> str:
    return f"{section}.{due_on}"


def read_profiles(advocates: Collection[Advocate], *, now: datetime) -> list[Profile]:
    """The profiles of some advocates, in one query however many they are."""
    found = read_states([advocate.pk for advocate in advocates], now=now)
    return [Profile(advocate, found[advocate.pk]) for advocate in advocates]


def read_states(pks: Collection[int], *, now: datetime) -> dict[int, dict[str, State]]:
    """By advocate and section, in the order of the design."""
    states, on = {pk: dict.fromkeys(SECTIONS, NOTHING) for pk in pks}, day_of(now)
    with connection.cursor() as cursor:
        cursor.execute(STATES, {"wanted": list(pks)})
        for pk, section, verified_at, doubted_at, *days in cursor.fetchall():
            if pk in states:
                states[pk][section] = State(at(*days, on=on), verified_at, doubted_at)
    return states


def current_policy() -> Policy:
    """As the team set it, else the defaults."""
    rows = FreshnessPolicy.objects.values_list("section", "tier", "check_after", "csm_after", "grace")
    return Policy({(section, tier): Rule(*days) for section, tier, *days in rows})
