"""Somebody offers to speak for us on the public page, and confirms it from their own mailbox."""

from datetime import datetime, timedelta

from django.db import transaction

from advocacy.companies import account_of
from advocacy.exceptions import AlreadyAdvocate
from advocacy.links import issue_link, read_link, use_link
from advocacy.models import Introduction, Recruitment, SecretLink
from advocacy.recruiting import emails
from advocacy.services.people import find_or_add_advocate
from advocacy.services.person_matches import look_for_person
from advocacy.services.recruiting import put_forward

LINK_LASTS = timedelta(days=7)
UNCONFIRMED_LAST = timedelta(days=30)
PURPOSE = SecretLink.Purpose.CONFIRM_INTRODUCTION


@transaction.atomic
def send_introduction(*, form_key, activities, now: datetime, **fields) -> Introduction:
    """Keep what somebody sent, and mail them the link that makes it count. The same form sent twice is one row and one mail."""
    kept, is_new = Introduction.objects.get_or_create(form_key=form_key, defaults=fields | {"created_at": now})
    if is_new:
        kept.activities.set(activities)
        expires_at = now + LINK_LASTS
        token = issue_link(purpose=PURPOSE, about=kept, expires_at=expires_at)
        emails.confirm_introduction(kept, token=token, expires_at=expires_at)
    return kept


def read_introduction(*, token: str, now: datetime) -> Introduction:
    """What stands behind a link, for the page that asks; raises LinkInvalid (LinkUsed when confirmed)."""
    return read_link(purpose=PURPOSE, token=token, now=now).about


@transaction.atomic
def confirm_introduction(*, token: str, now: datetime) -> Introduction:
    """Make it count: the company by the e-mail's domain, else open for the team to link; whoever looks after it is told.

    Raises LinkInvalid.
    """
    link = read_link(purpose=PURPOSE, token=token, now=now)
    use_link(link=link, now=now)
    kept = Introduction.objects.select_for_update(of=("self",)).get(pk=link.object_id)
    account = account_of(kept.email)
    said = {"name": kept.name, "email": kept.email, "title": kept.title}
    advocate = find_or_add_advocate(account=account, now=now, fills_address=False, **said)
    look_for_person(advocate=advocate, now=now)
    try:
        kept.recruitment = put_forward(advocate=advocate, by=None, why=kept.why, source=Recruitment.Source.THEMSELVES, now=now)
    except AlreadyAdvocate:
        emails.introduced_again(kept, advocate, now=now)
    kept.confirmed_at = now
    kept.save(update_fields=["recruitment", "confirmed_at"])
    return kept


def remove_unconfirmed_introductions(*, now: datetime) -> int:
    """Delete what nobody confirmed, well after its link expired."""
    return Introduction.objects.filter(confirmed_at=None, created_at__lte=now - UNCONFIRMED_LAST).delete()[0]
