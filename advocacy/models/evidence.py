import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.querysets import ConsentQuerySet, StoryQuerySet, VerificationQuerySet


@pgtrigger.register(pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete))
@pghistory.track(pghistory.InsertEvent())
class Consent(models.Model):
    """Append-only: what a person or an account allowed or took back, and the proof of it."""

    class Purpose(models.TextChoices):
        USE_NAME_TITLE = "use_name_title", _("Use name and title")
        USE_COMPANY_NAME = "use_company_name", _("Use company name")
        USE_LOGO = "use_logo", _("Use logo")
        USE_QUOTE = "use_quote", _("Use quote")
        USE_VIDEO = "use_video", _("Use video")
        REFERENCE_CONTACT = "reference_contact", _("Speak with prospects")
        PUBLIC_AWARD = "public_award", _("Public award")

    class Decision(models.TextChoices):
        GIVEN = "given", _("Given")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Method(models.TextChoices):
        PAGE = "page", _("On a page")
        MAIL = "mail", _("By mail")
        SPOKEN = "spoken", _("Spoken")
        DOCUMENT = "document", _("Signed document")

    advocate = models.ForeignKey("advocacy.Advocate", on_delete=models.PROTECT, null=True, blank=True, related_name="consents")
    account = models.ForeignKey("advocacy.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=30, choices=Purpose)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    channels = ArrayField(models.CharField(max_length=40), verbose_name=_("channels"), default=list, blank=True)
    decided_at = models.DateTimeField(_("when"), default=timezone.now)
    given_by = models.CharField(_("by whom"), max_length=150, help_text=_("The customer who said it."))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    method = models.CharField(_("how"), max_length=20, choices=Method)
    text_shown = models.TextField(_("exact text shown"))
    evidence = models.TextField(
        _("evidence"), blank=True, help_text=_("Where the answer can be read, such as the mail of 3 May.")
    )
    expires_on = models.DateField(_("expires on"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(advocate__isnull=False, account__isnull=True) | Q(advocate__isnull=True, account__isnull=False),
                name="consent_of_a_person_or_of_an_account",
            ),
        ]
        indexes = [models.Index(fields=["advocate", "purpose", "-decided_at"], name="consent_latest")]

    def __str__(self):
        return f"{self.get_purpose_display()}: {self.get_decision_display()}"


class Verification(models.Model):
    """The last time somebody said that a section of a profile is still right."""

    class Section(models.TextChoices):
        CONTACT = "contact", _("Contact")
        ROLE = "role", _("Role")
        WILLINGNESS = "willingness", _("Willingness")
        STORY = "story", _("Story")
        CONSENT = "consent", _("Consent")

    class Method(models.TextChoices):
        LINK = "link", _("By the link in a mail")
        CSM = "csm", _("By the CSM")
        TEAM = "team", _("By the advocacy team")
        IMPORT = "import", _("By import")

    advocate = models.ForeignKey("advocacy.Advocate", on_delete=models.CASCADE, related_name="verifications")
    section = models.CharField(_("section"), max_length=20, choices=Section)
    verified_at = models.DateTimeField(_("when"), default=timezone.now)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty when the customer said it."),
    )
    method = models.CharField(_("how"), max_length=20, choices=Method)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-verified_at", "-pk"]
        indexes = [models.Index(fields=["advocate", "section", "-verified_at"], name="verification_latest")]

    def __str__(self):
        return f"{self.get_section_display()}, {self.verified_at:%Y-%m-%d}"


@pghistory.track()
class Story(models.Model):
    """How a customer got from before to after, told once and used in many places."""

    advocate = models.ForeignKey("advocacy.Advocate", on_delete=models.PROTECT, related_name="stories")
    account = models.ForeignKey("advocacy.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="stories")
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    challenge = models.TextField(_("challenge: the state before"), blank=True)
    solution = models.TextField(_("solution"), blank=True)
    results_text = models.TextField(_("results in words"), blank=True)
    results = models.JSONField(
        _("results"), default=list, blank=True, help_text=_("A list of measure, before, after, unit, period.")
    )
    human_element = models.TextField(_("the people in it"), blank=True)
    quote = models.TextField(_("quote"), blank=True)
    came_from = models.CharField(_("came from"), max_length=200, blank=True)
    source_key = models.CharField(
        _("source key"), max_length=100, blank=True, help_text=_("Such as nomination:12; one story a source.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("last changed"), null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = _("stories")
        constraints = [models.UniqueConstraint(fields=["source_key"], condition=~Q(source_key=""), name="one_story_a_source")]

    def __str__(self):
        return self.headline or str(self.advocate)


@pghistory.track()
class Content(models.Model):
    """Something that can be shown: a text or a link, about a person and perhaps a story."""

    class Kind(models.TextChoices):
        QUOTE = "quote", _("Quote")
        VIDEO = "video", _("Video")
        WRITTEN_STORY = "written_story", _("Written story")
        INTERVIEW = "interview", _("Interview")
        CASE_STUDY = "case_study", _("Case study")
        REVIEW = "review", _("Review")
        SLIDE = "slide", _("Slide")
        LOGO = "logo", _("Logo")

    advocate = models.ForeignKey("advocacy.Advocate", on_delete=models.PROTECT, related_name="content")
    story = models.ForeignKey(Story, on_delete=models.SET_NULL, null=True, blank=True, related_name="content")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    link = models.URLField(_("link"), blank=True)
    file = models.FileField(_("file"), upload_to="content/%Y/", blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["kind", "title", "pk"]
        verbose_name_plural = _("content")

    def __str__(self):
        return self.title
