import zoneinfo
from datetime import time

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def validate_time_zone(name):
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: “Europe” is a folder of zones
        raise ValidationError(
            _("%(name)s is not a time zone; use a name such as Europe/Berlin."), params={"name": name}
        ) from error


class Region(models.TextChoices):
    AMERICAS = "americas", _("Americas")
    EMEA = "emea", _("EMEA")
    APAC = "apac", _("APAC")


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())

    def create_user(self, email, password=None, **fields):
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)

    def role(self, name):
        """Active people who hold a role, in the order of their names."""
        return self.filter(groups__name=name, is_active=True).order_by("name", "pk")


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody of our own company. Customers have no account here."""

    email = models.EmailField(_("e-mail"), unique=True, help_text=_("Used to sign in."))
    name = models.CharField(_("name"), max_length=150)
    team = models.CharField(_("team"), max_length=100, blank=True)
    region = models.CharField(_("region"), max_length=20, choices=Region, blank=True)
    manager = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reports")
    deputy = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="deputy_for",
        help_text=_("Approves in place of this person on the days below."),
    )
    deputy_from = models.DateField(_("absent from"), null=True, blank=True)
    deputy_until = models.DateField(_("absent until"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    workday_starts = models.TimeField(_("working day starts"), default=time(9))
    workday_ends = models.TimeField(_("working day ends"), default=time(17))
    hides_from_standings = models.BooleanField(
        _("not in the standings"), default=False, help_text=_("Leaves this person out of the standings of nominators.")
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        permissions = [
            ("use_admin", _("Can sign in to the admin")),
            ("nominate", _("Can nominate customers")),
            ("run_program", _("Can run the advocacy program: triage, results, winners, advocates")),
            ("view_reports", _("Can read reports over all teams")),
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_whatever_the_case"),
            models.CheckConstraint(
                condition=models.Q(deputy_until__isnull=True)
                | models.Q(deputy_from__isnull=True)
                | models.Q(deputy_until__gte=models.F("deputy_from")),
                name="user_absence_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0]

    @property
    def is_staff(self):
        return self.is_active and self.has_perm("advocacy.use_admin")

    @property
    def runs_program(self):
        return self.has_perm("advocacy.run_program")

    def is_absent(self, on):
        """True on a day for which a deputy stands in; `on` is a date."""
        if not (self.deputy_id and (self.deputy_from or self.deputy_until)):
            return False
        after_start = self.deputy_from is None or self.deputy_from <= on
        return after_start and (self.deputy_until is None or on <= self.deputy_until)
