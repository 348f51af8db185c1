import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from advocacy.models.advocates import Advocate
from advocacy.models.asks import ActivityType
from advocacy.models.evidence import Story
from advocacy.models.taxonomy import Topic
from advocacy.querysets import InterviewQuerySet, PersonMatchQuerySet, RecruitmentQuerySet


@pghistory.track()
class Recruitment(models.Model):
    """The way of one person from the first mention to an active advocate."""

    class Status(models.TextChoices):
        SUGGESTED = "suggested", _("Suggested")
        NOMINATED = "nominated", _("Nominated")
        INTERVIEW_PLANNED = "interview_planned", _("Interview planned")
        INTERVIEWED = "interviewed", _("Interviewed")
        ACTIVE = "active", _("Active")
        NOT_NOW = "not_now", _("Not now")

    # Active from anywhere: an award or the admin may make somebody an advocate. The pipeline's own step asks for the interview.
    TRANSITIONS = {
        Status.SUGGESTED: {Status.NOMINATED, Status.INTERVIEW_PLANNED, Status.ACTIVE, Status.NOT_NOW},
        Status.NOMINATED: {Status.INTERVIEW_PLANNED, Status.INTERVIEWED, Status.ACTIVE, Status.NOT_NOW},
        Status.INTERVIEW_PLANNED: {Status.INTERVIEWED, Status.NOMINATED, Status.ACTIVE, Status.NOT_NOW},
        Status.INTERVIEWED: {Status.ACTIVE, Status.INTERVIEW_PLANNED, Status.NOT_NOW},
        Status.NOT_NOW: {Status.NOMINATED, Status.INTERVIEW_PLANNED},
    }
    OPEN = {Status.SUGGESTED, Status.NOMINATED, Status.INTERVIEW_PLANNED, Status.INTERVIEWED}

    class Source(models.TextChoices):
        SYSTEM = "system", _("Eligible by the figures")
        COLLEAGUE = "colleague", _("A colleague")
        THEMSELVES = "themselves", _("The customer")
        AWARD = "award", _("An award")

    advocate = models.ForeignKey(Advocate, on_delete=models.CASCADE, related_name="recruitments")
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.NOMINATED)
    source = models.CharField(_("came from"), max_length=20, choices=Source, default=Source.COLLEAGUE)
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="recruitments"
    )
    why = models.TextField(_("why this person"), blank=True)
    evidence = models.JSONField(
        _("figures at the time"), default=list, blank=True, help_text=_("Each line of eligibility with the value behind it.")
    )
    not_before = models.DateField(_("again from"), null=True, blank=True, help_text=_("After a “not now”."))
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RecruitmentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["advocate"],
                condition=Q(status__in=["suggested", "nominated", "interview_planned", "interviewed"]),
                name="one_open_recruitment_a_person",
            )
        ]
        indexes = [models.Index(fields=["status", "-created_at"], name="recruitment_status")]

    def __str__(self):
        return f"{self.advocate}: {self.get_status_display()}"

    def get_absolute_url(self):
        return reverse("recruitment", args=[self.pk])

    @property
    def is_open(self):
        return self.status in self.OPEN


class Recommendation(models.Model):
    """The words of somebody who put the same person forward as somebody before them."""

    recruitment = models.ForeignKey(Recruitment, on_delete=models.CASCADE, related_name="recommendations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recommendations")
    why = models.TextField(_("why this person"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["recruitment", "by"], name="one_recommendation_a_colleague")]

    def __str__(self):
        return f"{self.recruitment} ({self.by})"


@pghistory.track()
class Interview(models.Model):
    """A conversation with somebody who may become an advocate, planned or held."""

    class Outcome(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        MISSED = "missed", _("Did not happen")
        CANCELLED = "cancelled", _("Cancelled")

    class Breadth(models.TextChoices):
        TEAM = "team", _("One team")
        DEPARTMENT = "department", _("One department")
        COMPANY = "company", _("The whole company")

    advocate = models.ForeignKey(Advocate, on_delete=models.CASCADE, related_name="interviews")
    recruitment = models.ForeignKey(Recruitment, on_delete=models.CASCADE, null=True, blank=True, related_name="interviews")
    interviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interviews")
    planned_for = models.DateTimeField(_("planned for"), null=True, blank=True)
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, default=Outcome.PLANNED)
    tenure_years = models.PositiveSmallIntegerField(_("years with our product"), null=True, blank=True)
    breadth = models.CharField(_("how widely they use it"), max_length=20, choices=Breadth, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="interviews")
    limits = models.TextField(_("what they do not want"), blank=True, help_text=_("Such as no calls with competitors."))
    notes = models.TextField(_("notes"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_for", "-pk"]

    def __str__(self):
        return f"{self.advocate}: {self.get_outcome_display()}"

    def get_absolute_url(self):
        return reverse("interview", args=[self.pk])

    @cached_property
    def story(self):
        """What was told in it, None as long as nothing was."""
        return Story.objects.filter(source_key=f"interview:{self.pk}").first()

    @cached_property
    def offered(self):
        """What the person ticked on the public page."""
        offers = Introduction.activities.through.objects.filter(introduction__recruitment=self.recruitment_id)
        return set(offers.values_list("activitytype", flat=True)) if self.recruitment_id else set()


class InterviewDraft(models.Model):
    """What was typed into an interview form that is not saved yet; gone once it is. Outside the audit: it is saved every few seconds."""

    interview = models.OneToOneField(Interview, on_delete=models.CASCADE, related_name="draft")
    data = models.JSONField(_("what was typed"), default=dict)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    def __str__(self):
        return str(self.interview)


class Introduction(models.Model):
    """Somebody who offers to speak for us on the public page; becomes a recruitment once the mail address is confirmed."""

    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    company = models.CharField(_("company"), max_length=200)
    title = models.CharField(_("job title"), max_length=150, blank=True)
    why = models.TextField(_("what you would like to tell"), blank=True)
    activities = models.ManyToManyField(ActivityType, blank=True, related_name="+")
    consent_text = models.TextField(_("exact text shown"), blank=True)
    recruitment = models.ForeignKey(
        Recruitment, on_delete=models.SET_NULL, null=True, blank=True, related_name="introductions", editable=False
    )
    form_key = models.UUIDField(
        null=True, unique=True, editable=False, help_text=_("The form sent twice is one row and one mail.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.name


@pghistory.track()
class PersonMatch(models.Model):
    """Two profiles that may be one person, such as after a change of employer; a person decides."""

    class Decision(models.TextChoices):
        OPEN = "open", _("Open")
        SAME = "same", _("The same person")
        DIFFERENT = "different", _("Two people")

    STATUS_FIELD = "decision"
    TRANSITIONS = {Decision.OPEN: {Decision.SAME, Decision.DIFFERENT}, Decision.DIFFERENT: {Decision.SAME}}

    advocate = models.ForeignKey(
        Advocate, on_delete=models.CASCADE, related_name="matches", help_text=_("Known first; this profile is kept.")
    )
    other = models.ForeignKey(Advocate, on_delete=models.CASCADE, related_name="matches_as_other")
    likeness = models.PositiveSmallIntegerField(_("likeness, 0-100"), default=0)
    reasons = models.JSONField(_("why we think so"), default=list, blank=True)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonMatchQuerySet.as_manager()

    class Meta:
        ordering = ["-likeness", "-pk"]
        verbose_name_plural = _("person matches")
        constraints = [
            models.UniqueConstraint(fields=["advocate", "other"], name="one_match_a_pair"),
            models.CheckConstraint(condition=~Q(advocate=models.F("other")), name="nobody_matches_themselves"),
        ]

    def __str__(self):
        return f"{self.advocate} / {self.other}"
