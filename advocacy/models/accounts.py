from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.countries import country_choices, region_of
from advocacy.models.taxonomy import Industry, Product, UseCase
from advocacy.models.users import Region
from advocacy.querysets import AccountQuerySet, OpportunityQuerySet


class Segment(models.TextChoices):
    SMB = "smb", _("Small business")
    MID_MARKET = "mid_market", _("Mid-market")
    ENTERPRISE = "enterprise", _("Enterprise")


class Account(models.Model):
    """A company, with the facts the CRM knows of it."""

    class Lifecycle(models.TextChoices):
        PROSPECT = "prospect", _("Prospect")
        CUSTOMER = "customer", _("Customer")
        FORMER = "former", _("Former customer")

    class Publicity(models.TextChoices):
        OPEN = "open", _("Open to publicity")
        NEEDS_APPROVAL = "needs_approval", _("Needs approval")
        LOCKED_DOWN = "locked_down", _("Locked down")

    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="subsidiaries")
    domain = models.CharField(
        _("e-mail domain"),
        max_length=253,
        blank=True,
        help_text=_("Matches self-nominations to this account, such as example.com."),
    )
    external_id = models.CharField(_("CRM id"), max_length=100, blank=True)
    lifecycle = models.CharField(_("lifecycle"), max_length=20, choices=Lifecycle, default=Lifecycle.CUSTOMER)
    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, null=True, blank=True)
    industry_as_given = models.CharField(_("industry as given"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=country_choices, blank=True)
    country_as_given = models.CharField(_("country as given"), max_length=200, blank=True)
    region = models.CharField(_("region"), max_length=20, choices=Region, blank=True, help_text=_("Follows the country."))
    segment = models.CharField(_("segment"), max_length=20, choices=Segment, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    annual_revenue = models.DecimalField(_("annual revenue"), max_digits=18, decimal_places=2, null=True, blank=True)
    customer_since = models.DateField(_("customer since"), null=True, blank=True)
    products = models.ManyToManyField(Product, blank=True, related_name="accounts")
    use_cases = models.ManyToManyField(UseCase, blank=True, related_name="accounts")
    csm = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="csm_accounts",
        verbose_name=_("CSM"),
        help_text=_("When empty, the advocacy team looks after the account."),
    )
    account_executive = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="executive_accounts"
    )
    health_score = models.PositiveSmallIntegerField(
        _("health (0-100)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    usage_active = models.BooleanField(_("uses the product actively"), null=True, blank=True)
    renewal_date = models.DateField(_("renewal date"), null=True, blank=True)
    open_escalation = models.BooleanField(_("open escalation"), default=False)
    metrics_as_of = models.DateField(_("figures as of"), null=True, blank=True)
    publicity_status = models.CharField(_("publicity"), max_length=20, choices=Publicity, default=Publicity.OPEN)
    publicity_note = models.TextField(_("publicity: what was asked, of whom, when, and the answer"), blank=True)
    max_asks_per_quarter = models.PositiveSmallIntegerField(
        _("asks a quarter at most"), default=4, help_text=_("Over all people at this account, in 90 days.")
    )

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["external_id"], condition=~Q(external_id=""), name="account_crm_id_unique"),
            models.CheckConstraint(condition=Q(health_score__lte=100), name="account_health_at_most_100"),
        ]
        indexes = [
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="account_name_trigram"),
            models.Index(fields=["domain"], name="account_domain"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.domain = self.domain.strip().lower()
        self.region = region_of(self.country)
        if kwargs.get("update_fields") and "country" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "region"}
        super().save(*args, **kwargs)


class Opportunity(models.Model):
    """A deal, as the CRM tells it."""

    class Type(models.TextChoices):
        NEW = "new", _("New business")
        RENEWAL = "renewal", _("Renewal")
        EXPANSION = "expansion", _("Expansion")

    external_id = models.CharField(_("CRM id"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    type = models.CharField(_("type"), max_length=20, choices=Type, blank=True)
    account = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="opportunities",
        help_text=_("Empty when the CRM gave none; link it by hand."),
    )
    products = models.ManyToManyField(Product, blank=True, related_name="opportunities")
    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, null=True, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=country_choices, blank=True)
    segment = models.CharField(_("segment"), max_length=20, choices=Segment, blank=True)
    stage = models.CharField(_("stage"), max_length=50, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=18, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal(0))]
    )
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    close_date = models.DateField(_("close date"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="opportunities"
    )
    owner_as_given = models.CharField(_("owner as given"), max_length=150, blank=True)
    is_won = models.BooleanField(_("won"), null=True, blank=True, help_text=_("Empty while the deal is open."))

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        ordering = ["external_id"]
        verbose_name_plural = _("opportunities")

    def __str__(self):
        return self.name or self.external_id

    @property
    def is_open(self):
        return self.is_won is None
