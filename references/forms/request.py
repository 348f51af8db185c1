from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.exceptions import AdvocateUnavailable, RuleBroken
from advocacy.models import ActivityType
from advocacy.text import clean_line, clean_text
from references import services
from references.forms.opportunities import OpportunityField
from references.models import ReferenceRequest
from references.services.due import earliest_day


class RequestForm(forms.ModelForm):
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    class Meta:
        model = ReferenceRequest
        fields = [
            "activity_type",
            "wants_to_hear",
            "needed_by",
            "format",
            "prospect_name",
            "prospect_title",
            "prospect_email",
        ]
        labels = {"activity_type": _("What is needed"), "wants_to_hear": _("What does the prospect want to hear?")}
        widgets = {
            "needed_by": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "wants_to_hear": forms.Textarea(attrs={"rows": 4, "maxlength": 5000}),
        }
        help_texts = {
            "activity_type": _("Decides whom we may ask: each kind has limits of its own."),
            "wants_to_hear": _("The customer reads this before they say yes, so that they can prepare."),
            "needed_by": _("We stop looking after this day, so that nobody is asked in vain."),
            "format": _("Some people prefer not to be filmed or visited."),
            "prospect_name": _("So that the customer knows whom they will meet."),
            "prospect_title": _("We look for somebody with a similar task."),
            "prospect_email": _("Used to find a time, for nothing else."),
        }

    def __init__(self, *args, user, now, advocate=None, wanted=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.now, self.advocate, self.wanted = user, now, advocate, wanted or {}
        self.fields["opportunity"] = OpportunityField(
            user=user,
            label=_("For which deal?"),
            required=False,
            help_text=_("Type a name or CRM id. It shows later what the reference did for the deal."),
            widget=forms.TextInput(
                attrs={
                    "list": "opportunity-choices",
                    "autocomplete": "off",
                    "hx-get": reverse_lazy("request-opportunities"),
                    "hx-trigger": "input changed delay:250ms",
                    "hx-target": "#opportunity-choices",
                }
            ),
        )
        # What blocks no other ask (an award, a referral, a seat on the board) is nothing a prospect can be given.
        self.fields["activity_type"].queryset = ActivityType.objects.filter(blocks_others=True)
        self.fields["needed_by"].widget.attrs["min"] = earliest_day(now).isoformat()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _layout(self):
        return Layout(
            "form_token",
            Div(Div("activity_type", css_class="col-md-6"), Div("format", css_class="col-md-6"), css_class="row"),
            Field("opportunity"),
            HTML('<datalist id="opportunity-choices"></datalist>'),
            "wants_to_hear",
            Div(Div("needed_by", css_class="col-md-6"), css_class="row"),
            Fieldset(
                gettext("The prospect"),
                Div(Div("prospect_name", css_class="col-md-6"), Div("prospect_title", css_class="col-md-6"), css_class="row"),
                "prospect_email",
            ),
        )

    def clean_wants_to_hear(self):
        return clean_text(self.cleaned_data["wants_to_hear"])

    def clean_prospect_name(self):
        return clean_line(self.cleaned_data["prospect_name"])

    def clean_prospect_title(self):
        return clean_line(self.cleaned_data["prospect_title"])

    def clean_needed_by(self):
        day = self.cleaned_data["needed_by"]
        if day < timezone.localdate(self.now):
            raise forms.ValidationError(gettext("This day has passed."))
        if day < earliest_day(self.now):
            sentence = gettext("Nobody can be found and asked that soon. Choose %(day)s or later.")
            raise forms.ValidationError(sentence % {"day": date_format(earliest_day(self.now), "j F Y")})
        return day

    def send(self):
        """The new request, or None with the reason at the form when the advocate has no place left."""
        try:
            return services.open_request(
                requester=self.user, advocate=self.advocate, wanted=self.wanted, now=self.now, **self.cleaned_data
            )
        except AdvocateUnavailable as error:
            sentence = gettext("This advocate cannot be asked at present. %(why)s Your words are kept: choose somebody else.")
            self.add_error(None, sentence % {"why": error})
        except RuleBroken as error:
            self.add_error(None, str(error))
        return None
