"""Whom an asker means. A name is suggested only where it may be told; who writes it out exactly is answered."""

from datetime import date

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from advocacy.models import Advocate, User
from advocacy.text import clean_line

OFFERED = 10


def people_like(user: User, text: str, on: date) -> QuerySet[Advocate]:
    """Advocates whose name or company holds the text, of those whose name and company this reader may know."""
    words = Q(name__icontains=text) | Q(account__name__icontains=text)
    return Advocate.objects.visible_to(user).named_to(user, on).active().filter(words).select_related("account")[:OFFERED]


def person_label(advocate: Advocate) -> str:
    return f"{advocate.name}, {advocate.account}" if advocate.account else advocate.name


class PersonField(forms.CharField):
    """A customer written as name and company, or as e-mail address.

    Whoever writes both out knows the customer already: an answer of the ledger tells them less than an ask
    outside of it would cost the customer. Nothing is found by a part of a name, and no address is shown.
    """

    def clean(self, value: str) -> Advocate:
        text = clean_line(super().clean(value))
        found = list(self._meant(text).select_related("account__csm")[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Several people are called that. Write the e-mail address instead."))
        raise forms.ValidationError(
            _("We do not know this person. Write name and company, such as “Anna Reyes, Acme”, or the e-mail address.")
        )

    def _meant(self, text):
        people = Advocate.objects.exclude(status=Advocate.Status.RETIRED)
        if "@" in text:
            return people.filter(email=text.lower())
        condition = Q(pk__in=[])
        # Names and companies may hold commas themselves: every comma may be the one between them.
        parts = text.split(",")
        for cut in range(1, len(parts)):
            name, company = ",".join(parts[:cut]).strip(), ",".join(parts[cut:]).strip()
            condition |= Q(name__iexact=name, account__name__iexact=company)
        return people.filter(condition)
