"""The only writer of asks: takes a place, moves an ask, gives lapsed places back."""

import random
import time
from datetime import date, datetime
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.availability import Availability, Reason
from advocacy.contention import may_pass
from advocacy.exceptions import AdvocateUnavailable, LedgerBusy
from advocacy.models import ActivityType, Advocate, Ask, Opportunity, User
from advocacy.services.situation import availability_of
from advocacy.services.tiers import refresh_tiers
from advocacy.workflow import move, record_change
from advocacy.working_time import add_working_days, day_of

HELD_WORKING_DAYS = 2
TRIES = 3
PAUSE = (0.02, 0.08)  # seconds between two tries


def reserve_ask(
    *,
    advocate: Advocate,
    activity_type: ActivityType,
    asked_by: User | None,
    source: str,
    now: datetime,
    opportunity: Opportunity | None = None,
    counts_on: date | None = None,
    held_until: datetime | None = None,
    team: str = "",
    purpose: str = "",
    form_token: UUID | None = None,
) -> Ask:
    """Take a place of this advocate and hold it for two working days unless told otherwise.

    Safe for any number of simultaneous takers: they queue for the account's row, then for the
    advocate's, and read the facts only then. Raises AdvocateUnavailable with every reason.
    """
    for _attempt in range(TRIES):
        try:
            return _reserve(
                advocate=advocate,
                activity_type=activity_type,
                now=now,
                asked_by=asked_by,
                source=source,
                opportunity=opportunity,
                team=team,
                purpose=purpose,
                form_token=form_token,
                counts_on=counts_on or day_of(now),
                held_until=held_until or add_working_days(now, HELD_WORKING_DAYS),
            )
        except OperationalError as error:
            if not may_pass(error):
                raise
            # Whoever stood in the way goes first; two who try again at once would only meet again.
            time.sleep(random.uniform(*PAUSE))  # noqa: S311 - no secret
    raise LedgerBusy(Availability(reasons=(Reason("busy", _("Somebody is asking this person right now. Please try again.")),)))


@transaction.atomic
def _reserve(*, advocate, activity_type, now, counts_on, **fields):
    account_id, has_lapsed = lock_takers(advocate, now)
    if has_lapsed:
        of_either = Q(advocate=advocate) | Q(account=account_id)
        _expire(Ask.objects.lapsed(now).filter(of_either).select_for_update().order_by("pk"), now)
    availability = availability_of(advocate=advocate, activity_type=activity_type, now=now, on=counts_on)
    if not availability.is_free:
        raise AdvocateUnavailable(availability)
    ask = Ask.objects.create(
        advocate=advocate,
        activity_type=activity_type,
        account_id=account_id,
        counts_on=counts_on,
        created_at=now,
        **fields,
    )
    record_change(ask, from_status="", to_status=ask.state, by=ask.asked_by, changed_at=now)
    return ask


def lock_takers(advocate: Advocate, now: datetime) -> tuple[int | None, bool]:
    """Queue behind everyone who takes a place at the same account or of the same person.

    Returns the account as it is now, and whether a proposed ask of either has lapsed. One statement, as every taker waits for
    those before. Raises OperationalError when the advocate moved to another account while we waited: it may be tried again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_id, has_lapsed FROM advocacy_lock_takers(%s, %s)", [advocate.pk, now])
        found = cursor.fetchone()
    if found is None:
        raise Advocate.DoesNotExist
    return found


@transaction.atomic
def move_ask(
    *,
    ask: Ask,
    to: str,
    by: User | None,
    now: datetime,
    why: str = "",
    counts_on: date | None = None,
    outcome: str = "",
) -> Ask:
    """Move an ask along, with its history; raises ForbiddenMove.

    The same state again changes nothing, unless `counts_on` is a new date: that is written with a
    history row of its own. Neither is checked against the caps again: the customer has agreed.
    """
    moved = move(ask, to=to, by=by, why=why, changed_at=now)
    ask.refresh_from_db()
    new_date = counts_on if counts_on and counts_on != ask.counts_on else None
    if new_date and not moved:
        note = _("New date: %(after)s instead of %(before)s.") % {"after": new_date, "before": ask.counts_on}
        record_change(ask, from_status=ask.state, to_status=ask.state, by=by, why=" ".join([note, why]).strip(), changed_at=now)
    ask.counts_on = new_date or ask.counts_on
    ask.outcome = outcome or ask.outcome
    if moved:
        ask.held_until = None if ask.state != Ask.State.EXPIRED else ask.held_until
        ask.ended_at = None if ask.state in Ask.IN_FLIGHT else now
    ask.save(update_fields=["counts_on", "outcome", "held_until", "ended_at"])
    if moved and ask.state == Ask.State.DONE:
        refresh_tiers(pks=[ask.advocate_id], now=now)
    return ask


def release_lapsed_asks(*, now: datetime) -> int:
    """Expire the proposed asks nobody acted on in time; safe to run twice and side by side."""
    return sum(_release(Ask.objects.filter(pk=pk), now) for pk in Ask.objects.lapsed(now).values_list("pk", flat=True))


@transaction.atomic
def _release(asks, now):
    return _expire(asks.lapsed(now).select_for_update().order_by("pk"), now)


def _expire(lapsed, now):
    """Expire asks that have lapsed and are locked: nobody has just answered."""
    lapsed = list(lapsed)
    for ask in lapsed:
        move_ask(ask=ask, to=Ask.State.EXPIRED, by=None, now=now, why=_("Nobody acted on it in time."))
    return len(lapsed)


def hand_asks_over(*, advocate: Advocate, to: Advocate) -> int:
    """What one profile of a person was asked counts for the one that is kept; the account stays as it was when we asked."""
    return Ask.objects.filter(advocate=advocate).update(advocate=to)
