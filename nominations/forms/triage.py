from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.fields import LongTextField
from nominations.services.triage import NEED_A_REASON


class TriageForm(forms.Form):
    why = LongTextField(label=_("Reason"), rows=3, limit=2_000, help_text=_("The person who nominated reads it."))

    def __init__(self, *args, to, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why"].required = to in NEED_A_REASON
        self.fields["why"].error_messages["required"] = _("Say why: the person who nominated reads it.")
