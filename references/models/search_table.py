"""The tables behind the search: one row an advocate, and what is counted and ordered from these rows."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F

from advocacy.models import Account, Advocate, Industry
from references.querysets import SearchRowQuerySet

# Advocates in one piece of a bit string: two pieces fill a page of the database, and none is kept apart from its row.
BITS = 32_000


class SearchRow(models.Model):
    """What the search knows of one advocate. Written by database triggers alone; see migrations 0008 to 0010."""

    advocate = models.OneToOneField(Advocate, on_delete=models.CASCADE, primary_key=True, related_name="search_row")
    is_active = models.BooleanField()
    account = models.ForeignKey(Account, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    csm = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    industry = models.ForeignKey(Industry, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    region = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, blank=True)
    segment = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=20, blank=True)
    tier = models.CharField(max_length=20, blank=True)
    products = ArrayField(models.BigIntegerField(), default=list)
    use_cases = ArrayField(models.BigIntegerField(), default=list)
    willing = ArrayField(models.BigIntegerField(), default=list, help_text="Activity types answered with yes or ask first.")
    languages = ArrayField(models.CharField(max_length=40), default=list)
    # A date up to which (exclusive) something holds; null when it does not hold at all.
    name_until = models.DateField(null=True, help_text="The person allowed us to use name and title.")
    company_until = models.DateField(null=True, help_text="The company name may be used.")
    quote_until = models.DateField(null=True, help_text="Quotes may be used outside.")
    fresh_until = models.DateField(help_text="The first section of the profile falls due.")
    leaves_on = models.DateField(help_text="The profile leaves the search unless somebody confirms it.")
    verified_on = models.DateField(null=True, help_text="Somebody confirmed a section of the profile last.")
    quality = models.PositiveSmallIntegerField(help_text="0-90: story strength, tier, rapport, passion, NPS.")
    # What SearchText and the bits say holds from `as_of` to the day before `changes_on`.
    as_of = models.DateField()
    changes_on = models.DateField(help_text="First day on which the words known to all, the freshness or the findability change.")
    fades_on = models.DateField(help_text="The ranking begins to fall, because nobody has answered.")

    objects = SearchRowQuerySet.as_manager()

    class Meta:
        ordering = ["advocate"]
        indexes = [
            models.Index(fields=["csm"], name="search_row_csm"),
            models.Index(fields=["changes_on"], name="search_row_changes_on"),
            models.Index(fields=["as_of"], name="search_row_as_of"),
        ]

    def __str__(self):
        return str(self.advocate_id)


class SearchText(models.Model):
    """The words of one advocate, apart from the row: most changes leave them as they are. Written like SearchRow."""

    advocate = models.OneToOneField(Advocate, on_delete=models.CASCADE, primary_key=True, related_name="search_text")
    known_vector = SearchVectorField(
        help_text="For everybody: title, story and taxonomy without any word of a name, and the names that consents allow."
    )
    full_vector = SearchVectorField(help_text="All words, person and company: for the CSM and those who see every advocate.")

    class Meta:
        ordering = ["advocate"]
        indexes = [
            GinIndex(fields=["known_vector"], name="search_text_known"),
            GinIndex(fields=["full_vector"], name="search_text_full"),
        ]

    def __str__(self):
        return str(self.advocate_id)


class SearchRank(models.Model):
    """The place of one advocate in each order, larger first. Written by `references.search.upkeep` alone."""

    advocate_id = models.BigIntegerField(primary_key=True)
    asks = models.PositiveSmallIntegerField(help_text="Asks of the last 90 days.")
    best = models.IntegerField(help_text="Tens of the score, then fewer asks, then the score.")
    fresh = models.IntegerField(help_text="The day of the last verification.")
    least_asked = models.IntegerField(help_text="Fewer asks, then as `best`.")
    changes_on = models.DateField(help_text="First day on which an ask is no longer of late, or the score falls a step.")

    class Meta:
        ordering = ["advocate_id"]
        indexes = [
            models.Index(F("best").desc(), "advocate_id", name="search_rank_best"),
            models.Index(F("fresh").desc(), "advocate_id", name="search_rank_fresh"),
            models.Index(F("least_asked").desc(), "advocate_id", name="search_rank_least_asked"),
            models.Index(fields=["changes_on"], name="search_rank_changes_on"),
        ]

    def __str__(self):
        return str(self.advocate_id)


class BitsField(models.Field):
    """A fixed number of bits."""

    def db_type(self, connection):
        return f"bit({BITS})"


class SearchBits(models.Model):
    """Who has a value: advocate n is bit n % BITS of piece n / BITS. Pieces without any bit need not exist."""

    pk = models.CompositePrimaryKey("facet", "value", "piece")
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=500)
    piece = models.IntegerField()
    bits = BitsField()

    class Meta:
        ordering = ["facet", "value", "piece"]

    def __str__(self):
        return f"{self.facet} {self.value}, {self.piece}"


class SearchChange(models.Model):
    """Advocates whose bits and ranks wait to be brought up to date. Only inserted and deleted: writers never wait here."""

    advocates = ArrayField(models.BigIntegerField(), null=True, help_text="Null: who is free has changed for everybody.")
    rows_due = models.BooleanField(default=False, help_text="The rows themselves have not been refreshed either.")
    words = models.BooleanField(default=False, help_text="The words have changed.")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return str(self.pk)


class SearchState(models.Model):
    """What the bits and ranks hold for. One row; without it they hold for nothing."""

    day = models.DateField()
    as_of = models.DateTimeField(help_text="Places held until then have been given back.")
    free = models.JSONField(default=dict, help_text="Activity type: the day for which those free for it are known.")
    words = models.JSONField(default=dict, help_text="Words whose advocates are kept, each with the day of its last use.")

    def __str__(self):
        return str(self.day)
