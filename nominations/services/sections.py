"""A colleague fills one section of a draft by a link: asked, withdrawn, answered."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.exceptions import LinkExpired
from advocacy.links import issue_link, read_link, use_link
from advocacy.models import SecretLink, User
from nominations import emails
from nominations.exceptions import AlreadySubmitted, ColleagueUnfit, SectionClosed, SectionTooLong
from nominations.models import Nomination, SectionRequest
from nominations.sections import joined
from nominations.services.stopping import stop_reminding_of_section

LINK_LASTS = timedelta(days=14)
PURPOSE = SecretLink.Purpose.FILL_SECTION


@transaction.atomic
def ask_for_section(
    *, nomination: Nomination, section: str, colleague: User, by: User, note: str, now: datetime
) -> SectionRequest:
    """Ask a colleague for one section by mail. Asked already and not answered yet, it is the same request and no mail.

    Raises AlreadySubmitted, or ColleagueUnfit where `colleague` writes the draft anyway or has left.
    """
    nomination = _locked_draft(nomination)
    if colleague.pk in (nomination.nominator_id, by.pk):
        raise ColleagueUnfit(_("%(name)s works on this draft already.") % {"name": colleague})
    if not colleague.is_active:
        raise ColleagueUnfit(_("%(name)s cannot sign in any more.") % {"name": colleague})
    for earlier in nomination.section_requests.waiting().filter(section=section, colleague=colleague):
        if links_of([earlier]).filter(expires_at__gt=now).exists():
            return earlier
    asked = SectionRequest.objects.create(
        nomination=nomination, section=section, asked_by=by, colleague=colleague, note=note, asked_at=now
    )
    expires_at = now + LINK_LASTS
    token = issue_link(purpose=PURPOSE, about=asked, expires_at=expires_at, detail=section)
    emails.section_wanted(asked, token=token, expires_at=expires_at)
    return asked


def read_section(*, token: str, now: datetime) -> SectionRequest:
    """The request behind a link, for the page that asks; raises LinkInvalid (SectionClosed when submitted meanwhile)."""
    return _request_of(read_link(purpose=PURPOSE, token=token, now=now))


@transaction.atomic
def answer_section(*, token: str, answer: dict, now: datetime) -> SectionRequest:
    """Put a colleague's words into the draft, below what stands there, and use the link up.

    `answer` maps fields of the section to clean values; empty ones are left out. The draft's `updated_at` stays:
    a window that is open elsewhere is no conflict, its next save joins the answer. Raises LinkInvalid or SectionTooLong.
    """
    link = read_link(purpose=PURPOSE, token=token, now=now)
    asked = _request_of(link)
    nomination = Nomination.objects.select_for_update(of=("self",)).get(pk=asked.nomination_id)
    if nomination.status != Nomination.Status.DRAFT:
        raise _closed()
    answer = {name: value for name, value in answer.items() if value not in ("", None)}
    fields = {name: joined(getattr(nomination, name), value) for name, value in answer.items()}
    _check_length(nomination, fields)
    use_link(link=link, now=now)
    if fields:
        Nomination.objects.filter(pk=nomination.pk).update(**fields)
    links_of([asked]).filter(expires_at__gt=now).update(expires_at=now)  # a reminder brought a link of its own
    stop_reminding_of_section(asked)
    asked.answer, asked.answered_at = answer, now
    asked.save(update_fields=["answer", "answered_at"])
    if asked.nomination.nominator:
        emails.section_answered(asked)
    return asked


@transaction.atomic
def withdraw_sections(*, requests, now: datetime) -> None:
    """Close the links of requests nobody answered, and stop their mails that have not gone out."""
    waiting = list(requests.waiting())
    links_of(waiting).filter(expires_at__gt=now).update(expires_at=now)
    for asked in waiting:
        stop_reminding_of_section(asked)


def links_of(requests):
    of_requests = SecretLink.objects.filter(content_type=ContentType.objects.get_for_model(SectionRequest))
    return of_requests.filter(purpose=PURPOSE, used_at__isnull=True, object_id__in=[asked.pk for asked in requests])


def _locked_draft(nomination):
    nomination = Nomination.objects.select_for_update(of=("self",)).select_related("program", "account").get(pk=nomination.pk)
    if nomination.status != Nomination.Status.DRAFT:
        raise AlreadySubmitted(_("This nomination was already submitted."))
    return nomination


def _request_of(link):
    asked = SectionRequest.objects.select_related(
        "nomination__program",
        "nomination__account__industry",
        "nomination__account__csm",
        "nomination__nominator",
        "nomination__nominee",
        "asked_by",
        "colleague",
    ).get(pk=link.object_id)
    if asked.nomination.status != Nomination.Status.DRAFT:
        raise _closed()
    if not asked.colleague.is_active:
        raise LinkExpired(_("This link has expired."))
    return asked


def _closed():
    return SectionClosed(_("The nomination was handed in meanwhile, so nothing more is needed. Thank you."))


def _check_length(nomination, fields):
    for value in fields.values():
        if isinstance(value, str) and len(value) > nomination.MAX_TEXT:
            over = len(value) - nomination.MAX_TEXT
            raise SectionTooLong(
                _("Together with what stands there already this is %(over)s characters too long.") % {"over": f"{over:,}"}
            )
