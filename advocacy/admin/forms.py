from datetime import timedelta

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models import ActivityType, Advocate, Ask, Consent

MOST_YEARS = 10


def validate_near(day):
    """The ledger counts months before and after a day: a slip in the year is caught here."""
    if abs(day - timezone.localdate()) > timedelta(days=365 * MOST_YEARS):
        raise ValidationError(_("Choose a day within %(years)s years of today."), params={"years": MOST_YEARS})


class ConsentForm(forms.ModelForm):
    """What a customer said, written down by one of us."""

    class Meta:
        model = Consent
        fields = ["purpose", "decision", "given_by", "method", "text_shown", "evidence", "expires_on"]
        widgets = {
            "text_shown": forms.Textarea({"rows": 3, "cols": 60}),
            "evidence": forms.Textarea({"rows": 2, "cols": 60}),
            "expires_on": AdminDateWidget,
        }
        help_texts = {
            "purpose": _("One purpose at a time, as the customer said it."),
            "text_shown": _("What the customer read or heard before saying yes or no."),
            "expires_on": _("The first day on which it no longer holds. Empty: until withdrawn."),
        }


class StatusForm(forms.Form):
    """Where an advocate goes next; only what the present status allows."""

    to = forms.ChoiceField(label=_("Status"))
    until = forms.DateField(
        label=_("First day back"),
        required=False,
        widget=AdminDateWidget,
        help_text=_("For a pause only. Empty: until somebody makes the advocate active again."),
    )
    why = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea({"rows": 2, "cols": 60}), help_text=_("Stands in the history.")
    )

    def __init__(self, *args, advocate, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = Advocate.TRANSITIONS[advocate.status] - {Advocate.Status.CANDIDATE}
        self.fields["to"].choices = [choice for choice in Advocate.Status.choices if choice[0] in allowed]


class AskForm(forms.Form):
    """An ask made by telephone or in person, kept in the ledger like every other."""

    activity_type = forms.ModelChoiceField(ActivityType.objects.all(), label=_("Activity"))
    counts_on = forms.DateField(
        label=_("Planned for"),
        required=False,
        widget=AdminDateWidget,
        help_text=_("Empty: today."),
        validators=[validate_near],
    )


class MoveForm(forms.Form):
    """The next step of an ask made by hand."""

    to = forms.ChoiceField(label=_("State"))
    counts_on = forms.DateField(
        label=_("Date"),
        required=False,
        widget=AdminDateWidget,
        help_text=_("When it is planned for or took place. Empty: as it was."),
        validators=[validate_near],
    )
    outcome = forms.CharField(
        label=_("Outcome"), required=False, widget=forms.Textarea({"rows": 2, "cols": 60}), help_text=_("What came of it.")
    )
    why = forms.CharField(label=_("Reason"), required=False, help_text=_("Stands in the history."))

    def __init__(self, *args, ask, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = Ask.TRANSITIONS.get(ask.state, set()) | ({ask.state} if ask.state == Ask.State.SCHEDULED else set())
        self.fields["to"].choices = [choice for choice in Ask.State.choices if choice[0] in allowed]
