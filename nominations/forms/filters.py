from django import forms
from django.utils.translation import gettext_lazy as _

from nominations.models import Nomination, Program


class NominationFilterForm(forms.Form):
    """The filters of the list; the address holds them. What is not on the list of choices filters nothing."""

    program = forms.ModelChoiceField(label=_("Program"), queryset=None, required=False, empty_label=_("All programs"))
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("Every status")), *Nomination.Status.choices], required=False)
    mine = forms.BooleanField(label=_("Nominated by me"), required=False)

    def __init__(self, data, *, user):
        self.user = user
        super().__init__(data)
        self.fields["program"].queryset = Program.objects.filter(
            pk__in=Nomination.objects.visible_to(user).values("program")
        ).order_by("-opens_at", "-pk")

    def narrow(self, nominations):
        self.is_valid()
        chosen = {name: self.cleaned_data[name] for name in ("program", "status") if self.cleaned_data.get(name)}
        if self.cleaned_data.get("mine"):
            chosen["nominator"] = self.user
        return nominations.filter(**chosen)
