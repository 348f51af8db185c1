import re

from django import forms
from django.db.models import Q
from django.utils.translation import gettext

from advocacy.models import Opportunity
from advocacy.text import clean_line

IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")
OFFERED = 10


def opportunities_like(user, text):
    """Deals whose name, CRM id or company holds the text, the open ones first."""
    words = Q(name__icontains=text) | Q(external_id__icontains=text) | Q(account__name__icontains=text)
    return Opportunity.objects.visible_to(user).filter(words).select_related("account").order_by("-is_won", "name", "pk")


def opportunity_label(opportunity):
    """What stands in the field once a deal is chosen: its name and, to be exact, its CRM id."""
    return f"{opportunity} ({opportunity.external_id})"


class OpportunityField(forms.CharField):
    """A deal chosen by typing: the CRM id, or a name that only one deal has."""

    def __init__(self, *, user, **options):
        self.user = user
        super().__init__(max_length=320, **options)

    def clean(self, value):
        text = clean_line(super().clean(value))
        if not text:
            return None
        in_brackets = IN_BRACKETS.search(text)
        ids = {text, in_brackets.group(1) if in_brackets else text}
        if exact := Opportunity.objects.visible_to(self.user).filter(external_id__in=ids).first():
            return exact
        found = list(opportunities_like(self.user, text)[: OFFERED + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(gettext("No deal has this name or CRM id. Leave it empty when it is not in the CRM yet."))
        names = "; ".join(opportunity_label(opportunity) for opportunity in found[:5])
        raise forms.ValidationError(gettext("Several deals fit. Which one: %(names)s?") % {"names": names})
