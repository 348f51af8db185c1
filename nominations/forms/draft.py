from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocacy.fields import LineField, LongTextField
from advocacy.models import Advocate, UseCase, User
from advocacy.result_rows import ResultFormSet
from nominations.forms.reading import WORDS, reading_fields
from nominations.models import Nomination
from nominations.search import people_known_at
from nominations.services import save_draft

NOMINEE_PARTS = ("name", "email", "title", "level")


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, person):
        return f"{person.name}, {person.title}" if person.title else person.name


class PersonField(forms.ModelChoiceField):
    label_from_instance = PeopleField.label_from_instance


class ColleaguesField(LongTextField):
    """E-mail addresses of colleagues, separated by commas or lines."""

    def clean(self, value):
        addresses = [part for part in super().clean(value).lower().replace(",", " ").replace(";", " ").split() if part]
        known = {user.email: user for user in User.objects.filter(email__in=addresses, is_active=True)}
        if unknown := [address for address in addresses if address not in known]:
            raise forms.ValidationError(
                _now("Nobody here has the address %(address)s."), params={"address": ", ".join(unknown[:3])}
            )
        return list(known.values())


class NominationForm(forms.Form):
    """The structured nomination. Every field may be empty: a draft is saved as it stands."""

    categories = forms.ModelMultipleChoiceField(
        label=_("Categories"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It is judged once and can win in each category you tick."),
    )
    nominee = PersonField(
        label=_("Nominee"),
        queryset=None,
        required=False,
        empty_label=_("Somebody else: type the name below"),
        help_text=_("One person carries the story. The people you may see at this company stand here."),
    )
    nominee_name = LineField(label=_("Name"), help_text=_("As they would like to be announced."))
    nominee_email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Optional. Nothing is sent to it before the CSM says so.")
    )
    nominee_title = LineField(label=_("Job title"), help_text=_("Sales looks for peers: a title finds them."))
    nominee_level = forms.ChoiceField(label=_("Level"), choices=[("", "—"), *Advocate.Level.choices], required=False)
    co_nominees = PeopleField(
        label=_("Nominated together with"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Others at this company who share the success."),
    )
    headline = LineField(
        label=_("Headline"), limit=200, help_text=_("One line with a number in it: it is what the judges read first.")
    )
    business_outcome = LongTextField(
        label=_("Business outcome"), help_text=_("What changed for their business. Specific counts before large.")
    )
    use_case = forms.ModelChoiceField(
        label=_("Use case"), queryset=None, required=False, help_text=_("So that sales finds the story for a similar deal.")
    )
    use_case_text = LongTextField(
        label=_("Goals"), rows=3, help_text=_("What they set out to do, in their words rather than ours.")
    )
    before_state = LongTextField(
        label=_("The state before"), help_text=_("A result means little until one knows where it started.")
    )
    narrative = LongTextField(label=_("How they got there"), rows=7, help_text=_("The steps, the setbacks, who decided what."))
    human_element = LongTextField(
        label=_("The people in it"), help_text=_("Whose day is different now. It is what people remember.")
    )
    quote = LongTextField(
        label=_("In the customer's own words"), rows=3, help_text=_("Only what they said. It is not published without a yes.")
    )
    publicity_interest = forms.ChoiceField(
        label=_("Interest in going public"),
        choices=Nomination.PublicityInterest,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("An award nobody may hear of helps nobody: say early what is possible."),
    )
    publicity_note = LongTextField(
        label=_("Note on going public"), rows=2, help_text=_("Who has to agree, and what is off limits.")
    )
    supporters = ColleaguesField(
        label=_("Colleagues who support it"),
        rows=2,
        help_text=_("Their e-mail addresses, separated by commas. They can read the nomination; they will not judge it."),
    )

    # Which answers of colleagues the page shows: a save must not drop one that came in later.
    answers = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-restore": True}))

    def __init__(self, data=None, *, nomination, user):
        self.nomination = nomination
        self.user = user
        super().__init__(data, initial=_initial(nomination))
        self.fields.update(reading_fields())
        self.fields["categories"].queryset = nomination.program.categories.all()
        self._offer(people_known_at(account=nomination.account, user=user, chosen=nomination.nominee_id))
        self.fields["use_case"].queryset = UseCase.objects.order_by("name")
        self.fields["use_case"].choices = _use_case_choices(nomination.account)
        rows = data if data and "results-TOTAL_FORMS" in data else None
        # Beside what was sent, the stored rows would make a row that did not change look like an empty one.
        self.results = ResultFormSet(rows, initial=None if rows else nomination.results, prefix="results")

    def _offer(self, people):
        """Both fields show the same people, read once; the querysets check what is sent."""
        nominee, others = self.fields["nominee"], self.fields["co_nominees"]
        nominee.queryset, others.queryset = people, people.exclude(pk=self.nomination.nominee_id)
        known = [(person.pk, nominee.label_from_instance(person)) for person in people]
        nominee.choices = [("", nominee.empty_label), *known]
        others.choices = [choice for choice in known if choice[0] != self.nomination.nominee_id]

    def readings(self):
        return [(self[name], self[f"{name}_evidence"]) for name in WORDS]

    def is_valid(self):
        return super().is_valid() & (not self.results.is_bound or self.results.is_valid())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("nominee") and cleaned.get("nominee_name"):
            self.add_error("nominee_name", _now("Choose a person above or type a new name, not both."))
        return cleaned

    def mark(self, missing):
        """Say at each field that it has to be filled in first."""
        for item in missing:
            if item.field in self.fields:
                self.add_error(item.field, _now("Needed before you can submit."))

    def save(self, *, page="", seen=None):
        """Save every field that is in order; those with an error stay as they were in the draft."""
        return save_draft(
            program=self.nomination.program,
            by=self.user,
            nomination=self.nomination,
            data=self._clean_data(),
            page=page,
            seen=seen,
            knows=self.known_answers(),
        )

    def known_answers(self):
        """None where the page said nothing of answers: then the save wins."""
        if "answers" not in self.data:
            return None
        return set(self.data["answers"].split(","))

    def _clean_data(self):
        data = {name: value for name, value in self.cleaned_data.items() if name != "answers" and self._was_sent(name)}
        typed = {part: data.pop(f"nominee_{part}") for part in NOMINEE_PARTS if f"nominee_{part}" in data}
        if data.get("nominee"):
            data["nominee_as_given"] = {}
        elif len(typed) == len(NOMINEE_PARTS):
            data["nominee_as_given"] = typed if any(typed.values()) else {}
        if self.results.is_bound and self.results.is_valid():
            data["results"] = self.results.rows()
        return data

    def _was_sent(self, name):
        """A part of the form must not empty the rest. Boxes send nothing when empty: there the page's key vouches."""
        several = isinstance(self.fields[name], forms.ModelMultipleChoiceField)
        return name in self.data or (several and "page" in self.data)


def _initial(nomination):
    names = [name for name in NominationForm.base_fields if hasattr(Nomination, name)] + list(reading_fields())
    initial = {name: getattr(nomination, name) for name in names if name not in ("categories", "co_nominees", "supporters")}
    initial |= {f"nominee_{part}": nomination.nominee_as_given.get(part, "") for part in NOMINEE_PARTS}
    return initial | {
        "answers": ",".join(str(pk) for pk in nomination.section_requests.answered().values_list("pk", flat=True)),
        "categories": [entry.category_id for entry in nomination.entries.all()],
        "co_nominees": nomination.co_nominees.all(),
        "supporters": ", ".join(user.email for user in nomination.supporters.all()),
    }


def _use_case_choices(account):
    """Those the company is known for first."""
    every = list(UseCase.objects.order_by("name"))
    known = set(account.use_cases.values_list("pk", flat=True)) if account else set()
    here = [(term.pk, term.name) for term in every if term.pk in known]
    others = [(term.pk, term.name) for term in every if term.pk not in known]
    if not here:
        return [("", "—"), *others]
    return [("", "—"), (_("Known at this company"), here), (_("Others"), others)]
