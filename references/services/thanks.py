"""The customer hears what came of it: the requester's thanks, and later that the deal was won. Nothing claims a cause."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from advocacy.blind import blind
from advocacy.exceptions import WordsNeeded
from advocacy.models import Ask, User
from references import briefs, call_mails
from references.exceptions import NotWanted
from references.models import Candidate, ReferenceRequest
from references.services import steps

Status = ReferenceRequest.Status
# The requester's own thanks come first, for so long.
WAIT_FOR_THANKS = timedelta(days=7)


def suggested_thanks(request: ReferenceRequest, candidate: Candidate) -> str:
    """A text to start from: what happened, what came of it as the requester wrote it, no promise and no cause."""
    opening = _("Thank you for the time you took for %(whom)s.") % {"whom": briefs.prospect_label(request) or _("our prospect")}
    came = blind(request.outcome)
    won = _("They have decided for us. You were one of the voices they heard.") if _is_won(request) else ""
    closing = _("It meant a lot to us that they could hear it from you.")
    return "\n\n".join(part for part in (opening, came, won, closing) if part)


def _is_won(request):
    return bool(request.opportunity and request.opportunity.is_won)


@transaction.atomic
def thank_advocate(*, request: ReferenceRequest, text: str, by: User, now: datetime) -> ReferenceRequest:
    """Send the requester's thanks, once; without an address the CSM gets them to pass on. Raises NotWanted, WordsNeeded."""
    text = WordsNeeded.unless(text, _("Write a sentence of thanks."))
    request = steps.lock(request)
    if request.status != Status.COMPLETED:
        raise NotWanted(_("Thanks go out once the conversation has taken place."))
    if request.thanked_at:
        return request
    candidate = steps.current_or_raise(request, _("Nobody is put forward for this request."))
    candidate.request = request
    contact = briefs.contact_of(candidate, now)
    request.thanks, request.thanked_at = text, now
    if _is_won(request):
        request.win_told_at = now
    request.save(update_fields=["thanks", "thanked_at", "win_told_at"])
    if to := candidate.advocate.email or (contact and contact.email):
        call_mails.thanks(candidate, text=blind(text), to=to, contact=contact)
    return request


def wins_to_tell(now: datetime) -> QuerySet[ReferenceRequest]:
    """Won deals of which the advocate has not heard: after the requester's thanks, or where those do not come."""
    long_held = Q(candidates__ask__state=Ask.State.DONE, candidates__ask__ended_at__lte=now - WAIT_FOR_THANKS)
    held = Q(thanked_at__isnull=False) | long_held
    won = ReferenceRequest.objects.filter(held, status=Status.COMPLETED, opportunity__is_won=True, win_told_at__isnull=True)
    return won.distinct().order_by("pk")


@transaction.atomic
def tell_of_win(*, request: ReferenceRequest, now: datetime) -> int:
    """Tell the advocate once that the company they spoke with is a customer now; returns how many were told."""
    request = steps.lock(request)
    candidate = steps.current(request)
    if request.win_told_at or candidate is None:
        return 0
    request.win_told_at = now
    request.save(update_fields=["win_told_at"])
    candidate.request = request
    contact = briefs.contact_of(candidate, now)
    told_before = ReferenceRequest.objects.filter(
        opportunity=request.opportunity, candidates__advocate=candidate.advocate, win_told_at__isnull=False
    ).exclude(pk=request.pk)
    to = candidate.advocate.email
    if not to or told_before.exists():
        return 0
    call_mails.deal_won(candidate, to=to, contact=contact, now=now)
    return 1
