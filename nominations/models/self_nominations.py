from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nominations.models.nominations import Nomination
from nominations.models.programs import Program
from nominations.querysets import SelfNominationQuerySet


class SelfNomination(models.Model):
    """What a customer sent from the public page. Nothing of it counts until the e-mail address is confirmed."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="self_nominations")
    form_key = models.UUIDField(
        unique=True, editable=False, help_text=_("One for each page shown, so that the same form sent twice is one row.")
    )
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("work e-mail"))
    company = models.CharField(_("company"), max_length=200)
    title = models.CharField(_("job title"), max_length=150, blank=True)
    category_ids = ArrayField(models.BigIntegerField(), verbose_name=_("categories"), default=list, blank=True)
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    before_state = models.TextField(_("the state before"), blank=True)
    narrative = models.TextField(_("how they got there"), blank=True)
    business_outcome = models.TextField(_("business outcome"), blank=True)
    human_element = models.TextField(_("the people in it"), blank=True)
    consented_to = models.TextField(_("consent text the customer agreed to"))
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    nomination = models.OneToOneField(
        Nomination, on_delete=models.SET_NULL, null=True, blank=True, related_name="self_nomination"
    )

    objects = SelfNominationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("self-nomination")

    def __str__(self):
        return f"{self.name}, {self.company}"
