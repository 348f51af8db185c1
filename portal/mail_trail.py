"""Every mail about one nomination, or about one request: what belongs to it, and how much of each mail its reader may know."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.models import Ask, SecretLink, User
from awards.models import FollowThroughStep, Judge, PreparationItem, Winner
from nominations.models import Alert, Clarification, Entry, Nomination, NomineeReply, SectionRequest, SelfNomination
from outbox.kinds import label_of
from outbox.masking import mask_secrets
from outbox.models import Message
from outbox.trail import mails_about
from outbox.waiting import Outlook
from references.models import Candidate, Debrief, ReferenceRequest, Slot, UnmetNeed

STAFF = "outbox.view_message"


@dataclass(frozen=True)
class Told:
    """One mail as its reader may know it: of others' mails, those outside the team know the kind and not the words."""

    message: Message
    kind: str
    to: str
    subject: str
    text: str
    outlook: str
    page: str


def of_nomination(nomination: Nomination, user: User, now: datetime) -> list[Told]:
    own = {"nomination": nomination}
    parts = [
        Nomination.objects.filter(pk=nomination.pk),
        *(model.objects.filter(**own) for model in (NomineeReply, SectionRequest, Clarification, Alert, SelfNomination, Entry)),
        _links_about(NomineeReply.objects.filter(**own)),
        _links_about(Nomination.objects.filter(pk=nomination.pk)),
    ]
    if user.has_perm(STAFF) and not Judge.objects.sealing(user, now).filter(program=nomination.program_id).exists():
        parts += [
            Winner.objects.filter(entry__nomination=nomination),
            FollowThroughStep.objects.filter(winner__entry__nomination=nomination),
            PreparationItem.objects.filter(winner__entry__nomination=nomination),
        ]
    return _told(mails_about(parts), user, now)


def of_request(request: ReferenceRequest, user: User, now: datetime) -> list[Told]:
    candidates = Candidate.objects.filter(request=request)
    parts = [
        ReferenceRequest.objects.filter(pk=request.pk),
        candidates,
        Ask.objects.filter(candidate__in=candidates),
        Slot.objects.filter(candidate__in=candidates),
        Debrief.objects.filter(candidate__in=candidates),
        UnmetNeed.objects.filter(request=request),
        _links_about(candidates),
    ]
    return _told(mails_about(parts), user, now)


def _links_about(rows: QuerySet) -> QuerySet:
    return SecretLink.objects.filter(content_type=ContentType.objects.get_for_model(rows.model), object_id__in=rows.values("pk"))


def _told(messages, user, now):
    if not user.has_perm(STAFF):
        # What nobody has released yet would tell who won, and who did not.
        messages = messages.exclude(state__in=[Message.State.HELD, Message.State.CANCELLED])
    messages = list(messages)
    colleagues = {person.email.lower(): person for person in User.objects.filter(email__in={one.recipient for one in messages})}
    outlook = Outlook.at(messages, now)
    return [_tell(message, user, colleagues, outlook) for message in messages]


def _tell(message, user, colleagues, outlook):
    is_staff, is_own = user.has_perm(STAFF), message.recipient == user.email.lower()
    colleague = colleagues.get(message.recipient)
    return Told(
        message=message,
        kind=label_of(message.kind),
        to=_("you") if is_own else str(colleague) if colleague else message.recipient if is_staff else _("somebody outside"),
        subject=message.subject if is_staff or is_own else "",
        text=mask_secrets(message.text) if is_own or is_staff else "",
        outlook=outlook.why(message),
        page=reverse("admin:outbox_message_change", args=[message.pk]) if is_staff else "",
    )
