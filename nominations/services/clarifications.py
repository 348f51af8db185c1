"""Asking the nominator for what is missing. While that is open the nomination stands apart; it comes back by itself."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.people import responsible_for
from advocacy.workflow import record_change
from advocacy.working_time import day_of
from nominations import emails
from nominations.exceptions import NotAsked
from nominations.models import Clarification, Nomination
from nominations.services.stopping import stop_reminding_of_clarification

# What the person asked may still change of a nomination that is handed in.
TEXTS = (
    "headline",
    "business_outcome",
    "before_state",
    "narrative",
    "human_element",
    "use_case_text",
    "quote",
    "publicity_note",
)


def whom_to_ask(nomination: Nomination, now: datetime) -> User | None:
    """The nominator; where the customer nominated themselves or the nominator left, whoever stands for the customer."""
    people = [nomination.nominator, nomination.sponsor, *responsible_for(nomination.account, day_of(now))]
    return next((person for person in people if person and person.is_active), None)


@transaction.atomic
def ask_nominator(*, nomination: Nomination, question: str, answer_by: datetime, by: User, now: datetime) -> Clarification:
    """Write to the nominator; raises NotAsked when that is open already, too late, or there is nobody to ask."""
    nomination = _lock(nomination)
    _check_open(nomination, now)
    if nomination.clarifications.filter(answered_at=None, answer_by__gt=now).exists():
        raise NotAsked(_("This nomination waits for an answer already. Wait for it, or stop waiting first."))
    if answer_by <= now or answer_by > nomination.program.judging_opens_at:
        raise NotAsked(_("Choose a date from tomorrow on, and before judging opens."))
    if (person := whom_to_ask(nomination, now)) is None:
        raise NotAsked(_("There is nobody to ask: link the nomination to an account with a CSM."))
    asked = Clarification.objects.create(
        nomination=nomination, question=question, asked_by=by, asked_of=person, asked_at=now, answer_by=answer_by
    )
    emails.clarification_wanted(asked)
    return asked


@transaction.atomic
def answer_clarification(
    *, clarification: Clarification, answer: str, texts: dict, by: User, now: datetime, seen: str | None = None
) -> Clarification:
    """Take the answer and the changed texts; the nomination is back in the queue and the person who asked hears of it.

    `seen` is the `updated_at` the page showed. Raises NotAsked when it was answered, judging has opened, or another
    window changed the texts in between; nothing is written then.
    """
    nomination = _lock(clarification.nomination)
    clarification = Clarification.objects.select_for_update(of=("self",)).get(pk=clarification.pk)
    if clarification.answered_at:
        raise NotAsked(_("This was answered already, or is not needed any more."))
    _check_open(nomination, now)
    if seen is not None and seen != nomination.updated_at.isoformat():
        raise NotAsked(_("The nomination was changed in another window. What you typed is still here: look at both, then send."))
    changed = _write_texts(nomination, texts)
    clarification.answer, clarification.answered_at = answer, now
    clarification.save(update_fields=["answer", "answered_at"])
    _note(nomination, changed, by=by, now=now)
    stop_reminding_of_clarification(clarification)
    emails.clarification_answered(clarification, nomination, by=by, changed=changed)
    return clarification


@transaction.atomic
def stop_waiting(*, clarification: Clarification, now: datetime) -> None:
    """The team does not need the answer any more; raises NotAsked when it has come."""
    clarification = Clarification.objects.select_for_update(of=("self",)).get(pk=clarification.pk)
    if clarification.answered_at:
        raise NotAsked(_("This was answered already, or is not needed any more."))
    clarification.answered_at = now
    clarification.save(update_fields=["answered_at"])
    stop_reminding_of_clarification(clarification)


def _write_texts(nomination, texts):
    changed = [name for name in TEXTS if name in texts and getattr(nomination, name) != texts[name]]
    for name in changed:
        setattr(nomination, name, texts[name])
    if changed:
        nomination.save(update_fields=[*changed, "updated_at"])
    return [str(nomination._meta.get_field(name).verbose_name) for name in changed]


def _note(nomination, changed, *, by, now):
    why = _("Answered what was missing.")
    if changed:
        why = _("Answered what was missing, and changed: %(what)s.") % {"what": ", ".join(changed)}
    record_change(nomination, from_status=nomination.status, to_status=nomination.status, by=by, why=why, changed_at=now)


def _check_open(nomination, now):
    if nomination.status != Nomination.Status.SUBMITTED:
        raise NotAsked(_("Only submitted nominations are asked about."))
    if now >= nomination.program.judging_opens_at:
        raise NotAsked(_("Judging has opened: the text stays as the judges read it."))


def _lock(nomination):
    Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    return Nomination.objects.select_related("program", "account__csm", "nominator", "sponsor", "nominee").get(pk=nomination.pk)
