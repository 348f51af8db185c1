import pghistory
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.models.accounts import Segment
from advocacy.models.advocates import Advocate
from advocacy.models.evidence import Verification
from advocacy.querysets import FreshnessShareQuerySet, ProfileDoubtQuerySet

AT_LEAST_A_DAY = [MinValueValidator(1)]


@pghistory.track()
class FreshnessPolicy(models.Model):
    """How often a section of a profile is checked; the row of a tier comes before the one of every tier."""

    section = models.CharField(_("section"), max_length=20, choices=Verification.Section)
    tier = models.CharField(_("tier"), max_length=20, choices=Advocate.Tier, blank=True, help_text=_("Empty: every tier."))
    check_after = models.PositiveSmallIntegerField(
        _("checked again after, in days"),
        null=True,
        blank=True,
        validators=AT_LEAST_A_DAY,
        help_text=_("Empty for consent alone: it holds until its own date."),
    )
    csm_after = models.PositiveSmallIntegerField(
        _("a task of the CSM after, in days"), default=14, help_text=_("Without an answer; from then on the ranking falls too.")
    )
    grace = models.PositiveSmallIntegerField(
        _("out of the search after, in days"), default=60, validators=AT_LEAST_A_DAY, help_text=_("Counted from the day due.")
    )

    class Meta:
        ordering = ["section", "tier"]
        verbose_name = _("interval of checks")
        verbose_name_plural = _("intervals of checks")
        constraints = [
            models.UniqueConstraint(fields=["section", "tier"], name="one_policy_a_section_and_tier"),
            models.CheckConstraint(
                condition=Q(section="consent", check_after__isnull=True) | (~Q(section="consent") & Q(check_after__gte=1)),
                name="policy_of_consent_has_no_days",
                violation_error_message=_("Give the days for every section but consent, which holds until its own date."),
            ),
            models.CheckConstraint(
                condition=Q(csm_after__lte=models.F("grace")),
                name="policy_asks_the_csm_before_the_end",
                violation_error_message=_("The CSM is asked before the profile leaves the search, not after."),
            ),
        ]

    def __str__(self):
        tier = self.get_tier_display() if self.tier else _("every tier")
        return f"{self.get_section_display()}, {tier}"


class ProfileDoubt(models.Model):
    """Something happened that a section of a profile may no longer be right after. Open until somebody verifies the section.

    Those of changes are written by database triggers, whatever wrote the change; see migration 0011.
    """

    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("Mail came back")
        TITLE = "title", _("Another job title")
        EMPLOYER = "employer", _("Another employer")
        CSM = "csm", _("Another CSM")
        ACCOUNT_DOMAIN = "account_domain", _("Another domain of the company")
        MAIL_DOMAIN = "mail_domain", _("Address of another company")
        NO_ANSWER = "no_answer", _("No answer twice")
        KNOWN_TWICE = "known_twice", _("Perhaps found at another company")

    advocate = models.ForeignKey(Advocate, on_delete=models.CASCADE, related_name="doubts")
    section = models.CharField(_("section"), max_length=20, choices=Verification.Section)
    reason = models.CharField(_("why"), max_length=20, choices=Reason)
    before = models.CharField(_("before"), max_length=320, blank=True)
    after = models.CharField(_("after"), max_length=320, blank=True)
    key = models.CharField(max_length=100, help_text=_("The same occurrence is written once."))
    raised_at = models.DateTimeField(_("since"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = ProfileDoubtQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["advocate", "section", "reason", "key"], name="one_doubt_an_occurrence"),
        ]
        indexes = [
            models.Index(fields=["advocate", "section"], condition=Q(settled_at__isnull=True), name="doubt_open"),
        ]

    def __str__(self):
        return f"{self.get_section_display()}: {self.get_reason_display()}"

    @property
    def sentence(self):
        """Why the section is in doubt, for whoever looks after the customer."""
        return SENTENCES[self.reason] % {"before": self.before or gettext("nobody"), "after": self.after or gettext("nobody")}


SENTENCES = {
    # Without the address: leaders read these sentences, and see no contact data.
    ProfileDoubt.Reason.BOUNCED: _("Mail to the address we hold came back: a new one is needed."),
    ProfileDoubt.Reason.TITLE: _("The job title was “%(before)s” and is said to be “%(after)s”."),
    ProfileDoubt.Reason.EMPLOYER: _("The employer was %(before)s and is said to be %(after)s."),
    ProfileDoubt.Reason.CSM: _("The CSM was %(before)s and is %(after)s now: what was agreed?"),
    ProfileDoubt.Reason.ACCOUNT_DOMAIN: _(
        "The company's domain was %(before)s and is %(after)s now: does the old address still work?"
    ),
    ProfileDoubt.Reason.MAIL_DOMAIN: _("The address is not of %(before)s any more, it looks like one of %(after)s."),
    ProfileDoubt.Reason.NO_ANSWER: _("The last two times we asked, nobody answered."),
    # Without the other company: a CSM may not know who is known there.
    ProfileDoubt.Reason.KNOWN_TWICE: _(
        "Somebody of a similar name is known at another company: has this person left %(before)s?"
    ),
}


class FreshnessShare(models.Model):
    """How many profiles were verified at the end of a month, for the trend: one row a section, segment and CSM."""

    day = models.DateField(_("as of"))
    section = models.CharField(_("section"), max_length=20, choices=Verification.Section)
    segment = models.CharField(_("company size"), max_length=20, choices=Segment, blank=True)
    csm = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    people = models.PositiveIntegerField(_("profiles"))
    verified = models.PositiveIntegerField(_("of them verified"))

    objects = FreshnessShareQuerySet.as_manager()

    class Meta:
        ordering = ["day", "section", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "section", "segment", "csm"], nulls_distinct=False, name="one_share_a_day_and_group"
            ),
        ]

    def __str__(self):
        return f"{self.day}: {self.get_section_display()}"
