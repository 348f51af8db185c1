from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models import Account, Advocate, Industry
from references.querysets import OwnQuerySet, SearchRowQuerySet


class SearchRow(models.Model):
    """What the search knows of one advocate. Written by database triggers alone; see migration 0003."""

    advocate = models.OneToOneField(Advocate, on_delete=models.CASCADE, primary_key=True, related_name="search_row")
    is_active = models.BooleanField()
    account = models.ForeignKey(Account, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    csm = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    industry = models.ForeignKey(Industry, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    region = models.CharField(max_length=20, blank=True)
    segment = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=20, blank=True)
    products = ArrayField(models.BigIntegerField(), default=list)
    willing = ArrayField(models.BigIntegerField(), default=list, help_text="Activity types answered with yes or ask first.")
    # A date up to which (exclusive) something holds; null when it does not hold at all.
    name_until = models.DateField(null=True, help_text="The person allowed us to use name and title.")
    company_until = models.DateField(null=True, help_text="The company name may be used.")
    quote_until = models.DateField(null=True, help_text="Quotes may be used outside.")
    shown_until = models.DateField(help_text="`shown_vector` holds what the consents allow up to this date.")
    fresh_until = models.DateField(help_text="The first section of the profile falls due.")
    leaves_on = models.DateField(help_text="The profile leaves the search unless somebody confirms it.")
    quality = models.PositiveSmallIntegerField(help_text="0-90: story strength, tier, rapport, passion, NPS.")
    public_vector = SearchVectorField(help_text="Title, story and taxonomy without any word of the person's or company's name.")
    shown_vector = SearchVectorField(help_text="`public_vector` and the names that consents in force allow.")
    full_vector = SearchVectorField(
        help_text="`public_vector`, person and company: for the CSM and those who see every advocate."
    )
    public_words = models.TextField()
    name_words = models.TextField()
    company_words = models.TextField()

    objects = SearchRowQuerySet.as_manager()

    class Meta:
        ordering = ["advocate"]
        indexes = [
            GinIndex(fields=["shown_vector"], name="search_row_shown"),
            GinIndex(fields=["full_vector"], name="search_row_full"),
            models.Index(fields=["csm"], name="search_row_csm"),
        ]

    def __str__(self):
        return str(self.advocate_id)


class SavedSearch(models.Model):
    """A search somebody keeps, with a mail when it finds somebody new."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=100)
    query = models.CharField(max_length=2000, blank=True, help_text=_("The search as it stands in the address."))
    mails = models.BooleanField(_("mail me new matches"), default=True)
    looked_at = models.DateTimeField(default=timezone.now, editable=False)
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False)
    known = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = _("saved searches")
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_saved_search_a_name")]

    def __str__(self):
        return self.name


class Favourite(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites")
    advocate = models.ForeignKey(Advocate, on_delete=models.CASCADE, related_name="favourites")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "advocate"], name="one_favourite_a_person")]

    def __str__(self):
        return f"{self.user}: {self.advocate_id}"
