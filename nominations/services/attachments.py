import hashlib
from datetime import datetime, timedelta
from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.exceptions import FileRefused
from advocacy.files import recognise
from advocacy.models import User
from advocacy.text import clean_line
from nominations.exceptions import AlreadySubmitted
from nominations.models import Attachment, Nomination

FOLDER = "attachments"
# A file without a row is either being written or left over.
LEFT_OVER_AFTER = timedelta(days=1)
LONGEST_NAME = 120


def add_attachment(*, nomination: Nomination, upload: UploadedFile, by: User, now: datetime) -> Attachment:
    """Keep a file with a draft under a random name. The same content again is the attachment that is there.

    Raises FileRefused with the sentence, or AlreadySubmitted.
    """
    name = _name_of(upload)
    if upload.size > settings.ATTACHMENT_MAX_BYTES:
        raise FileRefused(too_large(name))
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    found = recognise(upload, name)
    with transaction.atomic():
        _lock_draft(nomination)
        if earlier := nomination.attachments.filter(digest=digest).first():
            return earlier
        if nomination.attachments.count() >= settings.ATTACHMENTS_MOST:
            raise FileRefused(_("A nomination takes %(most)s files. Remove one first.") % {"most": settings.ATTACHMENTS_MOST})
        stored = default_storage.save(f"{FOLDER}/{uuid4().hex}.{found.extension}", ContentFile(found.content))
        return nomination.attachments.create(
            name=f"{PurePath(name).stem}.{found.extension}",
            file=stored,
            content_type=found.content_type,
            size=len(found.content),
            digest=digest,
            uploaded_by=by,
            uploaded_at=now,
        )


def too_large(name: str) -> str:
    return _("“%(name)s” is larger than %(megabytes)s MB. Send a smaller one, or a part of it.") % {
        "name": name,
        "megabytes": settings.ATTACHMENT_MAX_BYTES // 1_000_000,
    }


@transaction.atomic
def remove_attachment(*, attachment: Attachment) -> None:
    """Take a file out of a draft, the stored content with it; raises AlreadySubmitted."""
    _lock_draft(attachment.nomination)
    forget_files([attachment])
    attachment.delete()


def forget_files(attachments) -> None:
    """The stored contents go once the rows are gone for good."""
    for stored in [attachment.file.name for attachment in attachments]:
        transaction.on_commit(lambda stored=stored: default_storage.delete(stored), robust=True)


def remove_left_over(*, now: datetime) -> int:
    """Delete stored files that no row names any more, whatever took the row away; returns how many."""
    if not default_storage.exists(FOLDER):
        return 0
    stored = {f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]}
    left_over = stored - set(Attachment.objects.values_list("file", flat=True))
    old = [name for name in left_over if default_storage.get_modified_time(name) <= now - LEFT_OVER_AFTER]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _lock_draft(nomination):
    status = Nomination.objects.select_for_update(of=("self",)).values_list("status", flat=True).get(pk=nomination.pk)
    if status != Nomination.Status.DRAFT:
        raise AlreadySubmitted(_("This nomination was already submitted."))


def _name_of(upload):
    """The last part of the name, short enough to show, without marks that turn the text around."""
    path = PurePath(clean_line(upload.name.replace("\\", "/")))
    return f"{path.stem[:LONGEST_NAME] or _('file')}{path.suffix[:10]}"
