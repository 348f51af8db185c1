"""Guest judges: invited by the team with a link, let in, and taken back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import Account, SecretLink, StatusChange, User
from advocacy.workflow import history_of, record_change
from awards import emails
from awards.exceptions import InvitationEnded, JudgeNotAppointed
from awards.invitations import end_ways_in, issue_way_in, read_invitation
from awards.models import Judge
from awards.services.assigning import assign_judges, remove_judge
from nominations.models import Program
from outbox.services import cancel_messages

INVITED = "invited"
OPENED = "opened"
MAILS = ("judge_invitation", "judging_ends_soon")


def invite_guest(
    *, program: Program, name: str, email: str, kind: str, account: Account | None, by: User, now: datetime
) -> Judge:
    """Make somebody from outside a judge of the story and mail them their link. Somebody who left comes back.

    Raises JudgeNotAppointed for one of us, for a guest who is invited already, and after the close.
    """
    email = email.strip().lower()
    _refuse_after_the_close(program, now)
    if User.objects.filter(email=email, is_active=True).exists():
        raise JudgeNotAppointed(_("%(email)s is one of us: appoint them as a judge instead.") % {"email": email})
    with transaction.atomic():
        facts = {"guest_name": name, "guest_kind": kind, "guest_account": account, "left_at": None}
        present = Judge.objects.present().filter(program=program, guest_email=email)
        if present.exists():
            raise JudgeNotAppointed(_("%(email)s is invited already; send the invitation again.") % {"email": email})
        judge, _is_new = Judge.objects.update_or_create(
            program=program, guest_email=email, defaults=facts, create_defaults=facts | {"scores_partnership": False}
        )
        if program.rubric.exists():
            assign_judges(program=program, now=now)
        _send_invitation(judge, by, now)
    return judge


def send_invitation_again(*, judge: Judge, by: User, now: datetime) -> None:
    """A new link by mail; the older ones, and the desks opened by them, end. Raises InvitationEnded."""
    _refuse_after_the_close(judge.program, now)
    if judge.left_at or not judge.is_guest:
        raise InvitationEnded(_("%(judge)s is no guest judge of this program any more.") % {"judge": judge})
    with transaction.atomic():
        _send_invitation(Judge.objects.select_for_update(of=("self",)).get(pk=judge.pk), by, now)


def take_invitation_back(*, judge: Judge, by: User, why: str, now: datetime) -> None:
    """The guest gets in no more and judges no more. What they finished counts. Raises ReasonMissing."""
    with transaction.atomic():
        remove_judge(judge=judge, by=by, why=why, now=now)
        end_ways_in(judge, now)
        _stop_mails(judge)


def open_invitation(*, token: str, now: datetime) -> SecretLink:
    """The guest comes in. Raises LinkUnknown or InvitationEnded."""
    link = read_invitation(token=token, now=now)
    if not history_of(link.about).filter(to_status=OPENED).exists():
        record_change(link.about, from_status=INVITED, to_status=OPENED, changed_at=now)
    return link


def inviter_of(judge: Judge) -> User | None:
    """Who of us sent the invitation last."""
    change = history_of(judge).filter(to_status=INVITED).order_by("-changed_at", "-pk").first()
    return change.changed_by if change else judge.program.contact


def opened_by_judge(judges) -> dict[int, datetime]:
    """Judge id to the moment the first link was opened, in one query."""
    changes = StatusChange.objects.filter(
        content_type__app_label="awards",
        content_type__model="judge",
        object_id__in=[judge.pk for judge in judges],
        to_status=OPENED,
    )
    return dict(changes.order_by("-changed_at").values_list("object_id", "changed_at"))


def _send_invitation(judge, by, now):
    end_ways_in(judge, now)
    _stop_mails(judge)  # their links have just ended
    judge.invited_at = now
    judge.save(update_fields=["invited_at"])
    record_change(judge, from_status="", to_status=INVITED, by=by, changed_at=now)
    emails.judge_invitation(judge, link=issue_way_in(judge), by=by, occurrence=f"{now:%Y%m%dT%H%M%S%f}")


def _stop_mails(judge):
    for kind in MAILS:
        cancel_messages(kind=kind, about=judge)


def _refuse_after_the_close(program, now):
    if now > program.judging_closes_at:
        raise JudgeNotAppointed(_("Judging of %(program)s has closed.") % {"program": program})
