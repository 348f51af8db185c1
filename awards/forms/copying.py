import re

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.fields import LineField
from awards.services.copying import copy_program
from nominations.forms.setup.steps import ADVISED


class CopyForm(forms.Form):
    name = LineField(
        label=_("Name"),
        required=True,
        widget=forms.TextInput(attrs=ADVISED),
        help_text=_("Advice appears below while you type; the choice is yours."),
    )
    season = LineField(label=_("Season"), limit=50, help_text=_("Such as 2027."))
    with_judges = forms.BooleanField(
        label=_("Appoint the same judges"),
        required=False,
        initial=True,
        help_text=_("Those of us who still judge and may sign in. Guests are invited anew."),
    )

    def __init__(self, *args, program, **kwargs):
        self.program = program
        super().__init__(*args, initial={"name": a_year_on(program.name), "season": a_year_on(program.season)}, **kwargs)

    def save(self, *, by, now):
        return copy_program(program=self.program, by=by, now=now, **self.cleaned_data)


def a_year_on(text):
    """“Impact Awards 2026” becomes “Impact Awards 2027”; a text without a year stays."""
    return re.sub(r"\b20\d\d\b", lambda year: str(int(year[0]) + 1), text)
