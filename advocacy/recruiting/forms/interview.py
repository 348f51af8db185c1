"""The interview form: everything one conversation brings, on one page."""

from datetime import datetime, timedelta

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy import services, walltime
from advocacy.fields import LineField, LongTextField
from advocacy.models import ActivityType, Advocate, Consent, Interview, Topic, Verification, Willingness
from advocacy.recruiting.words import CONSENTS, PASSION, SELF_PROMOTION, SPOKEN_IS_ENOUGH
from advocacy.result_rows import ResultFormSet
from advocacy.services.interviews import Told
from advocacy.working_time import day_of

PROFILE = ("title", "level", "function", "languages", "time_zone", "passion", "self_promotion")
INTERVIEW = ("tenure_years", "breadth", "limits", "notes")
STORY = ("headline", "challenge", "solution", "results_text", "human_element", "quote")
METHODS = (Consent.Method.SPOKEN, Consent.Method.MAIL, Consent.Method.DOCUMENT)


def scale(label, words, help_text):
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=list(enumerate(words, start=1)),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class InterviewForm(forms.Form):
    held_at = forms.DateTimeField(
        label=_("When did you speak?"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    title = LineField(label=_("Job title"))
    level = forms.ChoiceField(label=_("Level"), choices=[("", "—"), *Advocate.Level.choices], required=False)
    function = LineField(label=_("Function"), limit=100, help_text=_("Such as IT, Finance, Operations."))
    languages = LineField(label=_("Languages"), help_text=_("Separated by commas."))
    time_zone = LineField(label=_("Time zone"), limit=64, help_text=_("Such as Europe/Berlin: for the times of calls."))
    tenure_years = forms.IntegerField(label=_("Years with our product"), min_value=0, max_value=80, required=False)
    breadth = forms.ChoiceField(
        label=_("How widely they use it"), choices=[("", "—"), *Interview.Breadth.choices], required=False
    )
    passion = scale(_("Passion"), PASSION, _("Counts when we look for somebody for a stage or a video, not for writing."))
    self_promotion = scale(_("Self-promotion"), SELF_PROMOTION, _("Neither end is better: it says what to ask them for."))
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics they can speak about"), queryset=Topic.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    limits = LongTextField(label=_("What they do not want"), rows=2, help_text=_("Such as no calls with competitors."))
    headline = LineField(label=_("Headline"), limit=200, help_text=_("One line with a number in it."))
    challenge = LongTextField(label=_("How it was before"), rows=3)
    solution = LongTextField(label=_("What they did"), rows=3)
    results_text = LongTextField(label=_("What came of it, in words"), rows=2)
    human_element = LongTextField(label=_("The people in it"), rows=2)
    quote = LongTextField(label=_("Quote"), rows=2, help_text=_("In their own words; they approve it before it is used."))
    consents = forms.MultipleChoiceField(
        label=_("They said yes to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The sentence is kept as it stands here."),
    )
    consent_method = forms.ChoiceField(
        label=_("How did they say it?"),
        choices=[(method.value, method.label) for method in METHODS],
        required=False,
        help_text=_("Spoken is enough to be asked for a call. What is published needs a yes that can be read."),
    )
    consent_evidence = LineField(
        label=_("Where can the yes be found?"), limit=300, help_text=_("Such as: call of 3 May with Maya; mail of 4 May.")
    )
    contact_right = forms.BooleanField(label=_("Address, languages and time zone are right"), required=False)
    notes = LongTextField(label=_("Notes for us"), rows=3, help_text=_("Only those who look after this customer read them."))

    def __init__(self, data=None, *, interview, user, now, draft=None):
        self.interview, self.user, self.now = interview, user, now
        self.advocate = interview.advocate
        super().__init__(data, initial=initial_of(interview, user, now))
        self.activities = list(ActivityType.objects.exclude(blocks_others=False, effort_hours=0))
        self._add_willingness()
        self.given = self._consents_in_force()
        self.fields["consents"].choices = [(purpose, text) for purpose, text in CONSENTS.items() if purpose not in self.given]
        story = interview.story
        rows = initial_rows(draft) if draft else (story.results if story else [])
        self.results = ResultFormSet(data, initial=None if data else rows, prefix="results")
        if draft:
            self._take_from(draft)

    def _add_willingness(self):
        answers = {row.activity_type_id: row for row in self.advocate.willingness.all()}
        offered = self.interview.offered
        for activity in self.activities:
            known = answers.get(activity.pk)
            guess = Willingness.Answer.ASK_FIRST if activity.pk in offered else ""
            self.fields[f"willing_{activity.pk}"] = forms.ChoiceField(
                label=activity.name,
                choices=[("", _("Not asked")), *Willingness.Answer.choices],
                required=False,
                initial=known.answer if known else guess,
            )
            self.fields[f"cap_{activity.pk}"] = forms.IntegerField(
                label=gettext("%(activity)s: at most so often") % {"activity": activity.name},
                min_value=0,
                max_value=99,
                required=False,
                initial=known.cap if known else None,
            )

    def _consents_in_force(self):
        return set(Consent.objects.in_force(day_of(self.now)).filter(advocate=self.advocate).values_list("purpose", flat=True))

    def _take_from(self, draft):
        """What was typed and not saved stands in the fields again, right or wrong."""
        typed = querydict(draft)
        for name, field in self.fields.items():
            if name in typed or isinstance(field.widget, forms.CheckboxSelectMultiple | forms.CheckboxInput):
                self.initial[name] = field.widget.value_from_datadict(typed, {}, name)

    def willing(self):
        return [(self[f"willing_{activity.pk}"], self[f"cap_{activity.pk}"], activity) for activity in self.activities]

    def given_words(self):
        return [label for purpose, label in Consent.Purpose.choices if purpose in self.given]

    def is_valid(self):
        return super().is_valid() & self.results.is_valid()

    def clean_held_at(self):
        typed = self.cleaned_data["held_at"].replace(tzinfo=None)
        try:
            held_at = walltime.to_utc(typed, self.user.time_zone)
        except walltime.NoSuchWallTime as error:
            raise forms.ValidationError(str(error)) from error
        if held_at > self.now + timedelta(hours=1):
            raise forms.ValidationError(gettext("This lies ahead: fill in the form once you have spoken."))
        return held_at

    def clean_languages(self):
        return list(dict.fromkeys(word.strip()[:40] for word in self.cleaned_data["languages"].split(",") if word.strip()))

    def clean_time_zone(self):
        name = self.cleaned_data["time_zone"]
        if name:
            Advocate._meta.get_field("time_zone").run_validators(name)
        return name

    def clean(self):
        cleaned = super().clean()
        said = set(cleaned.get("consents", []))
        if said and not cleaned.get("consent_evidence"):
            self.add_error("consent_evidence", gettext("Say where the yes can be found: without it the yes proves nothing."))
        if said - SPOKEN_IS_ENOUGH and cleaned.get("consent_method") == Consent.Method.SPOKEN:
            self.add_error(
                "consent_method",
                gettext("What is published needs their yes in writing: choose how, or leave those boxes until the mail is here."),
            )
        return cleaned

    def save(self) -> Interview:
        """Raises RuleBroken when the interview was settled meanwhile."""
        return services.save_interview(interview=self.interview, told=self._told(), by=self.user, now=self.now)

    def _told(self) -> Told:
        cleaned = self.cleaned_data
        story = {name: cleaned[name] for name in STORY}
        if rows := self.results.rows():
            story["results"] = rows
        return Told(
            held_at=cleaned["held_at"],
            profile={name: cleaned[name] for name in PROFILE},
            interview={name: cleaned[name] for name in INTERVIEW},
            topics=cleaned["topics"],
            willingness=self._answers(),
            story=story,
            consents={purpose: str(CONSENTS[purpose]) for purpose in cleaned["consents"]},
            consent_method=cleaned["consent_method"] or Consent.Method.SPOKEN,
            consent_evidence=cleaned["consent_evidence"],
            sections=[Verification.Section.CONTACT] if cleaned["contact_right"] else [],
        )

    def _answers(self):
        cleaned = self.cleaned_data
        said = {activity: (cleaned[f"willing_{activity.pk}"], cleaned[f"cap_{activity.pk}"]) for activity in self.activities}
        return {activity: (answer, cap) for activity, (answer, cap) in said.items() if answer}


def initial_of(interview: Interview, user, now: datetime) -> dict:
    """What we know already, so that nobody types it again."""
    advocate, story = interview.advocate, interview.story
    when = interview.held_at or min(interview.planned_for or now, now)
    return {
        **{name: getattr(advocate, name) for name in PROFILE},
        **{name: getattr(interview, name) for name in INTERVIEW},
        **{name: getattr(story, name) for name in STORY if story},
        "held_at": walltime.to_wall(when, user.time_zone).strftime("%Y-%m-%dT%H:%M"),
        "languages": ", ".join(advocate.languages),
        "topics": list((interview if interview.held_at else advocate).topics.values_list("pk", flat=True)),
    }


def initial_rows(draft: dict) -> list[dict]:
    typed = querydict(draft)
    rows = ResultFormSet(typed, prefix="results")
    try:
        return [{name: form[name].data or "" for name in form.fields} for form in rows.forms]
    except forms.ValidationError:
        return []


def querydict(draft: dict) -> QueryDict:
    typed = QueryDict(mutable=True)
    for name, values in draft.items():
        typed.setlist(name, values)
    return typed
