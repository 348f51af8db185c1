"""What others add to a nomination: a section by link, files."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nominations.models.nominations import Nomination
from nominations.querysets import AttachmentQuerySet, SectionRequestQuerySet


class SectionRequest(models.Model):
    """A colleague is asked, by link, to fill one section of a draft."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="section_requests")
    section = models.CharField(_("section"), max_length=40, help_text=_("A field of the nomination, or partnership."))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="section_requests")
    note = models.TextField(_("note"), blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.JSONField(
        _("answer"), default=dict, blank=True, help_text=_("As it came, field by field; the draft may have changed it since.")
    )

    objects = SectionRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return f"{self.nomination}: {self.section}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class Attachment(models.Model):
    """A file or picture that belongs to a nomination; served by our own view alone."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), upload_to="attachments/", editable=False)
    content_type = models.CharField(_("type"), max_length=100, editable=False, help_text=_("By content, not by name."))
    size = models.PositiveIntegerField(_("bytes"), editable=False)
    digest = models.CharField(max_length=64, editable=False, help_text=_("SHA-256 of what was sent."))
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["nomination", "digest"], name="one_attachment_a_content")]

    def __str__(self):
        return self.name
