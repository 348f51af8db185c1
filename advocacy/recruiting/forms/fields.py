import re

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext

from advocacy.companies import find_accounts
from advocacy.models import Account
from advocacy.text import clean_line

IN_BRACKETS = re.compile(r"^(?P<name>.*?)\s*\((?P<domain>[^()]+)\)$")
NAMED = 5


def account_label(account: Account) -> str:
    """What stands in the field once a company is chosen: its name and, to be exact, its domain."""
    return f"{account.name} ({account.domain})" if account.domain else account.name


class AccountField(forms.CharField):
    """A company chosen by typing: its name, as far as only one has it."""

    def __init__(self, *, user=None, **options):
        self.user = user
        attrs = {
            "list": "account-choices",
            "autocomplete": "off",
            "hx-get": reverse_lazy("recruit-accounts"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "#account-choices",
        }
        super().__init__(**{"max_length": 320, "widget": forms.TextInput(attrs=attrs)} | options)

    def clean(self, value):
        text = clean_line(super().clean(value))
        if not text:
            return None
        exact = list(self._exact(text)[:2])
        if len(exact) == 1:
            return exact[0]
        found = exact or list(find_accounts(user=self.user, text=text)[: NAMED + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                gettext("No company we know is called like this. Try a shorter part of the name, or ask the advocacy team.")
            )
        names = "; ".join(account_label(account) for account in found[:NAMED])
        raise forms.ValidationError(gettext("Several companies fit. Which one: %(names)s?") % {"names": names})

    def _exact(self, text):
        accounts = Account.objects.visible_to(self.user).order_by("pk")
        named = IN_BRACKETS.match(text)
        if named and (found := accounts.filter(name__iexact=named["name"], domain__iexact=named["domain"])):
            return found
        return accounts.filter(name__iexact=text)
