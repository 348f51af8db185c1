"""One run of a rule, as the clock does it."""

from datetime import timedelta

from outbox import clocks
from outbox.models import Message, Occurrence

A_LONG_WEEKEND = timedelta(days=5)


def run_rule(code, now):
    """How much it did; a test fails where a row did."""
    tally = clocks.run(clocks.rule_of(code), now)
    assert not tally.failed, tally.error
    of_another_time = Message.objects.filter(occurrence__created_at=now, not_before__gt=now + A_LONG_WEEKEND)
    assert not of_another_time.exists(), "A mail went by the real clock and not by the one of its rule."
    spoken = Occurrence.objects.filter(rule=code, created_at=now, state=Occurrence.State.WRITTEN)
    assert all(clocks.is_still_due(occurrence, now) for occurrence in spoken), "Its mail would stay home."
    return tally.written
