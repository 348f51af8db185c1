from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from outbox import preferences
from outbox.kinds import Choice


class WishesForm(forms.Form):
    """How an address wants each group of mails."""

    def __init__(self, *args, address, wishes, **kwargs):
        super().__init__(*args, **kwargs)
        self.address = address
        for wish in wishes:
            self.fields[wish.group.code] = forms.ChoiceField(
                label=wish.group.label,
                choices=Choice.choices,
                initial=wish.choice,
                widget=forms.RadioSelect,
                help_text=get_text_list([f"“{kind.label}”" for kind in wish.kinds], _("and")),
            )

    def save(self, *, now):
        return preferences.choose(self.address, self.cleaned_data, now=now)
