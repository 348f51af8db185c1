"""The logo of a winner's company: made anew from its pixels, shown by consent alone."""

import io
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from advocacy.exceptions import FileRefused
from advocacy.files.pictures import picture
from awards.models import Winner

LONGEST_SIDE = 800  # pixels


def set_logo(*, winner: Winner, upload: UploadedFile) -> None:
    """Keep a picture as the winner's logo in place of an earlier one; raises FileRefused with the sentence."""
    if upload.size > settings.ATTACHMENT_MAX_BYTES:
        raise FileRefused(_("This picture is too large. Send a smaller one."))
    found = picture(upload.read())
    if found is None:
        raise FileRefused(_("A logo is a picture: send it as PNG, JPEG or WebP."))
    _replace(winner, default_storage.save(f"logos/{uuid4().hex}.png", ContentFile(_as_png(found[2]))))


def remove_logo(*, winner: Winner) -> None:
    if winner.logo:
        _replace(winner, "")


@transaction.atomic
def _replace(winner, name):
    locked = Winner.objects.select_for_update().get(pk=winner.pk)
    earlier = locked.logo.name
    winner.logo = name
    winner.save(update_fields=["logo"])
    if earlier:
        transaction.on_commit(lambda: default_storage.delete(earlier))


def _as_png(content):
    with Image.open(io.BytesIO(content)) as image:
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        written = io.BytesIO()
        image.save(written, "PNG")
    return written.getvalue()
