from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SecretLink(models.Model):
    """A link in a mail that opens one thing for somebody without an account. Only its hash is kept."""

    class Purpose(models.TextChoices):
        CONFIRM_SELF_NOMINATION = "confirm_self_nomination", _("Confirm a self-nomination")
        VERIFY_PROFILE = "verify_profile", _("Say that a profile is still right")
        ANSWER_NOMINATION = "answer_nomination", _("Answer a nomination")
        FILL_SECTION = "fill_section", _("Fill one section of a nomination")
        JUDGE = "judge", _("Judge as a guest")
        ACCEPT_AWARD = "accept_award", _("Answer the offer of an award")
        CONFIRM_INTRODUCTION = "confirm_introduction", _("Confirm that somebody wants to be an advocate")
        APPROVE_REFERENCE = "approve_reference", _("Answer a reference request for a customer")
        ANSWER_REFERENCE = "answer_reference", _("Answer whether one speaks with a prospect")
        PICK_SLOT = "pick_slot", _("Choose a time for a reference call")
        DEBRIEF = "debrief", _("Say how a reference call went")

    purpose = models.CharField(_("purpose"), max_length=40, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    about = GenericForeignKey()
    detail = models.CharField(_("detail"), max_length=40, blank=True, help_text=_("Such as the section of the profile."))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="secret_link_about")]

    def __str__(self):
        return f"{self.get_purpose_display()}, {self.created_at:%Y-%m-%d}"
