import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.fields import LineField, LongTextField
from nominations.services import send_self_nomination


class SelfNominationForm(forms.Form):
    """A customer's own story. Few fields, plain words."""

    name = LineField(label=_("Your name"), required=True, help_text=_("As you would like to be announced."))
    email = forms.EmailField(
        label=_("Work e-mail"),
        help_text=_("We send one mail with a link: your nomination counts when you have opened it."),
        error_messages={"invalid": _("This is no e-mail address. It looks like name@company.com.")},
    )
    company = LineField(label=_("Company"), required=True, limit=200)
    title = LineField(label=_("Job title"), help_text=_("So that the judges know where in the company you stand."))
    categories = forms.ModelMultipleChoiceField(
        label=_("Categories"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick every one that fits. Unsure? Leave them empty and we choose with you."),
    )
    headline = LineField(label=_("Your story in one line"), limit=200, help_text=_("With a number in it, if there is one."))
    before_state = LongTextField(
        label=_("How was it before?"), required=True, help_text=_("A result means little until one knows where it started.")
    )
    narrative = LongTextField(label=_("What did you do?"), required=True, help_text=_("The steps, the setbacks, who helped."))
    business_outcome = LongTextField(
        label=_("What came of it?"), required=True, help_text=_("Numbers help. Small and exact is better than large and vague.")
    )
    human_element = LongTextField(
        label=_("Whose day is different now?"), rows=3, help_text=_("The people are what the judges remember.")
    )
    agreed = forms.BooleanField(error_messages={"required": _("Tick this if you agree: without it nobody may read your story.")})
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, program):
        self.program = program
        super().__init__(data, initial={"form_key": uuid.uuid4()})
        self.fields["categories"].queryset = program.categories.all()
        self.fields["agreed"].label = program.consent_text

    def clean_name(self):
        """The name greets somebody in a mail: it must carry no link of a stranger."""
        name = self.cleaned_data["name"]
        if "://" in name or "www." in name.lower():
            raise forms.ValidationError(_("A name holds no web address."))
        return name

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def save(self, *, now, is_late=False):
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("agreed", "categories")}
        categories = [category.pk for category in self.cleaned_data["categories"]]
        return send_self_nomination(program=self.program, data=data | {"category_ids": categories}, now=now, is_late=is_late)
