"""What the CSM and the team do to a profile beside the long form: status, consent, thanks."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.consent_texts import TEXTS
from advocacy.fields import LineField, LongTextField
from advocacy.models import Advocate, Consent, Recognition
from advocacy.recruiting.words import SPOKEN_IS_ENOUGH

LONGEST_PAUSE = timedelta(days=730)
LONGEST_CONSENT = timedelta(days=3660)


def day_field(**options):
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


class StatusForm(forms.Form):
    """Where somebody goes next; only what their status allows. Candidates become active by an interview."""

    WORDS = {
        Advocate.Status.PAUSED: _("Pause: nobody is asked for a while"),
        Advocate.Status.RETIRED: _("Retire: no longer takes part"),
        Advocate.Status.ACTIVE: _("Bring back: may be asked again"),
    }

    to = forms.ChoiceField(label=_("What changes?"), widget=forms.RadioSelect)
    until = day_field(
        label=_("First day back"), required=False, help_text=_("For a pause. Empty: until somebody brings them back.")
    )
    why = LongTextField(label=_("Why?"), required=True, rows=2, limit=2000, help_text=_("Stands in the history of the person."))

    def __init__(self, *args, advocate, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate(now)
        allowed = Advocate.TRANSITIONS[advocate.status]
        if advocate.status == Advocate.Status.CANDIDATE:
            allowed = allowed - {Advocate.Status.ACTIVE}
        if advocate.status == Advocate.Status.PAUSED:
            allowed = allowed | {Advocate.Status.PAUSED}  # another first day back
        self.fields["to"].choices = [(code, label) for code, label in self.WORDS.items() if code in allowed]

    def clean_until(self):
        day = self.cleaned_data["until"]
        if day and day <= self.today:
            raise forms.ValidationError(gettext("Choose a day from tomorrow on."))
        if day and day - self.today > LONGEST_PAUSE:
            raise forms.ValidationError(gettext("That is more than two years away: retire them instead."))
        return day


class ConsentForm(forms.Form):
    """What the customer said, written down by one of us: one word on several purposes at once."""

    sentences = [(label, TEXTS[purpose]) for purpose, label in Consent.Purpose.choices]

    purposes = forms.MultipleChoiceField(
        label=_("What for?"), choices=Consent.Purpose.choices, widget=forms.CheckboxSelectMultiple
    )
    decision = forms.ChoiceField(label=_("Their word"), choices=Consent.Decision.choices, widget=forms.RadioSelect)
    channels = LineField(
        label=_("Where?"), limit=300, help_text=_("Such as website, events, slides; separated by commas. Empty: in every place.")
    )
    expires_on = day_field(
        label=_("Until"),
        required=False,
        help_text=_("The first day on which it no longer holds. Empty: until they take it back."),
    )
    given_by = LineField(label=_("Who said it?"), required=True, help_text=_("The customer, by name."))
    method = forms.ChoiceField(label=_("How?"), choices=[choice for choice in Consent.Method.choices if choice[0] != "page"])
    text_shown = LongTextField(
        label=_("What exactly did they read or hear?"),
        rows=4,
        limit=5000,
        help_text=_("Empty: the usual sentence of each purpose, which stands below."),
    )
    evidence = LongTextField(
        label=_("Where can it be read?"), required=True, rows=2, limit=1000, help_text=_("Such as the mail of 3 May.")
    )

    def __init__(self, *args, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate(now)

    def clean_channels(self):
        words = [word.strip() for word in self.cleaned_data["channels"].split(",")]
        if any(len(word) > Consent._meta.get_field("channels").base_field.max_length for word in words):
            raise forms.ValidationError(gettext("A place is longer than 40 characters. Separate them by commas."))
        return list(dict.fromkeys(word for word in words if word))

    def clean_expires_on(self):
        day = self.cleaned_data["expires_on"]
        if day and not timedelta(0) < day - self.today <= LONGEST_CONSENT:
            raise forms.ValidationError(gettext("Choose a day between tomorrow and ten years from now."))
        return day

    def clean(self):
        cleaned = super().clean()
        published = set(cleaned.get("purposes", [])) - SPOKEN_IS_ENOUGH
        spoken = cleaned.get("method") == Consent.Method.SPOKEN
        if published and spoken and cleaned.get("decision") == Consent.Decision.GIVEN:
            text = gettext("What is published needs their yes in writing. Spoken is enough to be asked for a call.")
            self.add_error("method", text)
        return cleaned


class RecognitionForm(forms.Form):
    """A thank-you or a gift, given or promised."""

    kind = forms.ChoiceField(label=_("What kind?"), choices=Recognition.Kind.choices, initial=Recognition.Kind.THANKS)
    what = LineField(label=_("What?"), required=True, limit=200, help_text=_("Such as a handwritten card from the CEO."))
    status = forms.ChoiceField(
        label=_("Given already?"),
        choices=[(Recognition.Status.DELIVERED, _("Given")), (Recognition.Status.PROMISED, _("Promised"))],
        widget=forms.RadioSelect,
        initial=Recognition.Status.DELIVERED,
    )
    due_on = day_field(label=_("Due on"), required=False, help_text=_("Of a promise: when they get it."))
