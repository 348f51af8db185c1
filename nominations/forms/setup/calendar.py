from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from nominations.forms.program import ProgramForm
from nominations.models import Program
from nominations.services import shift_dates
from nominations.setup.dates import DATES

MOST_DAYS = 1_000
MOST_GRACE = 1_440  # minutes


class CalendarForm(ProgramForm):
    class Meta(ProgramForm.Meta):
        model = Program
        fields = ["time_zone", *DATES, "grace_minutes"]
        help_texts = {
            "opens_at": _("From then on the public page takes nominations. Have the team and the touch-points ready."),
            "closes_at": _("Six weeks or more let a CSM have the conversation first."),
            "judging_opens_at": _("From then on the rules are fixed. Leave days to look through what came in."),
            "judging_closes_at": _("After it the scores are locked."),
            "announces_at": _("Nothing is public before. Leave weeks for acceptances and the reserve."),
            "grace_minutes": _("Nominations are taken this long after the close. Not shown to anyone."),
        }

    def __init__(self, *args, instance, user, **kwargs):
        self.is_changed_by_a_judge = instance.judges.filter(user=user).exists()
        super().__init__(*args, instance=instance, **kwargs)

    def clean_grace_minutes(self):
        if self.cleaned_data["grace_minutes"] > MOST_GRACE:
            raise ValidationError(_now("At most a day, 1,440 minutes. For more, move the close of the call."))
        return self.cleaned_data["grace_minutes"]

    def moments(self):
        """The dates that are in order, for what there is to think over."""
        return {name: self.cleaned_data[name] for name in DATES if self.cleaned_data.get(name)}


class ShiftForm(forms.Form):
    first = forms.ChoiceField(label=_("From"), help_text=_("This date and every later one move together."))
    days = forms.IntegerField(
        label=_("By days"),
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("Such as 7, or -7 for earlier. Times of day stay, also when the clock changes."),
    )

    def __init__(self, *args, program, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.program, self.now = program, now
        to_come = [name for name in DATES if getattr(program, name) > now]
        self.fields["first"].choices = [(name, capfirst(program._meta.get_field(name).verbose_name)) for name in to_come]

    def clean_days(self):
        if not self.cleaned_data["days"]:
            raise ValidationError(_now("0 days move nothing."))
        return self.cleaned_data["days"]

    def save(self, *, by):
        return shift_dates(program=self.program, by=by, now=self.now, **self.cleaned_data)
