"""What is planned for a winner, and when it is due. Pure: dates come in as arguments."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from awards.models import PreparationItem

Kind = PreparationItem.Kind
# Kind, what is to be done, days before the announcement.
PREPARATION = [
    (Kind.EVENT, _("Agree whether and how they come to the event"), 42),
    (Kind.TRAVEL, _("Book travel and hotel"), 28),
    (Kind.GUESTS, _("Ask whom they bring, and invite them"), 21),
    (Kind.DONATION, _("Ask what the donation goes to"), 14),
    (Kind.WORDS, _("Agree the words said on stage"), 14),
]
# Activity and days after the announcement: light asks before heavy ones, over one to three months.
FOLLOW_THROUGH = [("review", 14), ("testimonial-quote", 28), ("reference-call", 42), ("case-study", 63), ("speaking", 90)]
# At least this many days are left for what should have been begun long ago.
SHORTEST = timedelta(days=3)


def prepare_by(announced_on: date, days_before: int, today: date) -> date:
    return max(announced_on - timedelta(days=days_before), today + SHORTEST)


def ask_on(announced_on: date, days_after: int) -> date:
    return announced_on + timedelta(days=days_after)


def is_late(due_on: date | None, today: date) -> bool:
    return due_on is not None and due_on < today
