"""Offers of awards: to the nominee, and to whoever looks after them."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.walltime import in_words
from awards.deadlines import end_of
from awards.models import Winner
from outbox.models import Mailing
from outbox.services import absolute_url, preview_message, write_message

OFFER = "award_offer"
OFFER_COLLEAGUE = "award_offer_colleague"
REMINDER_KINDS = ["award_reminder", "award_reminder_colleague"]
TAKEN_BACK = "award_taken_back"
# Pointless once there is an answer, or the offer is gone.
OFFER_KINDS = [OFFER, OFFER_COLLEAGUE, *REMINDER_KINDS, TAKEN_BACK]

NO_LINK = "https://…"


def award_offer(winner: Winner, *, token: str, contact: User | None, deadline: str, now: datetime):
    """The offer itself; answers go to whoever looks after the customer."""
    link = absolute_url(reverse("award", args=[token]))
    return write_message(
        kind=OFFER,
        about=winner,
        recipient=winner.entry.nomination.nominee.email,
        occurrence=_moment(now),
        **_offer(winner, link=link, contact=contact, deadline=deadline),
        not_before=now,
    )


def preview_offer(winner: Winner, *, contact: User | None, deadline: str) -> tuple[str, str]:
    return preview_message(**_offer(winner, link=NO_LINK, contact=contact, deadline=deadline))


def award_offered_colleague(winner: Winner, person: User, *, deadline: str, now: datetime):
    """Whoever looks after the customer hears of the offer, and asks themselves where there is no address."""
    nomination = winner.entry.nomination
    return write_message(
        kind=OFFER_COLLEAGUE,
        about=winner,
        recipient=person.email,
        occurrence=_moment(now),
        subject=_("%(nominee)s is offered an award: %(category)s") % {"nominee": nomination.nominee, "category": winner.category},
        template="award_offer_colleague",
        context=_context(winner, person=person, deadline=deadline, link=_nomination_page(nomination)),
        reply_to=_team_address(winner),
        not_before=now,
    )


def award_reminder(winner: Winner, *, token: str, contact: User | None, occurrence: str, deadline: str, now: datetime):
    return write_message(
        kind=REMINDER_KINDS[0],
        about=winner,
        recipient=winner.entry.nomination.nominee.email,
        occurrence=occurrence,
        subject=_("Please answer by %(deadline)s: your award") % {"deadline": deadline},
        template="award_reminder",
        context=_context(
            winner,
            contact=contact,
            deadline=deadline,
            link=absolute_url(reverse("award", args=[token])),
            link_text=_("Read and answer"),
        ),
        reply_to=contact.email if contact else "",
        not_before=now,
        latest=_last_moment(winner),
    )


def award_reminder_colleague(winner: Winner, person: User, *, occurrence: str, deadline: str, now: datetime):
    nomination = winner.entry.nomination
    return write_message(
        kind=REMINDER_KINDS[1],
        about=winner,
        recipient=person.email,
        occurrence=occurrence,
        subject=_("%(nominee)s has not answered yet: %(category)s")
        % {"nominee": nomination.nominee, "category": winner.category},
        template="award_reminder_colleague",
        context=_context(winner, person=person, deadline=deadline, link=_nomination_page(nomination)),
        reply_to=_team_address(winner),
        not_before=now,
        latest=_last_moment(winner),
    )


def award_answered(winner: Winner, person: User, *, why: str, now: datetime):
    names = {"nominee": winner.entry.nomination.nominee, "category": winner.category}
    accepted = winner.status == Winner.Status.ACCEPTED
    return write_message(
        kind="award_answered",
        about=winner,
        recipient=person.email,
        occurrence=_moment(now),
        subject=(_("%(nominee)s accepts: %(category)s") if accepted else _("%(nominee)s declines: %(category)s")) % names,
        template="award_answered",
        context=_context(winner, person=person, accepted=accepted, why=why, link=_nomination_page(winner.entry.nomination)),
        reply_to=winner.entry.nomination.nominee.email,
        not_before=now,
    )


def award_lapsed(winner: Winner, person: User, *, now: datetime):
    names = {"nominee": winner.entry.nomination.nominee, "category": winner.category}
    return write_message(
        kind="award_lapsed",
        about=winner,
        recipient=person.email,
        occurrence=f"{winner.answer_by}",
        subject=_("%(nominee)s did not answer in time: %(category)s") % names,
        template="award_lapsed",
        context=_context(winner, person=person, link=_nomination_page(winner.entry.nomination)),
        reply_to=_team_address(winner),
        not_before=now,
    )


def place_became_free(winner: Winner, following: Winner | None, person: User, *, now: datetime):
    """The team hears who is next, or that nobody is left."""
    return write_message(
        kind="award_place_free",
        about=winner,
        recipient=person.email,
        occurrence=_moment(now),
        subject=_("A place is free: %(category)s") % {"category": winner.category},
        template="award_place_free",
        context=_context(
            winner,
            person=person,
            following=following,
            lapsed=winner.status == Winner.Status.LAPSED,
            link=absolute_url(reverse("results-offers", args=[winner.category.program.slug])),
            link_text=_("Offers"),
        ),
        not_before=now,
    )


def award_taken_back(winner: Winner, recipient: str, *, last: int, mailing: Mailing, contact: User | None, now: datetime):
    """The correction for somebody who was told of the award, waiting in its mailing. `last` is the mail it corrects."""
    nominee = winner.entry.nomination.nominee
    return write_message(
        kind=TAKEN_BACK,
        about=winner,
        recipient=recipient,
        occurrence=f"{last}",
        subject=_("A correction: %(category)s, %(program)s") % {"category": winner.category, "program": winner.category.program},
        template="award_taken_back",
        context=_context(winner, contact=contact, to_nominee=bool(nominee and nominee.email == recipient)),
        reply_to=contact.email if contact else "",
        not_before=now,
        mailing=mailing,
    )


def _offer(winner, *, link, contact, deadline):
    program = winner.category.program
    quiet_until = max(filter(None, [program.announces_at, winner.embargo_until]))
    return {
        "subject": _("You are chosen: %(category)s, %(program)s") % {"category": winner.category, "program": program},
        "template": "award_offer",
        "context": _context(
            winner,
            contact=contact,
            deadline=deadline,
            quiet_until=in_words(quiet_until, program.time_zone),
            link=link,
            link_text=_("Read and answer"),
        ),
        "reply_to": contact.email if contact else "",
    }


def _context(winner, **facts):
    nomination = winner.entry.nomination
    return {
        "winner": winner,
        "category": winner.category,
        "program": winner.category.program,
        "nomination": nomination,
        "nominee": nomination.nominee,
        **({"link_text": _("Look at the nomination")} if facts.get("link") else {}),
        **facts,
    }


def _nomination_page(nomination):
    return absolute_url(nomination.get_absolute_url())


def _last_moment(winner):
    return end_of(winner.answer_by, winner.category.program.time_zone) if winner.answer_by else None


def _team_address(winner):
    contact = winner.category.program.contact
    return contact.email if contact else ""


def _moment(now):
    return f"{now:%Y%m%dT%H%M%S}"
