"""Three questions to each side after a conversation. Contact data never travels; sales reads what the customer shares."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.links import end_links, use_link
from advocacy.models import SecretLink, User
from outbox.models import Message
from references import briefs, call_mails
from references.exceptions import NotYet
from references.models import Candidate, Debrief, ReferenceRequest
from references.services import steps
from references.services.calls import note_no_show
from references.services.ways_in import link_for_debrief

Side = Debrief.Side
Status = ReferenceRequest.Status


@transaction.atomic
def ask_after_call(*, candidate: Candidate, now: datetime) -> int:
    """Mail both sides their questions, once for each time agreed; returns how many mails."""
    request = steps.lock(candidate.request)
    if request.status not in (Status.SCHEDULED, Status.COMPLETED) or not request.scheduled_for:
        return 0
    asked = Message.objects.filter(kind=call_mails.DEBRIEF, created_at__gte=request.scheduled_for).about(candidate)
    if asked.exists():
        return 0
    candidate.request = request
    advocate = candidate.advocate
    contact = briefs.contact_of(candidate, now)
    people = [
        (Side.ADVOCATE, advocate.email, advocate.name, contact),
        (Side.PROSPECT, request.prospect_email, request.prospect_name, request.requester),
    ]
    return sum(_mail(candidate, side, email, name, reads, now) for side, email, name, reads in people if email)


def _mail(candidate, side, email, name, reads, now):
    if candidate.debriefs.filter(side=side, answered_by=None).exists():
        return 0
    token = link_for_debrief(candidate, side, now)
    call_mails.debrief_wanted(candidate, recipient=email, name=name, token=token, reply_to=reads, now=now)
    return 1


@transaction.atomic
def answer_debrief(
    *, candidate: Candidate, side: str, by: User | None, now: datetime, link: SecretLink | None = None, **answers
) -> Debrief:
    """Keep one side's answers; `by` is the requester for the prospect, None for a side that answers by its link.

    A side's own words replace what somebody wrote for it, never the other way round. Raises NotYet before the
    time agreed and LinkUsed for a link used before.
    """
    request = steps.lock(candidate.request)
    if request.scheduled_for and request.scheduled_for > now:
        raise NotYet(_("It has not taken place yet. Please come back afterwards."))
    if link:
        use_link(link=link, now=now)
    known = Debrief.objects.filter(candidate=candidate, side=side).first()
    if known and known.answered_by_id is None and by is not None:
        return known
    _stop_reminding(candidate, side)
    fields = answers | {"answered_by": by, "answered_at": now}
    return Debrief.objects.update_or_create(candidate=candidate, side=side, defaults=fields)[0]


def _stop_reminding(candidate, side):
    """The side that has answered; the other one may still be asked."""
    email = candidate.advocate.email if side == Side.ADVOCATE else candidate.request.prospect_email
    waiting = Message.objects.waiting().filter(kind="debrief_again", recipient=email.lower()).about(candidate)
    waiting.update(state=Message.State.CANCELLED)
    if side == Side.PROSPECT:
        steps.stop_reminding(candidate, ["say_how_it_went"])


@transaction.atomic
def say_it_failed(*, candidate: Candidate, link: SecretLink, now: datetime) -> None:
    """One side says by its link that the conversation did not take place; whoever looks after the customer goes on."""
    use_link(link=link, now=now)
    side = Side(link.detail).label
    note_no_show(request=candidate.request, by=None, now=now, why=_("Said on their page: %(side)s.") % {"side": side})
    end_links(purpose=SecretLink.Purpose.DEBRIEF, about=candidate, now=now)


def debriefs_for(candidate: Candidate, user: User, *, looks_after: bool) -> list[Debrief]:
    """The answers this reader may read: CSM and team all, the requester the prospect's and what the customer shares."""
    debriefs = list(candidate.debriefs.select_related("answered_by"))
    if looks_after or user.has_perm("advocacy.run_program"):
        return debriefs
    return [debrief for debrief in debriefs if debrief.side == Side.PROSPECT or debrief.shares]
