"""Switching a rule off and on, by a person."""

from datetime import datetime

from outbox.clocks.registry import Chore, Rule
from outbox.models import RuleRun


def switch(rule: Rule | Chore, *, off: bool, by, now: datetime) -> RuleRun:
    """Off, it neither finds nor writes; on again, it takes up what is still of use and records the rest as skipped."""
    fields = {"is_off": off, "switched_at": now, "switched_by": by}
    return RuleRun.objects.update_or_create(rule=rule.code, defaults=fields)[0]
