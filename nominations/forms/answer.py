from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.consent_texts import TEXTS
from advocacy.fields import LongTextField
from advocacy.models import Consent
from nominations.models import NomineeReply

Answer = NomineeReply.Answer
Purpose = Consent.Purpose
# A nomination is words and perhaps a logo; recordings are asked about when there are any.
ASKED = [purpose for purpose in TEXTS if purpose != Purpose.USE_VIDEO]


def scope_choices():
    return [(purpose.value, TEXTS[purpose]) for purpose in ASKED]


class AnswerForm(forms.Form):
    """The nominee's own answer. Nothing is ticked beforehand: a yes covers what they tick."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(Answer.YES, _("Yes, take part")), (Answer.NO, _("No, leave it")), (Answer.NOT_YET, _("Not yet, ask me later"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes, no or not yet.")},
    )
    scope = forms.MultipleChoiceField(
        label=_("If yes, what it covers"),
        choices=scope_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what you agree to, or nothing for now. You can take each back later."),
    )
    note = LongTextField(label=_("Anything you want to tell us"), rows=3, limit=2_000, help_text=_("A person reads it."))

    def clean(self):
        """Only a yes covers anything. Who takes an earlier yes back need not untick what it covered."""
        cleaned = super().clean()
        if cleaned.get("answer") in (Answer.NO, Answer.NOT_YET):
            cleaned["scope"] = []
        return cleaned
