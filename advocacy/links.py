import hashlib
import secrets
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _

from advocacy.exceptions import LinkExpired, LinkUnknown, LinkUsed
from advocacy.models import Advocate, SecretLink

TOKEN_BYTES = 32


def issue_link(*, purpose: str, about: Model, expires_at: datetime, detail: str = "") -> str:
    """A new token that opens `about` for one purpose, once. Only its hash is kept: it cannot be shown again."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    SecretLink.objects.create(
        purpose=purpose,
        token_hash=_hash(token),
        content_type=ContentType.objects.get_for_model(about),
        object_id=about.pk,
        detail=detail,
        expires_at=expires_at,
    )
    return token


def read_link(*, purpose: str, token: str, now: datetime) -> SecretLink:
    """The link behind a token, which stays as it is; raises LinkUnknown, LinkUsed or LinkExpired."""
    link = find_link(purpose=purpose, token=token)
    if link.used_at:
        raise _used(link)
    if link.expires_at <= now:
        raise _expired()
    return link


def find_link(*, purpose: str, token: str) -> SecretLink:
    """The link behind a token, used or expired too, for a page that still says what became of it; raises LinkUnknown."""
    link = SecretLink.objects.filter(purpose=purpose, token_hash=_hash(token)).first()
    if link is None or link.about is None:
        raise LinkUnknown(_("We do not know this link. Please open it from the mail again, whole."))
    return link


def end_links(*, purpose: str, about: Model, now: datetime) -> int:
    """Let the unused links to an object expire at once, because what they offered is gone; returns how many."""
    links = SecretLink.objects.filter(
        purpose=purpose, content_type=ContentType.objects.get_for_model(about), object_id=about.pk, used_at__isnull=True
    )
    return links.filter(expires_at__gt=now).update(expires_at=now)


def end_links_of_profile(advocate: Advocate, now: datetime) -> None:
    """After a change of address: whoever reads the old one must not open the profile by an earlier mail."""
    end_links(purpose=SecretLink.Purpose.VERIFY_PROFILE, about=advocate, now=now)


def use_link(*, link: SecretLink, now: datetime) -> None:
    """Use the link up; of two simultaneous users one gets LinkUsed, and whoever comes too late LinkExpired."""
    if not SecretLink.objects.filter(pk=link.pk, used_at__isnull=True, expires_at__gt=now).update(used_at=now):
        link.refresh_from_db(fields=["used_at", "expires_at"])
        raise _used(link) if link.used_at else _expired()
    link.used_at = now


def _expired() -> LinkExpired:
    return LinkExpired(_("This link has expired."))


def _used(link: SecretLink) -> LinkUsed:
    return LinkUsed(_("This link was already used."), link.used_at)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
