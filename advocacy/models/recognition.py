import pghistory
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class Recognition(models.Model):
    """Something we give a customer: planned, promised, delivered."""

    class Kind(models.TextChoices):
        DONATION = "donation", _("Donation in the customer's name")
        DINNER = "dinner", _("Dinner with the CEO")
        TRIP = "trip", _("Trip to the event")
        GUEST_OF_HONOUR = "guest_of_honour", _("Guest of honour")
        SOCIAL = "social", _("Social recognition")
        PRODUCT = "product", _("Product")
        SWAG = "swag", _("Swag")
        ACCESS = "access", _("Access")
        THANKS = "thanks", _("Thanks")
        OTHER = "other", _("Something else")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        PROMISED = "promised", _("Promised")
        DELIVERED = "delivered", _("Delivered")
        DROPPED = "dropped", _("Dropped")

    TRANSITIONS = {
        Status.PLANNED: {Status.PROMISED, Status.DROPPED},
        Status.PROMISED: {Status.DELIVERED, Status.DROPPED},
    }

    advocate = models.ForeignKey("advocacy.Advocate", on_delete=models.PROTECT, related_name="recognitions")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    what = models.CharField(_("what"), max_length=200)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PLANNED)
    cost = models.DecimalField(
        _("cost"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True, help_text=_("Such as EUR."))
    purpose = models.CharField(_("purpose"), max_length=300, blank=True, help_text=_("Of a donation, as the customer chooses."))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    source_key = models.CharField(
        _("source key"), max_length=100, blank=True, help_text=_("Such as winner:12:prize:3; one row a source.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source_key"], condition=~Q(source_key=""), name="one_recognition_a_source")
        ]

    def __str__(self):
        return f"{self.what}: {self.advocate}"


@pghistory.track()
class PublicityApproval(models.Model):
    """What a locked-down account was asked to approve: exactly what, of whom, when, and the answer."""

    class Answer(models.TextChoices):
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    account = models.ForeignKey("advocacy.Account", on_delete=models.PROTECT, related_name="publicity_approvals")
    what = models.TextField(_("what exactly would be approved"))
    approver = models.CharField(_("who approves"), max_length=150, help_text=_("The person at the customer who decides."))
    approver_email = models.EmailField(_("their e-mail"), blank=True)
    is_content = models.BooleanField(
        _("asks for content"), default=False, help_text=_("A case study, video or logo; not a mere recognition.")
    )
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=20, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    evidence = models.TextField(
        _("evidence"), blank=True, help_text=_("Where the answer can be read, such as the mail of 3 May.")
    )
    source_key = models.CharField(
        _("source key"),
        max_length=100,
        blank=True,
        help_text=_("What it is for, such as nomination:12; an approval covers that alone."),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["source_key"], name="publicity_approval_source")]

    def __str__(self):
        return f"{self.account}: {self.what[:60]}"
