from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.consent_texts import OF_THE_COMPANY, TEXTS
from advocacy.models import Consent, User
from advocacy.services import record_consent
from advocacy.workflow import move
from nominations.exceptions import ReplyNotTaken
from nominations.models import Alert, Nomination, NomineeReply
from outbox.services import cancel_messages

Answer = NomineeReply.Answer
TO_NOMINEES = ["nominee_question", "nominee_reminder"]


@transaction.atomic
def record_reply(
    *,
    nomination: Nomination,
    answer: str,
    scope: Iterable[str] = (),
    evidence: str,
    by: User | None,
    now: datetime,
    given_by: str = "",
    method: str = Consent.Method.MAIL,
    seen: str | None = None,
    texts: dict = TEXTS,
) -> NomineeReply:
    """Write down the nominee's answer, one consent a purpose, and withdraw the nomination on a no.

    The same answer again writes nothing twice. A purpose that an earlier answer covered and this one
    does not is written as withdrawn. `seen` is the `mark_of` the reply whoever records last read: when the
    nominee answered since, nothing is written. `texts` are the words they were shown. Raises ReplyNotTaken or ForbiddenMove.
    """
    Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    nomination.refresh_from_db()
    _check(nomination, answer=answer)
    reply = NomineeReply.objects.filter(nomination=nomination).first() or NomineeReply(nomination=nomination)
    if seen is not None and seen != mark_of(reply):
        raise ReplyNotTaken(_("An answer came in while this page was open. Read it before you record another."))
    before = set(reply.scope)
    after = set(scope) if answer == Answer.YES else set()
    who = {"given_by": given_by or nomination.nominee.name, "method": method, "evidence": evidence, "recorded_by": by}
    _write_consents(nomination, after - before, texts, decision=Consent.Decision.GIVEN, now=now, **who)
    _write_consents(nomination, before - after, texts, decision=Consent.Decision.WITHDRAWN, now=now, **who)
    _write_reply(
        reply, answer=answer, scope=[purpose for purpose in TEXTS if purpose in after], evidence=evidence, by=by, now=now
    )
    if answer == Answer.NO:
        move(nomination, to=Nomination.Status.WITHDRAWN, by=by, why=_("The nominee said no."), changed_at=now)
    _stop_asking(nomination, reply, by=by, now=now)
    return reply


def mark_of(reply: NomineeReply | None) -> str:
    """Tells one answer from the next."""
    if reply is None or not reply.answer:
        return ""
    return "|".join([reply.answer, reply.answered_at.isoformat() if reply.answered_at else "", *sorted(reply.scope)])


def stop_mails(reply: NomineeReply) -> None:
    """Whatever still waits in the outbox for this nominee has lost its reason."""
    for kind in TO_NOMINEES:
        cancel_messages(kind=kind, about=reply)


def _stop_asking(nomination, reply, *, by, now):
    stop_mails(reply)
    bounced = Alert.objects.filter(nomination=nomination, kind=Alert.Kind.MAIL_BOUNCED, settled_at=None)
    bounced.update(settled_at=now, settled_by=by)


def _check(nomination, *, answer):
    if nomination.status != Nomination.Status.SUBMITTED:
        raise ReplyNotTaken(_("An answer is recorded for submitted nominations only."))
    if nomination.nominee is None:
        raise ReplyNotTaken(_("Nobody is named as nominee yet, so nobody can have answered."))
    if answer not in Answer.values:
        raise ReplyNotTaken(_("Choose what the nominee answered."))


def _write_consents(nomination, purposes, texts, **facts):
    for purpose in sorted(purposes):
        company = nomination.account if purpose in OF_THE_COMPANY else None
        record_consent(
            advocate=None if company else nomination.nominee,
            account=company,
            purpose=purpose,
            text_shown=str(texts[purpose]),
            **facts,
        )


def _write_reply(reply, *, answer, scope, evidence, by, now):
    reply.asked_at = reply.asked_at or now
    reply.answered_at = None if answer == Answer.NOT_YET else now
    reply.answer = answer
    reply.scope = scope
    reply.evidence = evidence
    reply.recorded_by = by
    reply.save()
