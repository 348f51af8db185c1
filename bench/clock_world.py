"""A small world for the trial of the clocks, and what is owed in it, reckoned by hand and not by the rules.

People in Berlin, New York and Tokyo; judging, a call with drafts, consents and requests, over both changes to winter time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from advocacy.models import Consent, User
from advocacy.services import record_consent
from awards.models import Assignment
from nominations.models import Nomination
from references.services import approve_candidate, cancel_request, let_go_on, open_request
from tests.factories import (
    activity,
    make_account,
    make_advocate,
    make_assignment,
    make_judge,
    make_nomination,
    make_opportunity,
    make_program,
    make_reference,
    make_user,
)

STARTS = datetime(2026, 10, 10, tzinfo=UTC)
ENDS = datetime(2026, 11, 9, tzinfo=UTC)
WORTH = timedelta(days=7)
DAY = timedelta(days=1)
# The Sunday of Berlin's change: before anybody could have answered on Monday.
GIVEN_UP = datetime(2026, 10, 25, 12, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo")


@dataclass(frozen=True)
class Owed:
    """One mail the world owes somebody."""

    kind: str
    recipient: str
    due_at: datetime


@dataclass
class World:
    owed: list[Owed] = field(default_factory=list)
    happens: list[tuple[datetime, Callable]] = field(default_factory=list)

    @property
    def kinds(self) -> set[str]:
        return {one.kind for one in self.owed}

    def at(self, moment: datetime, what: Callable) -> None:
        self.happens.append((moment, what))


def on_the_wall(zone: str, *moment: int) -> datetime:
    return datetime(*moment, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def owe(
    world: World,
    kind: str,
    recipient: str,
    dues: list[datetime],
    awake: list[datetime],
    *,
    ends: datetime,
    begins: datetime = LONG_AGO,
    gone: datetime | None = None,
) -> None:
    """Of the moments of a reminder those that a beat meets while the reason stands; of several at once the last."""
    dues = [due for due in dues if due >= begins]
    for due, following in zip(dues, [*dues[1:], None], strict=True):
        met = next((tick for tick in awake if tick >= due), None)
        if met is None or met >= ends or (gone and met >= gone) or (following and following <= met):
            continue
        if met - due <= WORTH:
            world.owed.append(Owed(kind, recipient, due))


def build(awake: list[datetime]) -> World:
    """`awake`: the moments at which a beat runs."""
    world = World()
    csms = [make_user("csm", time_zone=zone, email=f"csm{number}@laurel.example") for number, zone in enumerate(ZONES)]
    make_user("advocacy_team", email="team@laurel.example")
    _judging(world, csms, awake)
    _drafts(world, csms, awake)
    _consents(world, csms, awake)
    _requests(world, csms, awake)
    world.happens.sort(key=lambda found: found[0])
    return world


def _customer(csm, **fields):
    return make_account(csm=csm, metrics_as_of=date(2026, 10, 1), customer_since=date(2024, 1, 1), **fields)


# Judges ---------------------------------------------------------------------------------------


def _judging(world, csms, awake):
    """Closes on Friday, 6 November, at noon in New York: 7 days before, both changes of the clocks lie between."""
    closes = on_the_wall("America/New_York", 2026, 11, 6, 12)
    opens = datetime(2026, 10, 5, tzinfo=UTC)
    program = make_program(
        opens_at=opens - 60 * DAY, closes_at=opens - 10 * DAY, judging_opens_at=opens, judging_closes_at=closes,
        announces_at=closes + 20 * DAY, time_zone="America/New_York", is_public=False,
    )  # fmt: skip
    story = make_nomination(program, account=_customer(csms[0]))
    finishes = datetime(2026, 11, 2, 6, tzinfo=UTC)
    for number, done_at in enumerate([None, finishes, None]):
        judge = make_judge(program, user=make_user("judge", email=f"judge{number}@laurel.example", time_zone=ZONES[number]))
        assignment = make_assignment(judge, story)
        if done_at:
            world.at(done_at, lambda pk=assignment.pk: Assignment.objects.filter(pk=pk).update(status="done"))
        # Days are 24 hours before the deadline, whatever the clocks do.
        dues = [closes - days * DAY for days in (7, 3, 1)]
        owe(world, "judging_ends_soon", judge.user.email, dues, awake, ends=closes, gone=done_at)


# Drafts ---------------------------------------------------------------------------------------


def _drafts(world, csms, awake):
    """The call closes on the Monday after Berlin's change. One is handed in, one begun late, one stays."""
    closes = on_the_wall("Europe/Berlin", 2026, 10, 26, 18)
    opens = datetime(2026, 10, 1, tzinfo=UTC)
    program = make_program(
        opens_at=opens, closes_at=closes, judging_opens_at=closes + 30 * DAY, judging_closes_at=closes + 60 * DAY,
        announces_at=closes + 90 * DAY, time_zone="Europe/Berlin",
    )  # fmt: skip
    handed_in = datetime(2026, 10, 20, 6, tzinfo=UTC)
    begun = [opens + DAY, opens + DAY, datetime(2026, 10, 22, 6, tzinfo=UTC)]
    for csm, created_at, gone in zip(csms, begun, [None, handed_in, None], strict=True):
        draft = make_nomination(
            program, nominator=csm, status="draft", submitted_at=None, account=_customer(csm), created_at=created_at
        )
        if gone:
            world.at(gone, lambda pk=draft.pk: Nomination.objects.filter(pk=pk).update(status="withdrawn"))
        dues = [closes - days * DAY for days in (14, 7, 1)]
        owe(world, "draft_waits", csm.email, dues, awake, ends=closes, begins=created_at, gone=gone)


# Consents -------------------------------------------------------------------------------------


def _consents(world, csms, awake):
    """Some end within the month; one is given anew before its second reminder, one is too short for the first."""
    anew = datetime(2026, 10, 28, 6, tzinfo=UTC)
    cases = [
        (csms[0], date(2026, 11, 5), date(2025, 11, 5), None),
        (csms[1], date(2026, 11, 6), date(2025, 11, 6), anew),
        (csms[2], date(2026, 10, 30), date(2026, 10, 8), None),
        (csms[0], date(2026, 11, 25), date(2025, 11, 25), None),
    ]
    for csm, ends_on, given_on, given_anew in cases:
        advocate = make_advocate(account=_customer(csm))
        ends, given = _midnight(ends_on), _midnight(given_on)
        _allow(advocate, ends_on, given)
        if given_anew:
            world.at(given_anew, lambda who=advocate, at=given_anew: _allow(who, None, at))
        owe(
            world, "consent_ends", csm.email, [ends - 30 * DAY, ends - 7 * DAY], awake,
            ends=ends, begins=given, gone=given_anew,
        )  # fmt: skip


def _midnight(day):
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _allow(advocate, until, now):
    fields = {"given_by": advocate.name, "method": "mail", "text_shown": "Yes.", "expires_on": until, "now": now}
    record_consent(advocate=advocate, purpose=Consent.Purpose.USE_QUOTE, decision=Consent.Decision.GIVEN, **fields)


# Requests -------------------------------------------------------------------------------------


def _requests(world, csms, awake):
    """Each step begins at nine on its holder's wall, so that half of a day of eight hours is one in the afternoon."""
    seller = make_user("sales", email="seller@laurel.example", time_zone="Europe/Berlin")
    manager = make_user("colleague", email="manager@laurel.example")
    User.objects.filter(pk__in=[csm.pk for csm in csms]).update(manager=manager)
    for csm, zone in zip(csms, ZONES, strict=True):
        # A working day for the approval: half of it is over at one, the whole at five. The Friday before Berlin's change.
        asked_at = on_the_wall(zone, 2026, 10, 23, 9)
        request = _asked(world, seller, csm, asked_at, awake)
        world.at(GIVEN_UP, lambda request=request: cancel_request(request=request(), by=seller, now=GIVEN_UP, why="Not needed."))
        reminded_at = on_the_wall(zone, 2026, 10, 23, 13)
        overdue_at = on_the_wall(zone, 2026, 10, 23, 17)
        owe(world, "request_approval", csm.email, [reminded_at], awake, ends=overdue_at)
        for person in (csm, manager):
            owe(world, "request_overdue", person.email, [overdue_at], awake, ends=GIVEN_UP)
    # Approved in New York on Thursday; half of two working days is over that evening. Answered the day after its change.
    zone, csm = ZONES[1], csms[1]
    approved_at, answered_at = on_the_wall(zone, 2026, 10, 29, 9), on_the_wall(zone, 2026, 11, 2, 6)
    request = _asked(world, seller, csm, approved_at - timedelta(minutes=30), awake)
    world.at(approved_at, lambda: _approve(request, csm, approved_at))
    world.at(answered_at, lambda: cancel_request(request=request(), by=seller, now=answered_at, why="Not needed."))
    overdue_at = on_the_wall(zone, 2026, 10, 30, 17)
    owe(world, "customer_silent", csm.email, [on_the_wall(zone, 2026, 10, 29, 17)], awake, ends=overdue_at)
    for person in (csm, manager):
        owe(world, "request_overdue", person.email, [overdue_at], awake, ends=answered_at)


def _asked(world, seller, csm, at, awake):
    """A request that opens at a moment, with the mail that asks the CSM at once; nobody else could be found."""
    customer = make_reference(account=_customer(csm), now=at - DAY, created_at=at - 60 * DAY, nps_on=at.date())
    deal, opened = make_opportunity(), []

    def ask():
        found = open_request(
            requester=seller, advocate=customer, activity_type=activity(), opportunity=deal,
            wants_to_hear="How it went.", needed_by=(at + 40 * DAY).date(), now=at,
        )  # fmt: skip
        # A person chooses whom to ask next: nobody else is drawn in.
        opened.append(let_go_on(request=found, alone=False) or found)

    world.at(at, ask)
    owe(world, "request_approval", csm.email, [at], awake, ends=ENDS + DAY)
    return lambda: opened[0]


def _approve(request, csm, at):
    approve_candidate(candidate=request().candidates.get(), by=csm, now=at)
