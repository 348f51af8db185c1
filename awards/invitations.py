"""The links by which guests come in: only their hashes are kept, several may be alive at once, all end together.

A link is no single use: the same person opens the desk with it again and again until judging closes. When that
is, the program says and not the link, so that a moved deadline moves with it.
"""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.exceptions import LinkUnknown
from advocacy.links import find_link, issue_link
from advocacy.models import SecretLink
from advocacy.walltime import in_words
from awards.exceptions import InvitationEnded
from awards.models import Judge
from outbox.services import absolute_url

PURPOSE = SecretLink.Purpose.JUDGE


def issue_way_in(judge: Judge) -> str:
    """The address of a new link for a guest; the older ones stay as they are."""
    token = issue_link(purpose=PURPOSE, about=judge, expires_at=judge.program.judging_closes_at)
    return absolute_url(reverse("guest-invitation", args=[token]))


def end_ways_in(judge: Judge, now: datetime) -> int:
    """End every link of a guest, and with them the desks they opened; returns how many."""
    return _links_of(judge).filter(used_at__isnull=True).update(used_at=now)


def read_invitation(*, token: str, now: datetime) -> SecretLink:
    """The link behind a token; raises LinkUnknown or InvitationEnded with what to do."""
    link = find_link(purpose=PURPOSE, token=token)
    refuse_ended(link, now)
    return link


def read_seat(*, link_pk: int, now: datetime) -> Judge:
    """The guest whose desk was opened by a link; raises LinkUnknown or InvitationEnded."""
    link = SecretLink.objects.filter(purpose=PURPOSE, pk=link_pk).first()
    if link is None or link.about is None:
        raise LinkUnknown(_("Open the link in your invitation again to come back to your desk."))
    refuse_ended(link, now)
    return link.about


def refuse_ended(link: SecretLink, now: datetime) -> None:
    judge = link.about
    program = judge.program
    if judge.left_at:
        raise InvitationEnded(_("You are no longer a judge of %(program)s. What you had handed in stays.") % {"program": program})
    if link.used_at:
        raise InvitationEnded(_("This invitation was replaced by a newer one or taken back. Please open the newest mail."))
    if now > program.judging_closes_at:
        raise InvitationEnded(
            _("Judging of %(program)s closed on %(deadline)s. What you handed in counts. Thank you for judging.")
            % {"program": program, "deadline": in_words(program.judging_closes_at, program.time_zone)}
        )


def _links_of(judge):
    return SecretLink.objects.filter(purpose=PURPOSE, content_type=ContentType.objects.get_for_model(Judge), object_id=judge.pk)
