"""Around a conversation: where, how it went, and the thanks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.text import clean_line, clean_text
from references.models import Debrief, ReferenceRequest


class PlaceForm(forms.ModelForm):
    class Meta:
        model = ReferenceRequest
        fields = ["place", "minutes"]
        help_texts = {
            "place": _("The conference link, number or address you give both sides. It stands in their calendars."),
        }

    def clean_place(self):
        return clean_line(self.cleaned_data["place"])

    def clean_minutes(self):
        minutes = self.cleaned_data["minutes"]
        if not 10 <= minutes <= 480:
            raise forms.ValidationError(_("Between 10 minutes and 8 hours."))
        return minutes


class DebriefForm(forms.ModelForm):
    went_well = forms.TypedChoiceField(
        label=_("How did it go?"),
        coerce=int,
        choices=[
            (5, _("5: very well")),
            (4, _("4: well")),
            (3, _("3: so so")),
            (2, _("2: not so well")),
            (1, _("1: badly")),
        ],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Debrief
        fields = ["went_well", "mattered", "next_time", "shares"]
        labels = {
            "mattered": _("What mattered most?"),
            "next_time": _("What should we do differently next time?"),
            "shares": _("The colleague who asked for this may read my answers"),
        }
        help_texts = {"shares": _("Otherwise only your contact and their team read them.")}
        widgets = {
            "mattered": forms.Textarea(attrs={"rows": 3, "maxlength": 5000}),
            "next_time": forms.Textarea(attrs={"rows": 3, "maxlength": 5000}),
        }

    def __init__(self, *args, side: str, **kwargs):
        super().__init__(*args, **kwargs)
        if side != Debrief.Side.ADVOCATE:
            del self.fields["shares"]

    def clean_mattered(self):
        return clean_text(self.cleaned_data["mattered"])

    def clean_next_time(self):
        return clean_text(self.cleaned_data["next_time"])


class ThanksForm(forms.Form):
    text = forms.CharField(
        label=_("Your thanks"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Change the words as you like. It goes to the customer by mail; answers go to their CSM."),
    )

    def clean_text(self):
        return clean_text(self.cleaned_data["text"])


class OtherTimesForm(forms.Form):
    why = forms.CharField(
        label=_("Why?"), required=False, max_length=500, widget=forms.TextInput(), help_text=_("The customer's contact reads it.")
    )

    def clean_why(self):
        return clean_line(self.cleaned_data["why"])
