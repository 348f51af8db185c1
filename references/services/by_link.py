"""The answer of whoever got the mail, without a sign-in: the link says who they are and of which advocate."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.exceptions import LinkExpired
from advocacy.links import find_link, use_link
from advocacy.models import Account, Advocate, SecretLink, User
from advocacy.working_time import day_of
from references.models import Candidate, ReferenceRequest
from references.services import answers

State = Candidate.State


@dataclass(frozen=True)
class Opened:
    """What a link opens, and for whom."""

    link: SecretLink
    candidate: Candidate
    person: User

    @property
    def request(self) -> ReferenceRequest:
        return self.candidate.request


def open_link(*, token: str) -> Opened:
    """The link behind a token, used or expired too; raises LinkUnknown, and LinkExpired where it is its reader's no more."""
    link = find_link(purpose=SecretLink.Purpose.APPROVE_REFERENCE, token=token)
    person = User.objects.filter(pk=link.detail, is_active=True).first()
    if person is None:
        raise LinkExpired(_("This link was for somebody who does not work here any more."))
    related = ["request__requester", "request__opportunity__account", "request__activity_type", "decided_by", "ask"]
    candidate = Candidate.objects.select_related(*related, "advocate__account__csm", "advocate__search_row").get(
        pk=link.object_id
    )
    if not _speaks_for(person, candidate.advocate.account):
        raise LinkExpired(_("Somebody else looks after this customer now, and has been told."))
    return Opened(link, candidate, person)


def _speaks_for(person: User, account: Account | None) -> bool:
    """Still the CSM, the deputy or the team; whether one of them is away today does not matter to an answer."""
    csm = account and account.csm
    return person.runs_program or bool(csm and person.pk in (csm.pk, csm.deputy_id))


def is_open(candidate: Candidate, now: datetime) -> bool:
    """Whether the answer is still wanted, whatever became of one link."""
    return candidate.state == State.PROPOSED and answers.is_held(candidate.ask, now)


def others_of(candidate: Candidate, now: datetime):
    """The free advocates of the same CSM, for “not this one, but”; of accounts without a CSM their team's."""
    account = candidate.advocate.account
    tried = candidate.request.candidates.exclude(state=State.WAITING).values("advocate")
    mine = Advocate.objects.filter(account__isnull=False, account__csm=account and account.csm)
    return (
        mine.active()
        .free_for(candidate.request.activity_type, day_of(now), now)
        .exclude(pk__in=tried)
        .select_related("account__industry")
        .order_by("name", "pk")
    )


@transaction.atomic
def answer_by_link(*, opened: Opened, answer: str, now: datetime, **fields) -> Candidate:
    """Approve, decline, not_now or other, as the person of the link; raises LinkUsed, or what the answer raises."""
    use_link(link=opened.link, now=now)
    step = {
        "approve": answers.approve_candidate,
        "decline": answers.decline_candidate,
        "not_now": answers.decline_for_now,
        "other": answers.replace_candidate,
    }[answer]
    if answer != "approve":
        fields["seen"] = State.PROPOSED
    return step(candidate=opened.candidate, by=opened.person, now=now, **fields)
