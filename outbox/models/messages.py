import pghistory
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.querysets import MessageQuerySet


@pghistory.track()
class Message(models.Model):
    """One mail the system owes: one row, one key, handed over once."""

    class State(models.TextChoices):
        HELD = "held", _("Held")
        QUEUED = "queued", _("Queued")
        IN_FLIGHT = "in_flight", _("Being handed over")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        UNKNOWN = "unknown", _("Unknown: handed over or not")
        BOUNCED = "bounced", _("Bounced")
        CANCELLED = "cancelled", _("Cancelled")
        MERGED = "merged", _("Merged into a digest")

    STATUS_FIELD = "state"
    TRANSITIONS = {
        State.HELD: {State.QUEUED, State.CANCELLED, State.MERGED},
        State.QUEUED: {State.IN_FLIGHT, State.CANCELLED, State.MERGED, State.HELD},
        State.IN_FLIGHT: {State.SENT, State.FAILED, State.UNKNOWN, State.CANCELLED},
        State.FAILED: {State.QUEUED},
        State.UNKNOWN: {State.SENT, State.QUEUED, State.BOUNCED},
        State.SENT: {State.BOUNCED},
        State.CANCELLED: {State.SENT},  # cancelled while it was handed over: it went all the same
    }

    key = models.CharField(_("key"), max_length=200, unique=True, help_text=_("kind:object:recipient:occurrence"))
    kind = models.CharField(_("kind"), max_length=60)
    recipient = models.EmailField(_("recipient"))
    reply_to = models.EmailField(_("answers go to"), blank=True)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    attachments = models.JSONField(
        _("attachments"), default=list, blank=True, help_text=_("Each: name, type and text of a file.")
    )
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.SET_NULL, null=True, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)
    about = GenericForeignKey()
    mailing = models.ForeignKey(
        "outbox.Mailing", on_delete=models.PROTECT, null=True, blank=True, related_name="messages", verbose_name=_("mailing")
    )
    occurrence = models.ForeignKey(
        "outbox.Occurrence",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("occurrence"),
        help_text=_("What a rule had to say."),
    )
    is_gathered = models.BooleanField(_("waits for the mail of the day"), default=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    provider = models.CharField(_("handed to"), max_length=40, blank=True, help_text=_("Empty: a mail server."))
    provider_id = models.CharField(_("number at the provider"), max_length=250, blank=True)
    doubtful_since = models.DateTimeField(
        _("in doubt since"), null=True, blank=True, help_text=_("Handed over then, and nobody knows whether it was taken.")
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="queued"), name="message_due"),
            models.Index(fields=["claimed_at"], condition=Q(state="in_flight"), name="message_in_flight"),
            models.Index(fields=["claimed_at"], condition=Q(claimed_at__isnull=False), name="message_claimed"),
            models.Index(
                fields=["recipient", "not_before"], condition=Q(state="queued", is_gathered=True), name="message_gathered"
            ),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="message_of_provider"),
            models.Index(fields=["content_type", "object_id"], name="message_about"),
        ]

    def __str__(self):
        return self.subject

    @property
    def standing(self):
        """Its state in words; a part of a digest has that of the digest."""
        return (self.merged_into or self).get_state_display()


class MailboxMessage(models.Model):
    """A mail as delivered in the default run, where no mail server is set."""

    recipients = models.TextField(_("to"))
    sender = models.CharField(_("from"), max_length=320)
    reply_to = models.CharField(_("answers go to"), max_length=320, blank=True)
    message_id = models.CharField(max_length=250, blank=True)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    attachments = models.JSONField(_("attachments"), default=list, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), default=timezone.now)

    class Meta:
        ordering = ["-delivered_at", "-pk"]
        verbose_name = _("delivered mail")
        verbose_name_plural = _("mailbox")

    def __str__(self):
        return self.subject
