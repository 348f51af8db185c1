from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.exceptions import AdvocateUnavailable, RuleBroken
from advocacy.models import ActivityType
from advocacy.text import clean_line, clean_text
from references import services
from references.dates import check_day
from references.forms.opportunities import OpportunityField
from references.models import ReferenceRequest
from references.services.due import earliest_day

FOLDED = ["prospect_name", "prospect_title", "prospect_email", "prospect_time_zone", "avoid"]
# A fold must hide neither what is wrong nor what was brought along.
OPEN_IF_FILLED = "{% if " + " or ".join(f"form.{name}.errors or form.{name}.value" for name in FOLDED) + " %}open{% endif %}"


class RequestForm(forms.ModelForm):
    form_token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    class Meta:
        model = ReferenceRequest
        fields = [
            "activity_type",
            "wants_to_hear",
            "needed_by",
            "format",
            "prospect_level",
            "concerns",
            "prospect_name",
            "prospect_title",
            "prospect_email",
            "prospect_time_zone",
            "avoid",
        ]
        labels = {"activity_type": _("What is needed"), "wants_to_hear": _("What does the prospect want to hear?")}
        widgets = {
            "needed_by": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "wants_to_hear": forms.Textarea(attrs={"rows": 3, "maxlength": 5000}),
            "concerns": forms.Textarea(attrs={"rows": 2, "maxlength": 2000}),
            "avoid": forms.Textarea(attrs={"rows": 2, "maxlength": 2000}),
            "prospect_time_zone": forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
        }
        help_texts = {
            "activity_type": _("Decides whom we may ask: each kind has limits of its own."),
            "wants_to_hear": _("The customer reads this before they say yes, so that they can prepare."),
            "needed_by": _("We stop looking after this day, so that nobody is asked in vain."),
            "format": _("Some people prefer not to be filmed or visited."),
            "prospect_level": _("People believe their peers: we look for somebody of the same level."),
            "concerns": _("The customer prepares for these; two or three words each are enough."),
            "avoid": _("Such as prices, or a competitor they know."),
            "prospect_time_zone": _("Times are offered in it; such as Europe/Berlin."),
            "prospect_name": _("So that the customer knows whom they will meet."),
            "prospect_title": _("We look for somebody with a similar task."),
            "prospect_email": _("Used to find a time, for nothing else."),
        }

    def __init__(self, *args, user, now, advocates=(), wanted=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.now, self.advocates, self.wanted = user, now, list(advocates), wanted or {}
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
        self.fields["needed_by"].widget.attrs |= {
            "min": earliest_day(now, user).isoformat(),
            "hx-get": reverse_lazy("request-day"),
            "hx-trigger": "change, input changed delay:300ms",
            "hx-target": "#day-check",
        }
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _layout(self):
        return Layout(
            "form_token",
            _side_by_side("activity_type", "format"),
            Field("opportunity"),
            HTML('<datalist id="opportunity-choices"></datalist>'),
            "wants_to_hear",
            _side_by_side("prospect_level", Div("needed_by", HTML('<div id="day-check" class="day-check" role="status"></div>'))),
            "concerns",
            HTML(f'<details class="more" {OPEN_IF_FILLED}><summary>{gettext("More about the prospect")}</summary>'),
            _side_by_side("prospect_name", "prospect_title"),
            _side_by_side("prospect_email", "prospect_time_zone"),
            "avoid",
            HTML("</details>"),
        )

    def clean_opportunity(self):
        """For a decided deal nobody needs a reference; the clock would free the customer at once."""
        deal = self.cleaned_data["opportunity"]
        if deal and not deal.is_open:
            raise forms.ValidationError(gettext("This deal is decided. Choose an open one, or leave the field empty."))
        return deal

    def clean_concerns(self):
        return clean_text(self.cleaned_data["concerns"])

    def clean_avoid(self):
        return clean_text(self.cleaned_data["avoid"])

    def clean_wants_to_hear(self):
        return clean_text(self.cleaned_data["wants_to_hear"])

    def clean_prospect_name(self):
        return clean_line(self.cleaned_data["prospect_name"])

    def clean_prospect_title(self):
        return clean_line(self.cleaned_data["prospect_title"])

    def clean_needed_by(self):
        verdict = check_day(self.cleaned_data["needed_by"], self.user, self.now)
        if not verdict.is_possible:
            raise forms.ValidationError(verdict.sentence)
        return self.cleaned_data["needed_by"]

    def send(self):
        """The new request, or None with the reason at the form when no advocate chosen has a place left."""
        first, *line = self.advocates or [None]
        try:
            return services.open_request(
                requester=self.user, advocate=first, line=line, wanted=self.wanted, now=self.now, **self.cleaned_data
            )
        except AdvocateUnavailable as error:
            sentence = gettext("This advocate cannot be asked at present. %(why)s Your words are kept: choose somebody else.")
            self.add_error(None, sentence % {"why": error})
        except RuleBroken as error:
            self.add_error(None, str(error))
        return None


def _side_by_side(*fields):
    return Div(*(Div(field, css_class="col-md-6") for field in fields), css_class="row")
