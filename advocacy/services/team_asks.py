"""Asks that any team makes without a reference request. The CSM gives the word before the customer hears of it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.asking import emails
from advocacy.exceptions import WordsNeeded
from advocacy.models import ActivityType, Advocate, Ask, User
from advocacy.people import is_responsible_for, responsible_for
from advocacy.services.ledger import move_ask, reserve_ask
from advocacy.working_time import day_of


@transaction.atomic
def ask_for_team(
    *,
    advocate: Advocate,
    activity_type: ActivityType,
    team: str,
    purpose: str,
    counts_on: date,
    by: User,
    now: datetime,
    form_token: UUID | None = None,
) -> Ask:
    """Hold the place and ask the CSM for their word; whoever looks after the customer needs nobody's.

    The same `form_token` of the same person again is the ask it made. Raises AdvocateUnavailable.
    """
    if before := form_token and Ask.objects.filter(form_token=form_token, asked_by=by).first():
        return before
    ask = reserve_ask(
        advocate=advocate,
        activity_type=activity_type,
        asked_by=by,
        source=Ask.Source.CAMPAIGN,
        team=team,
        purpose=purpose,
        counts_on=counts_on,
        form_token=form_token,
        now=now,
    )
    if is_responsible_for(by, advocate.account, day_of(now)):
        move_ask(ask=ask, to=Ask.State.ASKED, by=by, now=now, why=_("Looks after the customer."))
    else:
        emails.word_wanted(ask, responsible_for(advocate.account, day_of(now)), now=now)
    return ask


@transaction.atomic
def allow_ask(*, ask: Ask, by: User, now: datetime) -> Ask:
    """The CSM has told the customer, or lets the asker write; raises ForbiddenMove once the ask is over."""
    before = ask.state
    move_ask(ask=ask, to=Ask.State.ASKED, by=by, now=now)
    if before == Ask.State.PROPOSED:
        emails.word_given(ask, answer="allowed", now=now)
    return ask


@transaction.atomic
def refuse_ask(*, ask: Ask, by: User, why: str, now: datetime) -> Ask:
    """Not now: the place goes back and the asker reads why; raises WordsNeeded, ForbiddenMove."""
    why = WordsNeeded.unless(why, _("Say why, so that the asker knows whether to try again."))
    move_ask(ask=ask, to=Ask.State.CANCELLED, by=by, now=now, why=why)
    emails.word_given(ask, answer="refused", why=why, now=now)
    return ask


def note_answer(*, ask: Ask, said_yes: bool, by: User, now: datetime, why: str = "") -> Ask:
    """What the customer said. A no gives the place back and starts the rest after a decline; raises ForbiddenMove."""
    return move_ask(ask=ask, to=Ask.State.ACCEPTED if said_yes else Ask.State.DECLINED, by=by, now=now, why=why.strip())


def finish_ask(*, ask: Ask, outcome: str, by: User, now: datetime) -> Ask:
    """It is done; raises WordsNeeded without a sentence on what came of it, ForbiddenMove before a yes."""
    outcome = WordsNeeded.unless(outcome, _("Say in a sentence what came of it."))
    return move_ask(ask=ask, to=Ask.State.DONE, by=by, now=now, outcome=outcome)


def withdraw_ask(*, ask: Ask, by: User, now: datetime, why: str = "") -> Ask:
    """The asker needs it no more; raises ForbiddenMove."""
    return move_ask(ask=ask, to=Ask.State.CANCELLED, by=by, now=now, why=why.strip() or _("Needed no more."))
