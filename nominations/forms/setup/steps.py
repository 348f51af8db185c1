"""The steps of the guided path that change the program itself. Each says beside the field why it is asked."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocacy.fields import LineField
from advocacy.models import User
from advocacy.models.users import validate_time_zone
from advocacy.text import clean_line
from advocacy.walltime import zones
from nominations.forms.program import ProgramForm
from nominations.models import Program
from nominations.services import start_program

# The advice follows the typing; without JavaScript it stands there after saving.
ADVISED = {
    "hx-get": reverse_lazy("program-name-advice"),
    "hx-trigger": "input changed delay:250ms",
    "hx-target": "#name-advice",
    "hx-sync": "this:replace",
    "autocomplete": "off",
    "aria-describedby": "name-advice",
}


class StepForm(ProgramForm):
    """Some fields of the program, without those a judge of it may not change."""

    time_zone = None

    def __init__(self, *args, instance, user=None, **kwargs):
        self.is_changed_by_a_judge = instance.judges.filter(user=user).exists()
        super().__init__(*args, instance=instance, **kwargs)
        for name in ("chair", "contact"):
            if name in self.fields:
                self.fields[name].queryset = User.objects.filter(is_active=True).order_by("name", "pk")


class NameForm(StepForm):
    class Meta:
        model = Program
        fields = ["name", "series", "season", "slug", "purpose"]
        widgets = {"name": forms.TextInput(attrs=ADVISED), "purpose": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "name": _("What customers will call it. Advice appears below while you type; the choice is yours."),
            "series": _("What it is called over the years, so that its seasons stand together."),
            "season": _("Such as 2027."),
            "slug": _("The last part of the page's address, after /programs/. Links sent before stop working when it changes."),
            "purpose": _("Whom it honours and for what, in words a customer would repeat. It stands first on the public page."),
        }

    def clean_name(self):
        return clean_line(self.cleaned_data["name"])


class WinnersForm(StepForm):
    class Meta:
        model = Program
        fields = ["winners_per_category"]
        help_texts = {
            "winners_per_category": _("Several winners a category are several stories to tell; one is a higher honour.")
        }

    def clean_winners_per_category(self):
        if self.cleaned_data["winners_per_category"] < 1:
            raise forms.ValidationError(_now("At least one winner."))
        return self.cleaned_data["winners_per_category"]


class RulesForm(StepForm):
    selection_factors = forms.MultipleChoiceField(
        label=_("Selection factors"),
        choices=Program.Factor,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Advice to judges on what to look for, shown beside the story. Scores are given on the two criteria alone."),
    )

    class Meta:
        model = Program
        fields = [
            "selection_factors",
            "story_weight",
            "story_floor",
            "partnership_floor",
            "minimum_story_judges",
            "minimum_partnership_judges",
            "tie_rule",
            "chair",
            "assignment_mode",
            "guests_see_names",
            "days_to_accept",
        ]
        help_texts = {
            "story_weight": _(
                "Of 100; the partnership has the rest. A strong story wins attention, a strong partner tells it again."
            ),
            "story_floor": _("Below this mean a nomination does not rank, however strong the partnership. 1 lets all rank."),
            "partnership_floor": _("Below this mean a nomination does not rank, however strong the story. 1 lets all rank."),
            "minimum_story_judges": _("With fewer scores a nomination is listed with the reason, unranked."),
            "minimum_partnership_judges": _("Guests score the story alone: these have to be insiders."),
            "tie_rule": _("What decides between equals. It is recorded with the result."),
            "chair": _(
                "Decides ties where the tie rule says so, with a reason. May be chosen later, not changed during judging."
            ),
            "assignment_mode": _("With many nominations, shared out evenly keeps each judge's work small."),
            "guests_see_names": _("Without names guests judge the story, not the company."),
            "days_to_accept": _("After them the place goes to the reserve. Two weeks cover a holiday."),
        }

    def clean(self):
        cleaned = super().clean()
        for name in ("minimum_story_judges", "minimum_partnership_judges", "days_to_accept"):
            if cleaned.get(name) == 0:
                self.add_error(name, _now("At least 1."))
        return cleaned


class PrizeTextForm(StepForm):
    class Meta:
        model = Program
        fields = ["prizes"]
        labels = {"prizes": _("A few words above the list")}
        widgets = {"prizes": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"prizes": _("What winning brings, for the public page. May stay empty.")}


class LaunchForm(StepForm):
    class Meta:
        model = Program
        fields = ["process_text", "consent_text", "contact", "is_public"]
        widgets = {"process_text": forms.Textarea(attrs={"rows": 5}), "consent_text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "process_text": _("Who judges, by what, and when winners hear. Left empty, the page explains the two criteria."),
            "consent_text": _(
                "A customer who nominates themselves agrees to exactly these words; they are kept with the nomination."
            ),
            "contact": _("Answers to mails of the program go to this person."),
            "is_public": _("Until ticked, only we see the program. It can be unticked again."),
        }


class NewProgramForm(forms.Form):
    """The first page: a name is enough, everything else has a step."""

    name = LineField(
        label=_("Name"), required=True, widget=forms.TextInput(attrs=ADVISED), help_text=NameForm.Meta.help_texts["name"]
    )
    series = LineField(label=_("Series"), limit=100, help_text=NameForm.Meta.help_texts["series"])
    season = LineField(label=_("Season"), limit=50, help_text=NameForm.Meta.help_texts["season"])
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Where the people live who run it. All dates are what a clock there shows.")
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, initial={"time_zone": user.time_zone}, **kwargs)
        self.user = user
        self.fields["time_zone"].choices = [(name, name) for name in sorted({*zones(), "UTC", user.time_zone})]

    def clean_time_zone(self):
        validate_time_zone(self.cleaned_data["time_zone"])
        return self.cleaned_data["time_zone"]

    def save(self, *, now):
        return start_program(**self.cleaned_data, by=self.user, now=now)
