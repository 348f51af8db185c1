"""What a customer answers when asked for a conversation, on their page or recorded by whoever spoke with them."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.text import clean_text
from advocacy.walltime import NoSuchWallTime, all_zones, to_utc, zones
from advocacy.working_time import day_of
from references import times
from references.briefs import zone_of_advocate, zone_of_prospect
from references.models import Candidate, ReferenceRequest
from references.standing import last_day

OWN_TIMES = 3
FURTHEST = timedelta(days=366)


class ZoneForm(forms.Form):
    """In whose clock the times stand; sent by itself, so that the page shows them anew."""

    zone = forms.ChoiceField(label=_("Your time zone"))

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, initial={"zone": zone}, **kwargs)
        self.fields["zone"].choices = [(name, name.replace("_", " ")) for name in sorted({*zones(), zone})]


def zone_asked_for(request, otherwise: str) -> str:
    """The zone in the form or the address, where it is one."""
    name = request.POST.get("zone") or request.GET.get("zone", "")
    return name if name in all_zones() else otherwise


class TimesForm(forms.Form):
    suggested = forms.MultipleChoiceField(label=_("Times that suit you"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, request: ReferenceRequest, candidate: Candidate, zone: str = "", now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.now = request, now
        self.zone = zone or zone_of_advocate(candidate)
        other = zone_of_prospect(request)
        moments = times.suggestions(
            now=now, zone=self.zone, other_zone=other, minutes=request.minutes, until=last_day(request, now)
        )
        self.fields["suggested"].choices = [
            (moment.isoformat(), times.shown_to_both(moment, self.zone, other, gettext("for them"))) for moment in moments
        ]
        self.fields["suggested"].help_text = gettext(
            "Choose three or more. They lie as near to the working hours of both sides as can be."
        )
        for number in range(1, OWN_TIMES + 1):
            self.fields[f"own_{number}"] = forms.DateTimeField(
                label=gettext("Another time, number %(number)s") % {"number": number},
                required=False,
                widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
            )
        self.fields["own_1"].help_text = gettext("On your own clock: %(zone)s.") % {"zone": self.zone}

    @property
    def starts(self) -> list[datetime]:
        chosen = [datetime.fromisoformat(value) for value in self.cleaned_data["suggested"]]
        return sorted({*chosen, *self.own})

    def clean(self):
        self.own = [moment for number in range(1, OWN_TIMES + 1) if (moment := self._own(f"own_{number}"))]
        if not self.errors:
            until = last_day(self.request, self.now)
            words = {"now": self.now, "minutes": self.request.minutes, "until": until, "zone": self.zone}
            if sentence := times.why_not(self.starts, **words):
                self.add_error(None, sentence)

    def _own(self, name):
        typed = self.cleaned_data.get(name)
        if not typed:
            return None
        if abs(typed.date() - day_of(self.now)) > FURTHEST:
            self.add_error(name, gettext("Choose a day within a year of today."))
            return None
        try:
            return to_utc(typed.replace(tzinfo=None), self.zone)
        except NoSuchWallTime as error:
            self.add_error(name, str(error))


class NoForm(forms.Form):
    refusal = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Anything we should know?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Your contact reads it."),
    )

    def __init__(self, *args, activity: str, **kwargs):
        super().__init__(*args, **kwargs)
        Refusal = Candidate.Refusal
        self.fields["refusal"].choices = [
            (Refusal.BUSY, gettext("Too busy at present. Ask me again some other time.")),
            (Refusal.TOPIC, gettext("Not this topic: I am not the right person for it.")),
            (Refusal.ASK_FIRST, gettext("This kind only after a word with my contact: %(activity)s.") % {"activity": activity}),
            (Refusal.KIND, gettext("Please never ask me for this kind: %(activity)s.") % {"activity": activity}),
            (Refusal.AT_ALL, gettext("Please ask me for nothing at all, until I say so.")),
        ]

    def clean_note(self):
        return clean_text(self.cleaned_data["note"])


class LaterForm(forms.Form):
    until = forms.DateField(
        label=_("Ask me again from"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Until then nobody asks you for anything."),
    )

    def __init__(self, *args, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = day_of(now)
        self.fields["until"].widget.attrs["min"] = (self.today + timedelta(days=1)).isoformat()

    def clean_until(self):
        day = self.cleaned_data["until"]
        if day <= self.today:
            raise forms.ValidationError(gettext("Choose a day that is still to come."))
        if day - self.today > FURTHEST:
            raise forms.ValidationError(gettext("Choose a day within a year of today."))
        return day
