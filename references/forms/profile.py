from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.models import ActivityType, Advocate, Willingness
from advocacy.text import clean_line
from references import services


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
