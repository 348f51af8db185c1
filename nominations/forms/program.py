from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocacy import walltime
from advocacy.together import EditedTogether
from nominations.services.programs import RESERVED
from nominations.setup.dates import DATES

IN_ORDER = [
    ("opens_at", "closes_at", _("The call must close after it opens: later than %(moment)s.")),
    ("closes_at", "judging_opens_at", _("Judging cannot open before the call closes: %(moment)s or later.")),
    ("judging_opens_at", "judging_closes_at", _("Judging must close after it opens: later than %(moment)s.")),
    ("judging_closes_at", "announces_at", _("Winners cannot be announced before judging closes: %(moment)s or later.")),
]
# Two dates that may fall on the same moment.
MAY_MEET = {"judging_opens_at", "announces_at"}
# Moving one of these ends judging, or empties a judge's own desk, which shows them the others' scores; or it opens
# judging anew for one who has seen them.
OPEN_THE_RESULTS = ["time_zone", "judging_opens_at", "judging_closes_at", "assignment_mode"]
# Set before judging opens and recorded with the result: nobody may pick them to fit the scores.
JUDGING_RULES = [
    "story_weight",
    "story_floor",
    "partnership_floor",
    "minimum_story_judges",
    "minimum_partnership_judges",
    "tie_rule",
    "selection_factors",
    "guests_see_names",
]


class WallTimeField(forms.DateTimeField):
    """What a clock shows, without a zone: the form's time zone field says whose clock."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def prepare_value(self, value):
        return value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return forms.DateTimeField.to_python(self, value).replace(tzinfo=None)
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class ProgramForm(EditedTogether):
    """For the admin and for the steps of the guided path: whoever uses it names the model and some of its fields."""

    is_changed_by_a_judge = False
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("All dates below are what a clock there shows, summer time included.")
    )

    class Meta:
        # Without angle brackets: the admin shows help texts as HTML.
        help_texts = {"slug": _("The last part of the page's address, after /programs/.")}
        field_classes = dict.fromkeys(DATES, WallTimeField)
        widgets = dict.fromkeys(DATES, WallTimeField.widget)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zone = self.instance.time_zone
        if "time_zone" in self.fields:
            self.fields["time_zone"].choices = [(name, name) for name in sorted({*walltime.zones(), "UTC", zone})]
        for name in DATES:
            if moment := getattr(self.instance, name):
                self.initial[name] = walltime.to_wall(moment, zone).replace(second=0, microsecond=0)
        if self.instance.pk and self.instance.judging_opens_at <= timezone.now():
            chosen = ["chair"] if self.instance.chair_id else []
            self._fix([*JUDGING_RULES, *chosen], _("Fixed since judging opened."))
            if self.is_changed_by_a_judge:
                only_others = _("You judge this program: since judging opened, only somebody who does not can change this.")
                self._fix(OPEN_THE_RESULTS, only_others)

    def _fix(self, names, sentence):
        for name in self.fields.keys() & set(names):
            self.fields[name].disabled = True
            self.fields[name].help_text = sentence

    def clean_slug(self):
        if self.cleaned_data["slug"] in RESERVED:
            raise forms.ValidationError(_now("This address is taken by a page of ours. Choose another."))
        return self.cleaned_data["slug"]

    def clean(self):
        cleaned = super().clean()
        zone = cleaned.get("time_zone")
        for name in DATES:
            if zone and cleaned.get(name):
                self._give_zone(name, zone)
        self._check_order(cleaned, zone)
        return cleaned

    def _give_zone(self, name, zone):
        """From wall time to the moment. Untouched fields keep their stored moment, seconds included."""
        if self.instance.pk and not {name, "time_zone"} & set(self.changed_data):
            self.cleaned_data[name] = getattr(self.instance, name)
            return
        try:
            self.cleaned_data[name] = walltime.to_utc(self.cleaned_data[name], zone)
        except walltime.NoSuchWallTime as error:
            self.add_error(name, str(error))

    def _check_order(self, cleaned, zone):
        for earlier, later, sentence in IN_ORDER:
            first, second = cleaned.get(earlier), cleaned.get(later)
            if first and second and not (first < second or (first == second and later in MAY_MEET)):
                self.add_error(later, sentence % {"moment": walltime.in_words(first, zone)})
