"""Forms between colleagues: hand a draft over, ask for a section, fill it."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocacy.fields import LongTextField
from advocacy.models import User
from nominations.forms.reading import WORDS, reading_fields
from nominations.sections import PARTNERSHIP, SECTIONS


class ColleagueField(forms.EmailField):
    """One colleague by their e-mail address."""

    def clean(self, value):
        address = super().clean(value).lower()
        colleague = User.objects.filter(email=address, is_active=True).first() if address else None
        if address and colleague is None:
            raise forms.ValidationError(_now("Nobody here has the address %(address)s."), params={"address": address})
        return colleague


class HandOverForm(forms.Form):
    to = ColleagueField(label=_("Colleague's e-mail"), help_text=_("The draft becomes theirs; you can still read it."))
    note = LongTextField(label=_("Note"), rows=3, limit=2_000, help_text=_("What they should know. It goes with the mail."))


class AskForSectionForm(forms.Form):
    section = forms.ChoiceField(label=_("Part"), choices=lambda: list(SECTIONS.items()))
    colleague = ColleagueField(
        label=_("Colleague's e-mail"), help_text=_("They get a link that opens this part alone, without signing in.")
    )
    note = LongTextField(
        label=_("Note"), rows=3, limit=2_000, help_text=_("Such as “you were in the room when they switched over”.")
    )


class SectionForm(forms.Form):
    """One section, for the colleague who was asked. Nothing of what stands in the draft is sent back."""

    def __init__(self, *args, section, **kwargs):
        super().__init__(*args, **kwargs)
        self.section = section
        if section == PARTNERSHIP:
            self.fields.update(reading_fields())
        else:
            self.fields[section] = LongTextField(label=SECTIONS[section], rows=8)

    def pairs(self):
        return [(self[name], self[f"{name}_evidence"]) for name in WORDS] if self.section == PARTNERSHIP else []

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_now("Nothing is written yet. A sentence is enough."))
        return cleaned
