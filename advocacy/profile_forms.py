"""The form in which somebody corrects a profile: the customer by a link, or whoever looks after them in the queue."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.freshness import CONTACT, ROLE, STORY, WILLINGNESS
from advocacy.models import ActivityType, Advocate, Consent, Willingness
from advocacy.models.users import validate_time_zone
from advocacy.profile_checks.answers import Correction
from advocacy.text import clean_line, clean_text
from advocacy.working_time import day_of

LONGEST_LANGUAGE = 40
OF_SECTION = {
    CONTACT: ["name", "email", "languages", "time_zone"],
    ROLE: ["title", "function"],
    WILLINGNESS: ["max_asks_per_quarter"],
}
LEGENDS = {CONTACT: _("How to reach you"), ROLE: _("Your role"), WILLINGNESS: _("What you are willing to do")}


class CorrectionForm(forms.Form):
    """Only what differs from what the page showed is taken: what somebody else changed meanwhile stays."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), required=False)
    languages = forms.CharField(label=_("Languages"), required=False, max_length=200, help_text=_("Separated by commas."))
    time_zone = forms.CharField(
        label=_("Time zone"),
        required=False,
        max_length=64,
        validators=[validate_time_zone],
        help_text=_("Such as Europe/Berlin."),
    )
    title = forms.CharField(label=_("Job title"), required=False, max_length=150)
    function = forms.CharField(
        label=_("Function"), required=False, max_length=100, help_text=_("Such as IT, Finance, Operations.")
    )
    max_asks_per_quarter = forms.IntegerField(
        label=_("Asks a quarter at most"), min_value=0, max_value=50, help_text=_("Over all activities, in 90 days.")
    )
    employer = forms.CharField(
        label=_("I work somewhere else now"),
        required=False,
        max_length=200,
        help_text=_("Where? We then ask nothing for the earlier company any more."),
    )
    story = forms.CharField(
        label=_("Something in your story is not right"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data=None, *, advocate: Advocate, sections, now, by_customer: bool):
        super().__init__(data)
        self.advocate, self.sections, self.by_customer, self.known_email = advocate, sections, by_customer, ""
        wanted = [name for section in sections for name in OF_SECTION.get(section, [])]
        wanted += ["story"] if STORY in sections and by_customer and advocate.stories.exists() else []
        wanted += ["employer"] if ROLE in sections and by_customer else []
        self.fields = {name: field for name, field in self.fields.items() if name in wanted}
        self._fill(wanted)
        answers = self._add_activities() if WILLINGNESS in sections else []
        self.allowed = self._add_consents(now) if by_customer else []
        self._lay_out(answers, by_customer)

    def _fill(self, wanted):
        for name in wanted:
            value = getattr(self.advocate, name, "")
            self.fields[name].initial = ", ".join(value) if name == "languages" else value
            self.fields[name].show_hidden_initial = name not in ("employer", "story")

    def _add_activities(self):
        known = dict(self.advocate.willingness.values_list("activity_type", "answer"))
        self.activities = {f"answer_{kind.pk}": kind for kind in ActivityType.objects.all() if not kind.is_gift}
        for name, kind in self.activities.items():
            self.fields[name] = forms.ChoiceField(
                label=kind.name,
                required=False,
                choices=[("", _("Not said")), *Willingness.Answer.choices],
                initial=known.get(kind.pk, ""),
                show_hidden_initial=True,
            )
        return list(self.activities)

    def _add_consents(self, now):
        given = Consent.objects.in_force(day_of(now)).filter(advocate=self.advocate)
        choices = [(consent.purpose, consent.get_purpose_display()) for consent in given]
        if choices:
            self.fields["withdrawn"] = forms.MultipleChoiceField(
                label=_("You allowed us this. Tick what you take back."),
                required=False,
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
            )
        return ["withdrawn"] if choices else []

    def _lay_out(self, answers, by_customer):
        parts = []
        for section in (CONTACT, ROLE, WILLINGNESS):
            names = [name for name in OF_SECTION[section] if name in self.fields]
            names += answers if section == WILLINGNESS else []
            names += ["employer"] if section == ROLE and "employer" in self.fields else []
            if names:
                parts.append(Fieldset(LEGENDS[section] if by_customer else "", *names))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*parts, *(name for name in ("story", *self.allowed) if name in self.fields))

    def clean_name(self):
        return clean_line(self.cleaned_data["name"])

    def clean_title(self):
        return clean_line(self.cleaned_data["title"])

    def clean_function(self):
        return clean_line(self.cleaned_data["function"])

    def clean_employer(self):
        return clean_line(self.cleaned_data["employer"])

    def clean_story(self):
        return clean_text(self.cleaned_data["story"])

    def clean_languages(self):
        words = [clean_line(word)[:LONGEST_LANGUAGE] for word in self.cleaned_data["languages"].split(",")]
        return list(dict.fromkeys(word for word in words if word))

    def clean_email(self):
        """Whoever came by a link must not learn here whose addresses we know: theirs goes to a person."""
        email = self.cleaned_data["email"].strip().lower()
        is_known = email != self.advocate.email and Advocate.objects.of_emails([email]).exclude(pk=self.advocate.pk).exists()
        if is_known and not self.by_customer:
            raise forms.ValidationError(_("Another profile has this address. Ask the advocacy team to put the two together."))
        self.known_email = email if is_known else ""
        return email

    def correction(self) -> Correction:
        """What differs from what the page showed."""
        fields = {name for names in OF_SECTION.values() for name in names}
        changed, said = set(self.changed_data), self.cleaned_data
        known_email = self.known_email if "email" in changed else ""
        changed -= {"email"} if known_email else set()
        answers = getattr(self, "activities", {})
        return Correction(
            fields={name: said[name] for name in sorted(fields & changed)},
            answers={kind: said[name] for name, kind in answers.items() if name in changed and said[name]},
            withdrawn=said.get("withdrawn", []),
            story=said.get("story", ""),
            employer=said.get("employer", ""),
            known_email=known_email,
        )
