from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.links import issue_link
from advocacy.models import Account, Advocate, SecretLink, User
from advocacy.services.publicity import is_cleared
from nominations.exceptions import QuestionNotSent
from nominations.models import Nomination, NomineeReply
from nominations.publicity import source_key
from nominations.questions import mails
from nominations.questions.bounces import open_bounce, settle_bounce
from nominations.questions.people import contact_of, goes_at

Source = Nomination.Source
PURPOSE = SecretLink.Purpose.ANSWER_NOMINATION
# The page behind the link says what became of it for a while after the announcement.
LINK_OUTLIVES = timedelta(days=30)
REMIND_AFTER = timedelta(days=7)


def plan_question(*, nomination: Nomination, now: datetime) -> NomineeReply | None:
    """Say when the nominee is asked, unless the CSM acts first. Customers who nominated themselves said yes already."""
    if nomination.nominee_id is None or nomination.source in (Source.SELF, Source.IMPORT):
        return None
    planned = {"goes_at": goes_at(nomination, now)}
    return NomineeReply.objects.get_or_create(nomination=nomination, defaults=planned)[0]


def plan_again(*, nomination: Nomination, now: datetime) -> None:
    """A nomination is back: a mail whose time passed meanwhile does not go at once, the CSM has two days again."""
    overdue = NomineeReply.objects.filter(nomination=nomination, asked_at=None, answer="", goes_at__lte=now)
    overdue.update(goes_at=goes_at(nomination, now))


def why_not_sent(nomination: Nomination) -> str:
    """The sentence on why no mail may go to this nominee now; empty when one may."""
    if nomination.status != Nomination.Status.SUBMITTED:
        return _("Only submitted nominations are asked about.")
    if nomination.program.announced_at:
        return _("The winners are announced: there is nothing left to ask.")
    if nomination.nominee is None:
        return _("Nobody is named as nominee yet.")
    if nomination.nominee.status == Advocate.Status.RETIRED:
        return _("This person is retired as an advocate: we do not write to them.")
    if not nomination.nominee.email:
        return _("The nominee has no e-mail address. Add it to their profile, or ask in person and record the answer.")
    if _is_locked_down(nomination) and not is_cleared(source_key(nomination)):
        return _("The account is locked down: first its company approves this recognition. You may ask in person.")
    if _is_asked_for_another(nomination):
        return _("This person is asked for another nomination of this program already; the advocacy team joins the two.")
    return ""


@transaction.atomic
def release_question(*, nomination: Nomination, by: User | None, now: datetime) -> bool:
    """Mail the nominee the question; `by` is the CSM, or None when the time has come. False when it went already.

    After a bounce the mail may go again. Raises QuestionNotSent with the reason.
    """
    nomination = _lock(nomination)
    if nomination.nominee_id:  # one at a time: another nomination of the same person may be released just now
        Advocate.objects.select_for_update(no_key=True).get(pk=nomination.nominee_id)
    reply = NomineeReply.objects.get_or_create(nomination=nomination)[0]
    bounced = open_bounce(nomination)
    if reply.answer or (reply.asked_at and not bounced):
        return False
    if reason := why_not_sent(nomination):
        raise QuestionNotSent(reason)
    reply.asked_at, reply.released_by = now, by
    reply.save(update_fields=["asked_at", "released_by"])
    settle_bounce(nomination, by=by, now=now)
    _mail(nomination, reply, write=mails.nominee_question, now=now)
    return True


@transaction.atomic
def hold_question(*, nomination: Nomination, by: User) -> NomineeReply:
    """The CSM asks in person: no mail goes by itself. Raises QuestionNotSent when it has gone."""
    nomination = _lock(nomination)
    reply = NomineeReply.objects.get_or_create(nomination=nomination)[0]
    if reply.asked_at:
        raise QuestionNotSent(_("The mail has gone already, or the answer is recorded."))
    reply.goes_at = None
    reply.save(update_fields=["goes_at"])
    return reply


def send_due_questions(*, now: datetime) -> int:
    """Send what is due; two callers at once send each mail once. Returns how many went."""
    due = NomineeReply.objects.due(now).select_related("nomination")
    return sum(_send_if_due(reply, now=now) for reply in due)


@transaction.atomic
def _send_if_due(reply, *, now):
    _lock(reply.nomination)
    if not NomineeReply.objects.due(now).filter(pk=reply.pk).exists():
        return False
    return release_question(nomination=reply.nomination, by=None, now=now)


@transaction.atomic
def remind_nominee(*, reply: NomineeReply, now: datetime) -> None:
    """Ask once more whoever has not answered; whoever did in the last moment is not asked."""
    nomination = _lock(reply.nomination)
    waiting = NomineeReply.objects.to_remind(asked_before=now - REMIND_AFTER, kind=mails.REMINDER)
    if waiting.filter(pk=reply.pk).exists() and not why_not_sent(nomination):
        _mail(nomination, reply, write=mails.nominee_reminder, now=now)


def _mail(nomination, reply, *, write, now):
    expires_at = max(nomination.program.announces_at, now) + LINK_OUTLIVES
    token = issue_link(purpose=PURPOSE, about=reply, expires_at=expires_at)
    write(nomination, reply, token=token, contact=contact_of(nomination, now), now=now)


def _is_asked_for_another(nomination):
    """Two people nominated the same customer: nobody is asked twice."""
    of_the_same = Nomination.objects.filter(program=nomination.program_id, nominee=nomination.nominee_id)
    others = of_the_same.filter(status=Nomination.Status.SUBMITTED, reply__asked_at__isnull=False).exclude(pk=nomination.pk)
    return not NomineeReply.objects.filter(nomination=nomination, asked_at__isnull=False).exists() and others.exists()


def _is_locked_down(nomination):
    return bool(nomination.account) and nomination.account.publicity_status == Account.Publicity.LOCKED_DOWN


def _lock(nomination):
    Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    return Nomination.objects.for_page().get(pk=nomination.pk)
