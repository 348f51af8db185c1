"""Mails that take an award back, to whoever was told of it: gathered in a mailing, read by a person, sent at any time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import User
from awards import emails
from awards.models import Winner
from awards.services.announcement_mails import lock_program_of, mails_about, note, page_of, program_of
from nominations.models import Program
from outbox.mailings import Keeper, Released, prepare_mailing, release_mailing
from outbox.models import Mailing, Message
from outbox.querysets import MessageQuerySet

PREFIX = "award_corrections:"


def corrections(program: Program) -> MessageQuerySet:
    winners = Winner.objects.filter(category__program=program)
    return Message.objects.filter(mails_about(Winner, winners, [emails.TAKEN_BACK])).order_by("pk")


def mailing_to_correct(program: Program, by: User | None, now: datetime) -> Mailing:
    """The one nobody has decided on, else the next. Call it in a transaction that holds the program."""
    mailings = Mailing.objects.filter(key__startswith=f"{PREFIX}{program.pk}:")
    decided = mailings.exclude(state=Mailing.State.PREPARED).count()
    title = _("Corrections: %(program)s") % {"program": program}
    return prepare_mailing(key=f"{PREFIX}{program.pk}:{decided + 1}", title=title, by=by, now=now)


def send_corrections(*, program: Program, by: User, now: datetime, left_out: list[int], newest: int) -> Released:
    """Send the held corrections up to the `newest` that was read, but for those `left_out`; before the announcement and after.

    Of two senders the second finds nothing.
    """
    with transaction.atomic():
        held = corrections(program).held().filter(pk__lte=newest).values("mailing")
        mailings = Mailing.objects.filter(pk__in=held).order_by("pk")
        done = [release_mailing(mailing=one, by=by, now=now, left_out=left_out, newest=newest) for one in mailings]
    return Released(sum(one.sent for one in done), sum(one.dropped for one in done))


def _note_release(mailing, by, now, released):
    note(program_of(mailing), _("Corrections: %(sent)s mails sent, %(dropped)s left out."), released, by, now)


KEEPER = Keeper(PREFIX, lock=lock_program_of, why_not=lambda mailing, now: "", noted=_note_release, page=page_of)
