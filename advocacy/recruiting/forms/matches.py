from django import forms
from django.utils.translation import gettext_lazy as _


class SameForm(forms.Form):
    """Which of the two jobs is today's. Asked only where they differ."""

    works_at = forms.ChoiceField(
        label=_("Where do they work today?"), widget=forms.RadioSelect, help_text=_("The other job is kept with a date.")
    )

    def __init__(self, *args, match, **kwargs):
        super().__init__(*args, initial={"works_at": "other"}, **kwargs)
        self.fields["works_at"].choices = [
            (name, person.account.name if person.account else _("Somewhere we do not know"))
            for name, person in (("other", match.other), ("kept", match.advocate))
        ]
        if match.advocate.account_id == match.other.account_id:
            del self.fields["works_at"]

    @property
    def works_at_other(self):
        return self.cleaned_data.get("works_at", "other") == "other"
