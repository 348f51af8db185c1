from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy import walltime
from advocacy.fields import LongTextField
from nominations.forms.program import WallTimeField


class ExtensionForm(forms.Form):
    until = WallTimeField(label=_("Taken until"))
    why = LongTextField(
        label=_("Reason"),
        rows=3,
        limit=2_000,
        required=True,
        help_text=_("Why this one and not the others. It stands in the history of the nomination."),
        error_messages={"required": _("Say why: it stands in the history of the nomination.")},
    )

    def __init__(self, *args, nomination, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = nomination.program.time_zone
        self.fields["until"].help_text = _("On a clock in %(zone)s.") % {"zone": self.zone}
        if nomination.extended_until:
            self.initial["until"] = walltime.to_wall(nomination.extended_until, self.zone)

    def clean_until(self):
        try:
            return walltime.to_utc(self.cleaned_data["until"], self.zone)
        except walltime.NoSuchWallTime as error:
            raise forms.ValidationError(str(error)) from error
