"""The customer is asked, by Laurel or by their CSM, and says no or later; their yes is in `slots`."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.links import use_link
from advocacy.models import Advocate, Ask, SecretLink, User, Verification, Willingness
from advocacy.services import pause_advocate, set_willingness, verify_section
from advocacy.workflow import record_change
from advocacy.working_time import day_of
from references import briefs, call_mails
from references.exceptions import NoAddress, NotWanted, TooSoon
from references.models import Candidate, ReferenceRequest
from references.services import steps
from references.services.due import ADVOCATE_ANSWER, due_for
from references.services.endings import go_on_or_end
from references.services.ways_in import link_for_advocate
from references.standing import TAKES_NO, standing_of

Refusal = Candidate.Refusal
NO_WORDS = {Refusal.KIND: Willingness.Answer.NO, Refusal.ASK_FIRST: Willingness.Answer.ASK_FIRST}


@dataclass(frozen=True)
class OwnMail:
    """A text for a mail of the CSM's own, with the customer's page in it."""

    to: str
    subject: str
    text: str


def lock_current(candidate: Candidate, sentence: str = "") -> tuple[ReferenceRequest, Candidate]:
    """Request and candidacy as they are now, held until the transaction ends; raises NotWanted when it is over."""
    request = steps.lock(candidate.request)
    candidate = Candidate.objects.select_related(
        "advocate__account__csm__deputy", "advocate__account__industry", "advocate__search_row", "ask"
    ).get(pk=candidate.pk)
    candidate.request = request
    if candidate.state != Candidate.State.APPROVED or request.status not in OPEN_TO_CUSTOMER:
        raise NotWanted(sentence or _("This is over: there is nothing to answer any more."))
    return request, candidate


OPEN_TO_CUSTOMER = {
    ReferenceRequest.Status.APPROVED,
    ReferenceRequest.Status.SCHEDULED,
    ReferenceRequest.Status.NO_SHOW,
}


@transaction.atomic
def ask_by_laurel(*, candidate: Candidate, by: User | None, now: datetime, again: str = "") -> Candidate:
    """Mail the customer the page on which they answer; raises NotWanted and NoAddress."""
    request, candidate = lock_current(candidate)
    if not candidate.advocate.email:
        raise NoAddress(_("We know no e-mail address of this customer. Ask in person and record the answer."))
    _note_asked(request, candidate, by_laurel=True, by=by, now=now)
    call_mails.customer_asked(candidate, token=link_for_advocate(candidate, now), again=again, now=now)
    return candidate


@transaction.atomic
def ask_in_own_words(*, candidate: Candidate, by: User, link_to, now: datetime) -> OwnMail:
    """The CSM writes a mail of their own: the text for it, with a fresh link; `link_to` makes an address of a token."""
    request, candidate = lock_current(candidate)
    _note_asked(request, candidate, by_laurel=False, by=by, now=now)
    link = link_to(link_for_advocate(candidate, now))
    context, _contact = call_mails.question(candidate, link=link, again="", now=now)
    lines = [
        _("Hello %(name)s,") % {"name": candidate.advocate.name.split(" ")[0]},
        *context["paragraphs"],
        *(f"{label}: {value}" for label, value in context["facts"]),
        f"{context['link_text']}:\n{link}",
        *context["closing"],
        by.name,
    ]
    return OwnMail(candidate.advocate.email, call_mails.subject_of_question(request), "\n\n".join(lines))


def _note_asked(request, candidate, *, by_laurel, by, now):
    candidate.asked_by_laurel, candidate.asked_at = by_laurel, now
    candidate.save(update_fields=["asked_by_laurel", "asked_at"])
    give_to_keeper(request, candidate, now)


def give_to_keeper(request: ReferenceRequest, candidate: Candidate, now: datetime) -> None:
    """The customer is to answer; whoever looks after them sees that they do."""
    keeper = steps.keeper_of(candidate, now)
    steps.hand_over(request, to=keeper, due_at=due_for(ADVOCATE_ANSWER, keeper, now))


# The answers that end it ------------------------------------------------------------------------


@transaction.atomic
def take_no(
    *, candidate: Candidate, refusal: str, note: str, by: User | None, now: datetime, link: SecretLink | None = None
) -> Candidate:
    """The customer says no: it counts as theirs, feeds the profile, and the request goes on to the next one.

    Before or after a time was agreed. Raises NotWanted, and LinkUsed for a link used before.
    """
    request, candidate = _begin(candidate, link, now)
    words = str(Refusal(refusal).label)
    candidate.refusal = refusal
    candidate.save(update_fields=["refusal"])
    _feed_profile(candidate, refusal, by, now, words)
    _leave(request, candidate, ask_state=Ask.State.DECLINED, by=by, link=link, why=words, note=note.strip(), now=now)
    return candidate


@transaction.atomic
def take_later(*, candidate: Candidate, until: date, by: User | None, now: datetime, link: SecretLink | None = None) -> Candidate:
    """Not before a day: nobody asks them until then, the ask is given back, and the request goes on. Raises TooSoon."""
    if until <= day_of(now):
        raise TooSoon(_("Choose a day that is still to come."))
    request, candidate = _begin(candidate, link, now)
    why = _("Later: not before %(day)s.") % {"day": date_format(until, "j F Y")}
    _rest_until(candidate.advocate, until, why, by, now)
    _leave(request, candidate, ask_state=Ask.State.CANCELLED, by=by, link=link, why=why, now=now)
    return candidate


def _begin(candidate, link, now):
    request, candidate = lock_current(candidate)
    if standing_of(request, candidate, now) not in TAKES_NO:
        raise NotWanted(_("The agreed time has come. Please answer the mail you got."))
    if link:
        use_link(link=link, now=now)
    return request, candidate


def _leave(request, candidate, *, ask_state, by, link, why, now, note=""):
    steps.give_back(candidate, state=Candidate.State.DECLINED, ask_state=ask_state, by=by, now=now, why=why)
    contact = briefs.contact_of(candidate, now)
    if note:
        # Their own words are for the CSM and the team: the ledger's history, not the request, which sales reads.
        record_change(candidate.ask, from_status=ask_state, to_status=ask_state, by=by, why=note, changed_at=now)
    if link and contact:
        details = "\n".join(part for part in (why, note) if part)
        call_mails.customer_answered(candidate, to=contact, answer=_("No, or not now"), details=details, now=now)
    go_on_or_end(request=request, after=candidate, by=by, now=now, why=why)


def _feed_profile(candidate, refusal, by, now, why):
    advocate, activity = candidate.advocate, candidate.request.activity_type
    if answer := NO_WORDS.get(refusal):
        known = advocate.willingness.filter(activity_type=activity).first()
        set_willingness(advocate=advocate, activity_type=activity, answer=answer, cap=known.cap if known else None)
        method = Verification.Method.CSM if by else Verification.Method.LINK
        verify_section(advocate=advocate, section=Verification.Section.WILLINGNESS, method=method, by=by, now=now)
    elif refusal == Refusal.AT_ALL:
        _rest_until(advocate, None, why, by, now)


def _rest_until(advocate, until, why, by, now):
    if advocate.status in (Advocate.Status.ACTIVE, Advocate.Status.PAUSED):
        pause_advocate(advocate=advocate, until=until, by=by, now=now, why=why)
