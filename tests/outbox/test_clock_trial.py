"""Three beats over the changes to winter time, in a shortened form; whole in `make bench BENCH=clocks`."""

from datetime import timedelta

import pytest

from bench import clock_trial
from bench.clock_world import DAY, build

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HOUR = timedelta(hours=1)


def test_three_beats_tell_each_of_what_is_due_exactly_once():
    """From the Friday before Berlin's change to the day after New York's, with a day on which no beat runs."""
    steps = clock_trial.moments(clock_trial.SET_BACK - 2 * DAY, clock_trial.SET_BACK + 8 * DAY, 6 * HOUR)
    world = build(clock_trial.awake(steps))

    outcome = clock_trial.run(world, steps)

    assert outcome.written == outcome.owed
    assert outcome.owed.total() > 15
    assert (outcome.twice, outcome.failed) == (0, [])


def test_it_is_the_uniqueness_of_occurrences_that_holds_it():
    steps = clock_trial.moments(clock_trial.SET_BACK - 2 * DAY, clock_trial.SET_BACK - DAY, 8 * HOUR)
    world = build(clock_trial.awake(steps))

    with clock_trial.repeats_allowed():
        outcome = clock_trial.run(world, steps)

    assert outcome.twice > 0
