from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import Consent, SecretLink
from nominations.exceptions import ReplyNotTaken
from nominations.models import Nomination, NomineeReply
from nominations.questions import mails
from nominations.questions.people import contact_of, who_hears
from nominations.questions.standing import TAKES_ANSWERS, standing_of
from nominations.services.replies import record_reply


@transaction.atomic
def answer_question(*, reply: NomineeReply, answer: str, scope: Iterable[str], note: str, now: datetime) -> bool:
    """Take the nominee's own answer from their page, and tell who nominated and who looks after them.

    The same answer again changes nothing: False. Raises ReplyNotTaken when it is too late.
    """
    Nomination.objects.select_for_update(of=("self",)).get(pk=reply.nomination_id)
    nomination = Nomination.objects.for_page().get(pk=reply.nomination_id)
    reply = nomination.reply
    if standing_of(nomination, reply, now) not in TAKES_ANSWERS:
        raise ReplyNotTaken(_("This can no longer be answered here. Nothing was changed."))
    scope = set(scope) if answer == NomineeReply.Answer.YES else set()
    if reply.answer == answer and set(reply.scope) == scope and not note:
        return False
    evidence = _("Answered on their page, from the mail to %(email)s.") % {"email": nomination.nominee.email}
    evidence = f"{evidence}\n\n{note}" if note else evidence
    record_reply(
        nomination=nomination,
        answer=answer,
        scope=scope,
        evidence=evidence,
        by=None,
        now=now,
        method=Consent.Method.PAGE,
    )
    _tell(nomination, answer=answer, note=note, now=now)
    return True


def _tell(nomination, *, answer, note, now):
    for person in who_hears(nomination, now):
        mails.nominee_answered(nomination, person, note=note, now=now)
    if answer == NomineeReply.Answer.NO and nomination.nominee.email:
        mails.no_taken_kindly(nomination, contact=contact_of(nomination, now), now=now)


def want_another_link(*, link: SecretLink, now: datetime) -> str:
    """A nominee opened a link that has expired and asks for help; returns the name of who was told."""
    nomination = Nomination.objects.for_page().get(pk=link.about.nomination_id)
    contact = contact_of(nomination, now)
    if contact is None:
        return ""
    mails.link_expired(nomination, contact, link=link)
    return contact.name
