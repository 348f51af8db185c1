from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.exceptions import RuleBroken
from advocacy.text import clean_line
from references.models import SavedSearch
from references.search import Search
from references.search.words import in_words
from references.services.saved import save_search, search_from

NAME_LENGTH = 100


def name_for(search: Search) -> str:
    """What to call it unless somebody knows better."""
    return in_words([search])[0].replace("“", "").replace("”", "")[:NAME_LENGTH]


class SaveSearchForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH, help_text=_("As it should stand in your list."))
    query = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    mails = forms.BooleanField(
        label=_("Mail me when somebody new fits"),
        required=False,
        initial=True,
        help_text=_("One mail a day at most, for all your searches."),
    )

    def clean_name(self):
        name = clean_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Give it a name."))
        return name

    def save(self, *, user, now) -> SavedSearch | None:
        """The saved search, or None with the reason at the form."""
        search = search_from(self.cleaned_data["query"])
        try:
            return save_search(
                user=user, name=self.cleaned_data["name"], search=search, mails=self.cleaned_data["mails"], now=now
            )
        except RuleBroken as error:
            self.add_error(None, str(error))
        return None
