"""What belongs to a program besides its rules: prizes, people, occasions, questions."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.models import Recognition
from nominations.models.programs import Category, Program


class Prize(models.Model):
    """What winners get. What was promised and delivered to whom stands in advocacy's Recognition."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="prize_list")
    category = models.ForeignKey(
        Category,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="prizes",
        help_text=_("Empty: for the winners of every category."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Recognition.Kind)
    what = models.CharField(_("what"), max_length=200, help_text=_("As customers read it."))
    planned_cost = models.DecimalField(
        _("planned cost for each winner"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True, help_text=_("Such as EUR."))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.what


class TeamMember(models.Model):
    """Somebody who carries the program: one of us, or a sponsor known by name."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        SPONSOR = "sponsor", _("Executive sponsor")
        MARKETING = "marketing", _("Marketing")
        CUSTOMER_SUCCESS = "customer_success", _("Customer success")
        SALES = "sales", _("Sales")
        OTHER = "other", _("Other")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=150, blank=True, help_text=_("Where it is nobody with a sign-in."))
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(name=""),
                name="team_member_is_somebody",
                violation_error_message=_("Choose a person, or give a name."),
            )
        ]

    def __str__(self):
        return self.user.name if self.user else self.name


class TouchPoint(models.Model):
    """An occasion at which the program is spoken of."""

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("Conference")
        WEBINAR = "webinar", _("Webinar")
        NEWSLETTER = "newsletter", _("Newsletter")
        OTHER = "other", _("Other")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="touch_points")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=150)
    on = models.DateField(_("date"))

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self):
        return self.name


class Question(models.Model):
    """A question about the program and its answer, on the public page."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="questions")
    question = models.CharField(_("question"), max_length=200)
    answer = models.TextField(_("answer"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.question
