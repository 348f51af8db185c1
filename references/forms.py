import re
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.exceptions import AdvocateUnavailable, RuleBroken
from advocacy.models import ActivityType, Advocate, Opportunity, Willingness
from advocacy.text import clean_line, clean_text
from references import services
from references.models import ReferenceRequest
from references.services.requests import earliest_day

IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")
OFFERED = 10
FURTHEST = timedelta(days=366)  # a slip in the year is told at the field


def opportunities_like(user, text):
    """Deals whose name, CRM id or company holds the text, the open ones first."""
    words = Q(name__icontains=text) | Q(external_id__icontains=text) | Q(account__name__icontains=text)
    return Opportunity.objects.visible_to(user).filter(words).select_related("account").order_by("-is_won", "name", "pk")


def opportunity_label(opportunity):
    """What stands in the field once a deal is chosen: its name and, to be exact, its CRM id."""
    return f"{opportunity} ({opportunity.external_id})"


class OpportunityField(forms.CharField):
    """A deal chosen by typing: the CRM id, or a name that only one deal has."""

    def __init__(self, *, user, **options):
        self.user = user
        super().__init__(max_length=320, **options)

    def clean(self, value):
        text = clean_line(super().clean(value))
        if not text:
            return None
        in_brackets = IN_BRACKETS.search(text)
        ids = {text, in_brackets.group(1) if in_brackets else text}
        if exact := Opportunity.objects.visible_to(self.user).filter(external_id__in=ids).first():
            return exact
        found = list(opportunities_like(self.user, text)[: OFFERED + 1])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(gettext("No deal has this name or CRM id. Leave it empty when it is not in the CRM yet."))
        names = "; ".join(opportunity_label(opportunity) for opportunity in found[:5])
        raise forms.ValidationError(gettext("Several deals fit. Which one: %(names)s?") % {"names": names})


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


class ProposeForm(forms.Form):
    advocate = forms.ModelChoiceField(label=_("Advocate"), queryset=Advocate.objects.none())

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["advocate"].queryset = Advocate.objects.visible_to(user)


class ProfileForm(forms.ModelForm):
    """What a CSM keeps current: role, rapport, how much, and what for."""

    class Meta:
        model = Advocate
        fields = ["title", "level", "function", "relationship", "max_asks_per_quarter"]
        help_texts = {
            "title": _("Stands in every search result."),
            "level": _("Sales looks for people of the prospect's own level."),
            "relationship": _("From 4 on we ask; below, you build trust first."),
            "max_asks_per_quarter": _("The customer's own limit over everything, in 90 days."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        answers = {row.activity_type_id: row.answer for row in self.instance.willingness.all()}
        self.activities = list(ActivityType.objects.all())
        for activity in self.activities:
            self.fields[f"willing_{activity.pk}"] = forms.ChoiceField(
                label=activity.name,
                choices=[("", _("Not asked yet")), *Willingness.Answer.choices],
                required=False,
                initial=answers.get(activity.pk, ""),
            )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _layout(self):
        answers = [Div(f"willing_{activity.pk}", css_class="col-md-4 col-6") for activity in self.activities]
        return Layout(
            *self.Meta.fields,
            Fieldset(gettext("What they are willing to do, as they told you"), Div(*answers, css_class="row")),
        )

    def clean_title(self):
        return clean_line(self.cleaned_data["title"])

    def save(self, *, by, now):
        answers = {activity: self.cleaned_data[f"willing_{activity.pk}"] for activity in self.activities}
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return services.update_profile(advocate=self.instance, by=by, now=now, answers=answers, **fields)
