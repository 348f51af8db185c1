from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.companies import account_of
from advocacy.links import issue_link, read_link, use_link
from advocacy.models import Consent, SecretLink, User
from advocacy.services import find_or_add_advocate
from nominations import emails
from nominations.models import Nomination, Program, SelfNomination
from nominations.services.drafts import save_draft
from nominations.services.replies import record_reply
from nominations.services.submission import check_program_takes_nominations, submit_nomination

LINK_LASTS = timedelta(days=7)
UNCONFIRMED_LAST = timedelta(days=30)
PURPOSE = SecretLink.Purpose.CONFIRM_SELF_NOMINATION
STORY = ("headline", "before_state", "narrative", "business_outcome", "human_element", "consented_to")


@transaction.atomic
def send_self_nomination(*, program: Program, data: dict, now: datetime, is_late: bool = False) -> SelfNomination:
    """Keep what a customer sent and mail them the link that makes it count.

    `is_late` says that the form was open when the call closed: it is kept, and becomes a draft once confirmed.
    The same form sent twice is one row and one mail. Raises ProgramNotOpen.
    """
    if not is_late:
        check_program_takes_nominations(program=program, now=now)
    form_key = data["form_key"]
    fields = {**data, "program": program, "consented_to": program.consent_text, "sent_at": now}
    kept, is_new = SelfNomination.objects.get_or_create(form_key=form_key, defaults=fields)
    if is_new:
        expires_at = now + LINK_LASTS
        token = issue_link(purpose=PURPOSE, about=kept, expires_at=expires_at)
        emails.confirm_self_nomination(kept, token=token, expires_at=expires_at)
    return kept


def read_confirmation(*, token: str, now: datetime) -> SelfNomination:
    """The self-nomination behind a link, for the page that asks; raises LinkInvalid (LinkUsed when confirmed)."""
    return read_link(purpose=PURPOSE, token=token, now=now).about


@transaction.atomic
def confirm_self_nomination(*, token: str, now: datetime) -> Nomination:
    """Make what was sent count: account by e-mail domain, nominee found or added, CSM told.

    It counts from the moment it was sent, so a link opened after the deadline is in time. What was sent after it
    becomes a draft, which takes part when the advocacy team gives it more time. Raises LinkInvalid.
    """
    link = read_link(purpose=PURPOSE, token=token, now=now)
    use_link(link=link, now=now)
    kept = SelfNomination.objects.select_for_update(of=("self",)).select_related("program").get(pk=link.object_id)
    nomination = _nominate(kept)
    kept.confirmed_at = now
    kept.nomination = nomination
    kept.save(update_fields=["confirmed_at", "nomination"])
    if kept.program.takes_nominations(kept.sent_at):
        take_in(nomination=nomination, kept=kept, by=None, submitted_at=kept.sent_at, now=now)
    return nomination


def take_in(*, nomination: Nomination, kept: SelfNomination, by: User | None, submitted_at: datetime, now: datetime) -> None:
    """Submit what a customer sent and confirmed, with their own yes to it."""
    submit_nomination(nomination=nomination, by=by, now=submitted_at)
    record_reply(
        nomination=nomination,
        answer="yes",
        evidence=_("Self-nomination, confirmed from %(email)s.") % {"email": kept.email},
        by=None,
        now=now,
        method=Consent.Method.PAGE,
    )


def remove_unconfirmed(*, now: datetime) -> int:
    """Delete what nobody confirmed, well after its link expired."""
    return SelfNomination.objects.unconfirmed().filter(sent_at__lte=now - UNCONFIRMED_LAST).delete()[0]


def _nominate(kept):
    account = account_of(kept.email)
    data = {name: getattr(kept, name) for name in STORY} | {
        "account": account,
        "organization_as_given": kept.company,
        "nominee": find_or_add_advocate(account=account, name=kept.name, email=kept.email, title=kept.title, fills_address=False),
        "categories": list(kept.program.categories.filter(pk__in=kept.category_ids)),
    }
    return save_draft(program=kept.program, by=None, data=data, source=Nomination.Source.SELF)
