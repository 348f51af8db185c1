"""A reminder whose reason is gone stays home, also when it is written and waits for its hour."""

from advocacy.models import User
from nominations import emails
from nominations.models import Nomination, Program
from outbox.models import Message
from outbox.services import cancel_messages


def stop_reminding_of_draft(nomination: Nomination) -> None:
    """It is handed in, discarded, or somebody else's now."""
    cancel_messages(kind=emails.DRAFT_WAITS, about=nomination)


def stop_asking_for_customers(program: Program, csm: User | None) -> None:
    """The CSM has begun a nomination in this program; what another program asks of them stays."""
    if csm:
        waiting = Message.objects.waiting().filter(kind=emails.CUSTOMERS_TO_NOMINATE).about(csm)
        waiting.filter(key__contains=f":{program.pk}-").update(state=Message.State.CANCELLED)


def stop_reminding_of_reading(nomination: Nomination) -> None:
    """The reading is whole, or the nomination out."""
    cancel_messages(kind=emails.READING_WANTED, about=nomination)


def stop_asking_for_missing_parts(nomination: Nomination) -> None:
    """The nomination is out: what was asked about it is of no use."""
    for asked in nomination.clarifications.filter(answered_at=None):
        stop_reminding_of_clarification(asked)


def stop_reminding_of_clarification(asked) -> None:
    for kind in (emails.WANTED, emails.CLARIFICATION_REMINDER):
        cancel_messages(kind=kind, about=asked)


def stop_reminding_of_section(asked) -> None:
    for kind in (emails.SECTION_WANTED, emails.SECTION_REMINDER):
        cancel_messages(kind=kind, about=asked)
