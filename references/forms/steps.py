from datetime import timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.models import Advocate

FURTHEST = timedelta(days=366)  # a slip in the year is told at the field


class ReasonForm(forms.Form):
    note = forms.CharField(
        label=_("Why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The requester reads this, to know what to look for instead."),
    )


class ScheduleForm(forms.Form):
    at = forms.DateTimeField(
        label=_("Day and time"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(user.time_zone)
        sentence = gettext("As agreed with the customer, in your own time zone: %(zone)s.")
        self.fields["at"].help_text = sentence % {"zone": user.time_zone}

    def clean_at(self):
        """The clock on the writer's wall, whatever the time zone of the installation."""
        typed = self.cleaned_data["at"]
        if abs(typed.date() - timezone.localdate()) > FURTHEST:
            raise forms.ValidationError(gettext("Choose a day within a year of today."))
        return typed.replace(tzinfo=self.zone)


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("What came of it?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence the CSM can pass on to the customer, who wants to know whether it helped."),
    )
    influenced = forms.TypedChoiceField(
        label=_("Did it influence the deal?"),
        required=False,
        empty_value=None,
        coerce=lambda value: value == "yes",
        choices=[("", _("Too early to say")), ("yes", _("Yes")), ("no", _("No"))],
        help_text=_("As you see it. Influenced and won are counted apart; neither says that it was the cause."),
    )


class ProposeForm(forms.Form):
    advocate = forms.ModelChoiceField(label=_("Advocate"), queryset=Advocate.objects.none())
    note = forms.CharField(label=_("Why?"), max_length=2000, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["advocate"].queryset = Advocate.objects.visible_to(user)


class OtherForm(ReasonForm):
    """Not this one, but another of the same CSM."""

    advocate = forms.ModelChoiceField(
        label=_("Ask instead"), queryset=Advocate.objects.none(), empty_label=_("Choose a customer")
    )
    field_order = ["advocate", "note"]

    def __init__(self, *args, advocates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["advocate"].queryset = advocates
        self.fields["advocate"].label_from_instance = lambda advocate: f"{advocate.name}, {advocate.account}"
