"""Mails of the announcement, in one mailing that a person releases; facts in the occurrence write it anew when they change."""

import hashlib
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.walltime import in_words
from awards.models import Winner
from nominations.models import Nomination, Program
from outbox.models import Mailing
from outbox.services import absolute_url, write_message

WON = "award_won"
WON_COLLEAGUE = "award_won_colleague"
NOT_SELECTED = "award_not_selected"
NOT_SELECTED_COLLEAGUE = "award_not_selected_colleague"
# Contradicted when the award is taken back.
ABOUT_A_WINNER = [WON, WON_COLLEAGUE]


def award_won(winner: Winner, *, mailing: Mailing, contact: User | None, now: datetime):
    """To the winner: it is public, and this is theirs to use."""
    nominee = winner.entry.nomination.nominee
    context = _of_winner(winner, now) | {"contact": contact}
    return write_message(
        kind=WON,
        about=winner,
        recipient=nominee.email,
        occurrence=_stamp(mailing, winner.answered_at, winner.embargo_until, winner.wording, contact),
        subject=_("The winners are announced: %(category)s is yours") % {"category": winner.category},
        template="award_won",
        context=context,
        reply_to=contact.email if contact else "",
        not_before=now,
        mailing=mailing,
    )


def award_won_colleague(winner: Winner, person: User, *, mailing: Mailing, now: datetime):
    """To the nominator and whoever looks after the winner."""
    return write_message(
        kind=WON_COLLEAGUE,
        about=winner,
        recipient=person.email,
        occurrence=_stamp(mailing, winner.answered_at, winner.embargo_until, winner.entry.nomination.nominee.email),
        subject=_("%(nominee)s won: %(category)s") % {"nominee": winner.entry.nomination.nominee, "category": winner.category},
        template="award_won_colleague",
        context=_of_winner(winner, now) | {"person": person},
        not_before=now,
        mailing=mailing,
    )


def award_not_selected(nomination: Nomination, *, mailing: Mailing, strength: str, contact: User | None, now: datetime):
    """Thanks to a nominee who did not win, with what the judges liked best and never a number."""
    program = nomination.program
    return write_message(
        kind=NOT_SELECTED,
        about=nomination,
        recipient=nomination.nominee.email,
        occurrence=_stamp(mailing, strength, contact),
        subject=_("%(program)s: thank you for your story") % {"program": program},
        template="award_not_selected",
        context={
            "nomination": nomination,
            "nominee": nomination.nominee,
            "program": program,
            "strength": strength,
            "contact": contact,
        },
        reply_to=contact.email if contact else "",
        not_before=now,
        mailing=mailing,
    )


def award_not_selected_colleague(
    program: Program, person: User, *, mailing: Mailing, thanked: list[Nomination], silent: list[Nomination], now: datetime
):
    """One mail for all of a colleague's nominations that were not selected; `silent` are nominees we do not write to."""
    return write_message(
        kind=NOT_SELECTED_COLLEAGUE,
        about=program,
        recipient=person.email,
        occurrence=_stamp(mailing, *(one.pk for one in thanked), "-", *(one.pk for one in silent)),
        subject=_("%(program)s: what became of your nominations") % {"program": program},
        template="award_not_selected_colleague",
        context={
            "program": program,
            "person": person,
            "thanked": thanked,
            "silent": silent,
            "link": absolute_url(reverse("nominations")),
            "link_text": _("Your nominations"),
        },
        not_before=now,
        mailing=mailing,
    )


def _of_winner(winner, now):
    program = winner.category.program
    embargo = winner.embargo_until if winner.embargo_until and winner.embargo_until > now else None
    return {
        "winner": winner,
        "category": winner.category,
        "program": program,
        "nominee": winner.entry.nomination.nominee,
        "embargo": in_words(embargo, program.time_zone) if embargo else "",
        "link": _public_page(winner),
        "link_text": _("The winner's page"),
    }


def _public_page(winner):
    return absolute_url(reverse("winner", args=[winner.category.program.slug, winner.pk]))


def _stamp(mailing, *facts):
    """After a mailing that was cancelled the next one is written anew."""
    return hashlib.sha256("|".join(str(fact) for fact in [mailing.key, *facts]).encode()).hexdigest()[:16]
