"""Whatever people and clocks do in whatever order: request, candidate and ask tell the same story."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.exceptions import RuleBroken
from advocacy.models import Ask
from advocacy.services import release_lapsed_asks
from references import services
from references.models import ReferenceRequest
from references.services.slots import seen_of
from tests.references import clockwork

pytestmark = pytest.mark.django_db

# Request: what its latest candidate and that candidate's ask may be.
AGREE = {
    "open": {None},
    "proposed": {("proposed", "proposed"), ("proposed", "expired")},  # expired: until the next clock
    "approved": {("approved", "asked"), ("approved", "accepted")},
    "scheduled": {("approved", "scheduled")},
    "no_show": {("approved", "no_show")},
    "completed": {("approved", "done")},
    "declined": {("declined", "cancelled")},
    "expired": {None, ("withdrawn", "expired")},
    "cancelled": {
        None,
        ("withdrawn", "cancelled"),
        ("withdrawn", "expired"),  # lapsed before it was cancelled
        ("declined", "declined"),
        ("declined", "cancelled"),
    },
}

STEPS = {
    "approve": lambda w: services.approve_candidate(candidate=w.candidate, by=w.csm, now=w.now),
    "decline": lambda w: services.decline_candidate(candidate=w.candidate, by=w.csm, note="No.", now=w.now),
    "schedule": lambda w: services.schedule_request(request=w.request, at=w.now + timedelta(days=2), by=w.csm, now=w.now),
    "no_show": lambda w: services.note_no_show(request=w.request, by=w.sales, now=w.now),
    "complete": lambda w: services.complete_request(request=w.request, by=w.sales, outcome="Yes.", now=w.now),
    "offer": lambda w: services.offer_times(candidate=w.candidate, starts=w.days(2, 3, 4), zone="UTC", by=None, now=w.now),
    "pick": lambda w: services.pick_time(candidate=w.candidate, slot=w.first_slot, seen=w.seen, by=None, now=w.now),
    "other times": lambda w: services.want_other_times(candidate=w.candidate, why="", by=None, now=w.now),
    "customer no": lambda w: services.take_no(candidate=w.candidate, refusal="busy", note="", by=None, now=w.now),
    "later": lambda w: services.take_later(candidate=w.candidate, until=w.days(30)[0].date(), by=None, now=w.now),
    "cancel": lambda w: services.cancel_request(request=w.request, by=w.sales, now=w.now),
    "propose again": lambda w: services.propose_candidate(request=w.request, advocate=w.advocate, by=w.sales, now=w.now),
    "a day": lambda w: w.wait(1),
    "a week": lambda w: w.wait(7),
    "not now": lambda w: services.decline_for_now(candidate=w.candidate, by=w.csm, note="Not now.", now=w.now),
    "clocks": lambda w: clockwork.run_clocks(now=w.now),
    "release": lambda w: release_lapsed_asks(now=w.now),
}


class Walk:
    def __init__(self, request, advocate, csm, sales, now):
        self.request, self.advocate, self.csm, self.sales, self.now = request, advocate, csm, sales, now

    @property
    def candidate(self):
        return self.request.candidates.get()

    @property
    def first_slot(self):
        first = self.candidate.slots.first()
        return first.pk if first else 0

    @property
    def seen(self):
        return seen_of(ReferenceRequest.objects.get(pk=self.request.pk))

    def days(self, *numbers):
        return [self.now + timedelta(days=number) for number in numbers]

    def wait(self, days):
        self.now += timedelta(days=days)

    def take(self, step):
        with suppress(RuleBroken):
            STEPS[step](self)

    def states(self):
        self.request = ReferenceRequest.objects.get(pk=self.request.pk)
        candidate = self.request.candidates.select_related("ask").first()
        return self.request.status, candidate and (candidate.state, candidate.ask.state)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(sorted(STEPS)), max_size=9))
def test_every_walk_keeps_the_three_in_agreement(ask, advocate, csm, sales, now, walk):
    with transaction.atomic():
        person = Walk(ask(advocate), advocate, csm, sales, now)
        for step in walk:
            person.take(step)
            status, rest = person.states()
            assert rest in AGREE[status], step
            assert (status in ("proposed", "approved", "scheduled", "no_show")) or not advocate.asks.in_flight().exists()
            assert advocate.asks.in_flight().count() <= 1
        assert Ask.objects.count() == 1
        transaction.set_rollback(True)
