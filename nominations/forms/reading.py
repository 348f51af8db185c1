"""The CSM's reading of the partnership: four numbers in words, each with a sentence that bears it out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.fields import LongTextField

WORDS = {
    "confidence": [
        _("1: I have doubts"),
        _("2: Unsteady"),
        _("3: Solid today"),
        _("4: Confident"),
        _("5: I would put my name to it"),
    ],
    "comfort": [
        _("1: Will not be named"),
        _("2: Reluctant"),
        _("3: Case by case"),
        _("4: Comfortable"),
        _("5: Looks forward to it"),
    ],
    "responsiveness": [
        _("1: Hard to reach"),
        _("2: Slow"),
        _("3: Answers in a week"),
        _("4: Answers in days"),
        _("5: Answers at once"),
    ],
    "shared_success": [
        _("1: One-sided"),
        _("2: Early days"),
        _("3: Both gain"),
        _("4: We plan together"),
        _("5: Their success is ours"),
    ],
}
WHY = {
    "confidence": _("How sure you are that this customer will still speak well of us in a year."),
    "comfort": _("Whether they can be celebrated in public at all. The judges weigh it."),
    "responsiveness": _("A winner is asked for a photo, a quote, a date. Slow answers end a campaign."),
    "shared_success": _("Whether both of us gain: feedback, events, a road map shared."),
}
LABELS = {
    "confidence": _("Confidence"),
    "comfort": _("Comfort with public recognition"),
    "responsiveness": _("Responsiveness"),
    "shared_success": _("Shared success"),
}


def reading_fields():
    fields = {}
    for name, words in WORDS.items():
        fields[name] = forms.TypedChoiceField(
            label=LABELS[name],
            help_text=WHY[name],
            choices=list(enumerate(words, start=1)),
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )
        fields[f"{name}_evidence"] = LongTextField(
            label=_("What shows it"), help_text=_("One sentence: what they did or said."), rows=2
        )
    return fields


class ReadingForm(forms.Form):
    """For the CSM of a nomination somebody else made."""

    def __init__(self, *args, nomination, **kwargs):
        self.nomination = nomination
        super().__init__(*args, initial={name: getattr(nomination, name) for name in reading_fields()}, **kwargs)
        self.fields.update(reading_fields())

    def pairs(self):
        return [(self[name], self[f"{name}_evidence"]) for name in WORDS]
