"""What people of ours write down about a customer: stories, and what can be shown."""

from datetime import datetime
from pathlib import PurePath
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.text import slugify
from django.utils.translation import gettext as _

from advocacy.exceptions import FileRefused
from advocacy.files import recognise
from advocacy.files.documents import OFFICE
from advocacy.models import Content, Story, User, Verification
from advocacy.services.people import verify_section
from advocacy.services.tiers import refresh_tiers
from advocacy.text import clean_line

TYPES = {extension: kind for kind, extension in OFFICE.values()} | {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "txt": "text/plain",
}


class StoredFile(NamedTuple):
    """As `advocacy.serving.served` takes it."""

    file: FieldFile
    name: str
    content_type: str


@transaction.atomic
def save_story(*, story: Story, by: User, now: datetime) -> Story:
    """Keep what somebody wrote. The section counts as checked, and the tier follows."""
    if story._state.adding:
        story.account, story.came_from = story.advocate.account, _("Written down by %(name)s") % {"name": by}
        story.created_at = now
    story.changed_by, story.changed_at = by, now
    story.save()
    advocate = story.advocate
    is_csm = bool(advocate.account and advocate.account.csm_id == by.pk)
    method = Verification.Method.CSM if is_csm else Verification.Method.TEAM
    verify_section(advocate=advocate, section=Verification.Section.STORY, method=method, by=by, now=now)
    refresh_tiers(pks=[advocate.pk], now=now)
    return story


@transaction.atomic
def save_content(*, content: Content, upload: UploadedFile | None = None) -> Content:
    """Keep a piece, with `upload` in place of an earlier file; raises FileRefused with the sentence."""
    before = content.file.name
    if upload:
        content.file = _stored(upload)
    content.save()
    if upload and before:
        _forget(before)
    return content


@transaction.atomic
def remove_content(*, content: Content) -> None:
    if content.file:
        _forget(content.file.name)
    content.delete()


def stored_file(content: Content) -> StoredFile:
    """Named after the piece: what somebody once called the file on their disk is nobody's business."""
    extension = PurePath(content.file.name).suffix.removeprefix(".")
    name = slugify(content.title)[:80] or str(content.kind)
    return StoredFile(content.file, f"{name}.{extension}", TYPES.get(extension, "application/octet-stream"))


def _stored(upload):
    name = clean_line(PurePath(upload.name.replace("\\", "/")).name)[-80:] or _("file")
    if upload.size > settings.ATTACHMENT_MAX_BYTES:
        megabytes = settings.ATTACHMENT_MAX_BYTES // 1_000_000
        sentence = _("“%(name)s” is larger than %(megabytes)s MB. Keep it elsewhere and give the link.")
        raise FileRefused(sentence % {"name": name, "megabytes": megabytes})
    found = recognise(upload, name)
    return default_storage.save(f"content/{uuid4().hex}.{found.extension}", ContentFile(found.content))


def _forget(name):
    """The stored file goes once the row is gone for good."""
    transaction.on_commit(lambda: default_storage.delete(name), robust=True)
