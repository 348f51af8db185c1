from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.recruiting.forms.fields import AccountField
from advocacy.text import clean_text


class ChangeForm(forms.Form):
    """A customer says in their own words what changed."""

    what = forms.CharField(
        label=_("What changed?"),
        help_text=_("Your own words are enough, such as “I moved to another team in May”. A person reads it."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_what(self):
        return clean_text(self.cleaned_data["what"])


class SectionsForm(forms.Form):
    """Somebody of ours says which sections of a profile are right."""

    sections = forms.MultipleChoiceField(
        label=_("Still right"),
        help_text=_("Tick what the customer confirmed, or what you know first hand."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one part.")},
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sections"].choices = choices


class LeftForm(forms.Form):
    """Somebody left their company; where to, if we know it."""

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.fields["to"] = AccountField(
            user=user,
            label=_("Works now at"),
            required=False,
            help_text=_("A company we know. Empty: the profile rests until we find them again."),
        )
