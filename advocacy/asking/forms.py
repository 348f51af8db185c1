from datetime import timedelta
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.asking.person import PersonField
from advocacy.catalogue import AWARD
from advocacy.exceptions import AdvocateUnavailable
from advocacy.models import ActivityType, Ask
from advocacy.services import ask_for_team
from advocacy.text import clean_line
from advocacy.working_time import day_of

FURTHEST = timedelta(days=366)  # a slip in the year is told at the field


class AskForm(forms.Form):
    """Everything a team needs to say before a customer is asked."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    person = PersonField(
        label=_("Whom?"),
        max_length=360,
        help_text=_("Name and company, such as “Anna Reyes, Acme”, or the e-mail address."),
        widget=forms.TextInput(
            attrs={
                "list": "ask-people",
                "autocomplete": "off",
                "hx-get": reverse_lazy("ask-people"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#ask-people",
            }
        ),
    )
    activity_type = forms.ModelChoiceField(
        ActivityType.objects.exclude(code=AWARD), label=_("What?"), help_text=_("Each kind has limits of its own.")
    )
    team = forms.ChoiceField(
        choices=[("", "---------"), *Ask.Team.choices],
        label=_("For which team?"),
        help_text=_("So that load and thanks can be seen by team."),
    )
    purpose = forms.CharField(
        label=_("What for?"),
        max_length=300,
        help_text=_("The CSM tells the customer, such as: the panel in May, 40 minutes on stage."),
    )
    counts_on = forms.DateField(
        label=_("When does it take place?"),
        help_text=_("The limits count around this day. Today, if no day is fixed."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args, user, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.now = user, now
        self.fields["counts_on"].initial = day_of(now)
        self.fields["counts_on"].widget.attrs["min"] = day_of(now).isoformat()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "form_token",
            Field("person"),
            HTML('<datalist id="ask-people"></datalist>'),
            Div(Div("activity_type", css_class="col-md-6"), Div("team", css_class="col-md-6"), css_class="row"),
            "purpose",
            Div(Div("counts_on", css_class="col-md-6"), css_class="row"),
        )

    def clean_purpose(self):
        return clean_line(self.cleaned_data["purpose"])

    def clean_counts_on(self):
        day = self.cleaned_data["counts_on"]
        if day < day_of(self.now):
            raise forms.ValidationError(gettext("This day has passed."))
        if day > day_of(self.now) + FURTHEST:
            raise forms.ValidationError(gettext("Choose a day within a year of today."))
        return day

    def send(self) -> Ask | None:
        """The new ask, or None with the reason and the day it ends at the form."""
        advocate = self.cleaned_data.pop("person")
        try:
            return ask_for_team(advocate=advocate, by=self.user, now=self.now, **self.cleaned_data)
        except AdvocateUnavailable as error:
            self.add_error(None, gettext("Please do not ask this person now. %(why)s") % {"why": error})
        return None
