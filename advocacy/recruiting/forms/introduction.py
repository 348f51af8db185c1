import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy import services
from advocacy.fields import LineField, LongTextField
from advocacy.models import ActivityType
from advocacy.recruiting.words import INTRODUCTION


class IntroductionForm(forms.Form):
    """A customer offers to speak for us. Few fields, plain words."""

    name = LineField(label=_("Your name"), required=True)
    email = forms.EmailField(
        label=_("Work e-mail"),
        help_text=_("We send one mail with a link: your offer counts when you have opened it."),
        error_messages={"invalid": _("This is no e-mail address. It looks like name@company.com.")},
    )
    company = LineField(label=_("Company"), required=True, limit=200)
    title = LineField(label=_("Job title"), help_text=_("So that we match you with people of a similar task."))
    why = LongTextField(
        label=_("What would you like to tell?"),
        rows=4,
        limit=5000,
        help_text=_("Two sentences are enough: what is different since you work with us."),
    )
    activities = forms.ModelMultipleChoiceField(
        label=_("What would you enjoy?"),
        queryset=ActivityType.objects.filter(blocks_others=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("This is no promise. We ask you each time."),
    )
    # People do not see this field; programs that fill in every field do.
    website = forms.CharField(
        required=False, label=_("Leave this empty"), widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    agreed = forms.BooleanField(
        label=INTRODUCTION, error_messages={"required": _("Tick this if you agree: without it we may not keep what you wrote.")}
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data=None):
        super().__init__(data, initial={"form_key": uuid.uuid4()})

    @property
    def is_from_a_program(self):
        return bool(self.cleaned_data["website"])

    def clean_name(self):
        """The name greets somebody in a mail: it must carry no link of a stranger."""
        name = self.cleaned_data["name"]
        if "://" in name or "www." in name.lower():
            raise forms.ValidationError(_("A name holds no web address."))
        return name

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def save(self, *, now):
        fields = {name: value for name, value in self.cleaned_data.items() if name not in ("agreed", "website")}
        return services.send_introduction(consent_text=str(INTRODUCTION), now=now, **fields)
