from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy import walltime
from advocacy.freshness import CONTACT, ROLE, WILLINGNESS
from advocacy.models import ActivityType, Advocate, Topic, Verification, Willingness
from advocacy.text import clean_line, clean_text
from advocacy.together import EditedTogether
from references import services

MOST_ASKS = 50
CHECKED = [CONTACT, ROLE, WILLINGNESS]
LONGEST_LANGUAGE = 40  # characters, as the model has it


class ProfileForm(EditedTogether):
    """What a CSM keeps current: contact, role, rapport, how much, and what for."""

    checked = forms.MultipleChoiceField(
        label=_("Right as of today"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, Verification.Section(code).label) for code in CHECKED],
        help_text=_("Untick what you did not look at. What you change counts as checked by itself."),
    )

    class Meta:
        model = Advocate
        fields = [
            "name",
            "email",
            "languages",
            "time_zone",
            "title",
            "level",
            "function",
            "topics",
            "bio",
            "stage",
            "relationship",
            "passion",
            "self_promotion",
            "max_asks_per_quarter",
        ]
        help_texts = {
            "email": _("Only you, the advocacy team and nobody in sales sees it."),
            "languages": _("Separated by commas, such as German, English."),
            "time_zone": _("Such as Europe/Berlin. Calls are planned in it."),
            "title": _("Stands in every search result."),
            "level": _("Sales looks for people of the prospect's own level."),
            "topics": _("What they can speak about."),
            "bio": _("A few sentences. Sales reads them without names and addresses."),
            "stage": _("How close they are to us; it decides how large the next ask may be."),
            "relationship": _("From 4 on we ask; below, you build trust first."),
            "passion": _("How much they light up when they speak about us; counts for live events."),
            "self_promotion": _("Whether they like to be seen."),
            "max_asks_per_quarter": _("The customer's own limit over everything, in 90 days."),
        }
        widgets = {
            "topics": forms.CheckboxSelectMultiple,
            "bio": forms.Textarea(attrs={"rows": 4}),
            "time_zone": forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = Topic.objects.all()
        self.fields["max_asks_per_quarter"].max_value = MOST_ASKS
        self.fields["max_asks_per_quarter"].widget.attrs["max"] = MOST_ASKS
        self.fields["checked"].initial = CHECKED
        self.activities = list(ActivityType.objects.all())
        answers = {row.activity_type_id: row for row in self.instance.willingness.all()}
        for activity in self.activities:
            self._add_answer(activity, answers.get(activity.pk))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _add_answer(self, activity, row):
        self.fields[f"willing_{activity.pk}"] = forms.ChoiceField(
            label=activity.name,
            choices=[("", _("Not asked yet")), *Willingness.Answer.choices],
            required=False,
            initial=row.answer if row else "",
        )
        self.fields[f"cap_{activity.pk}"] = forms.IntegerField(
            label=format_html('{}<span class="visually-hidden">: {}</span>', gettext("Own limit"), activity.name),
            required=False,
            min_value=0,
            max_value=MOST_ASKS,
            initial=row.cap if row else None,
        )

    def _layout(self):
        answers = [
            Div(
                Div(f"willing_{activity.pk}", css_class="col-8"),
                Div(f"cap_{activity.pk}", css_class="col-4 own-limit"),
                css_class="row col-lg-6",
            )
            for activity in self.activities
        ]
        zones = "".join(f'<option value="{zone}">' for zone in walltime.zones())
        return Layout(
            "seen",
            Fieldset(
                gettext("Contact"),
                "name",
                "email",
                "languages",
                "time_zone",
                HTML(f'<datalist id="time-zones">{zones}</datalist>'),
            ),
            Fieldset(gettext("Role"), "title", "level", "function", "topics", "bio"),
            Fieldset(
                gettext("How they are with us"),
                "stage",
                Div(
                    *(Div(name, css_class="col-md-4") for name in ("relationship", "passion", "self_promotion")), css_class="row"
                ),
            ),
            Fieldset(
                gettext("What they are willing to do, as they told you"),
                HTML(f"<p>{gettext('An own limit is how often at most in the window of the activity; 0 means never.')}</p>"),
                "max_asks_per_quarter",
                Div(*answers, css_class="row"),
            ),
            "checked",
        )

    def clean_name(self):
        return clean_line(self.cleaned_data["name"])

    def clean_title(self):
        return clean_line(self.cleaned_data["title"])

    def clean_function(self):
        return clean_line(self.cleaned_data["function"])

    def clean_bio(self):
        return clean_text(self.cleaned_data["bio"])

    def clean_email(self):
        email = self.cleaned_data["email"].strip().lower()
        if email and Advocate.objects.of_emails([email]).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                gettext("Another profile has this address. Ask the advocacy team to put the two together.")
            )
        return email

    def clean_languages(self):
        words = [clean_line(word)[:LONGEST_LANGUAGE] for word in self.cleaned_data["languages"]]
        return list(dict.fromkeys(word for word in words if word))

    def save(self, *, by, now):
        answers = {
            activity: (self.cleaned_data[f"willing_{activity.pk}"], self.cleaned_data[f"cap_{activity.pk}"])
            for activity in self.activities
        }
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields if name != "topics"}
        return services.update_profile(
            advocate=self.instance,
            by=by,
            now=now,
            answers=answers,
            topics=self.cleaned_data["topics"],
            checked=self.cleaned_data["checked"],
            **fields,
        )
