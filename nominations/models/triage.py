"""What the advocacy team notes while it looks through nominations."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nominations.models.nominations import Nomination


class Clarification(models.Model):
    """The nominator is asked for what is missing. Answered or past its date, the nomination is back in the queue."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="clarifications")
    question = models.TextField(_("what is missing"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answer_by = models.DateTimeField(_("answer by"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return self.question[:80]


@pghistory.track()
class DuplicateReview(models.Model):
    """Two nominations that look alike, and what was decided: joined into one, or kept apart. Can be undone."""

    class Verdict(models.TextChoices):
        JOINED = "joined", _("Joined")
        KEPT = "kept", _("Kept apart")

    first = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    kept = models.ForeignKey(
        Nomination,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="joined_reviews",
        help_text=_("The one that goes on."),
    )
    undo = models.JSONField(default=dict, editable=False, help_text=_("What joining changed, to change it back."))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], condition=Q(undone_at__isnull=True), name="one_verdict_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        ]

    def __str__(self):
        return f"{self.get_verdict_display()}: {self.first_id}, {self.second_id}"


class Alert(models.Model):
    """Something changed at the customer while a nomination or an award of theirs is under way."""

    class Kind(models.TextChoices):
        NOMINEE_LEFT = "nominee_left", _("The nominee left")
        ACCOUNT_SOURED = "account_soured", _("The account soured")
        ESCALATION = "escalation", _("An escalation opened")
        CSM_CHANGED = "csm_changed", _("The CSM changed")
        MAIL_BOUNCED = "mail_bounced", _("A mail to the nominee bounced")

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    noticed_at = models.DateTimeField(_("noticed"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-noticed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "kind"], condition=Q(settled_at__isnull=True), name="one_open_alert_a_kind"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.nomination}"
