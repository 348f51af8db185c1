"""What judges will look for in a story, found by plain rules and told in words. Pure; never a number, never for judges.

Every pattern reads a text once from front to back: no repetition inside a repetition, every repetition bounded.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from nominations.meter import before, numbers, people

TEXTS = ("headline", "business_outcome", "before_state", "narrative", "human_element", "quote", "use_case_text")
MOST_SHOWN = 3


class Mark(NamedTuple):
    """One thing judges look for: `found` holds the writer's own words, `wanted` asks for what was not found."""

    looks_for: str
    found: list[str]
    wanted: str


def read(nomination) -> list[Mark]:
    """Three marks of a draft: a number with its unit and period, a before, a person."""
    texts = [getattr(nomination, name) for name in TEXTS]
    return [_number(texts, nomination.results), _before(nomination, texts), _person(nomination)]


def _number(texts, rows):
    amounts, periods = numbers.in_rows(rows)
    for text in texts:
        more_amounts, more_periods = numbers.in_text(text)
        amounts, periods = amounts + more_amounts, periods + more_periods
    amounts, periods = _first(amounts), _first(periods)
    return Mark(_("A number with its unit and period"), amounts + periods, _wanted_number(amounts, periods))


def _wanted_number(amounts, periods):
    if amounts and periods:
        return ""
    if amounts:
        return _("Over which time, or since when?")
    return _("How much of what, such as 40 percent less work?") if periods else _("How much of what, over which time?")


def _before(nomination, texts):
    found = before.in_rows(nomination.results) + before.in_field(nomination.before_state)
    for text in texts:
        found += before.in_text(text)
    return Mark(_("How it was before"), _first(found), "" if found else _("How did they do it before, and how long did it take?"))


def _person(nomination):
    names = [nomination.nominee.name] if nomination.nominee else [nomination.nominee_as_given.get("name", "")]
    found = []
    for text in (nomination.human_element, nomination.narrative, nomination.business_outcome, nomination.quote):
        found += people.in_text(text, names)
    return Mark(_("A person"), _first(found), "" if found else _("Whose day is different now? Name them or say what they do."))


def _first(found: Iterable[str]) -> list[str]:
    """The first few that differ, whatever their case."""
    kept = {}
    for words in found:
        kept.setdefault(words.casefold(), words)
    return list(kept.values())[:MOST_SHOWN]
