"""The small forms of the triage pages and of the person who is asked."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.fields import LineField, LongTextField
from advocacy.models import PublicityApproval
from advocacy.working_time import add_working_days
from nominations.models import Category, Entry, Nomination
from nominations.services.clarifications import TEXTS
from nominations.triage.board import COLUMNS

DAYS_TO_ANSWER = 5


class TriageFilterForm(forms.Form):
    """The filters of the list; the address holds them. What is not on the list of choices filters nothing."""

    q = LineField(label=_("Name, company or headline"), limit=100)
    need = forms.ChoiceField(label=_("What it needs"), required=False)
    category = forms.ModelChoiceField(label=_("Category"), queryset=None, required=False, empty_label=_("Every category"))

    def __init__(self, data, *, program):
        super().__init__(data)
        self.fields["need"].choices = [("", _("Everything")), *((code, title) for code, (title, _help) in COLUMNS.items())]
        self.fields["category"].queryset = program.categories.all()

    def narrow(self, nominations):
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("need"):
            nominations = nominations.filter(need=chosen["need"])
        if chosen.get("category"):
            nominations = nominations.filter(pk__in=Entry.objects.filter(category=chosen["category"]).values("nomination"))
        return nominations.matching(chosen["q"]) if chosen.get("q") else nominations


class CategoryForm(forms.Form):
    """Where an entry goes; without an entry, one more category."""

    entry = forms.ModelChoiceField(label=_("From"), queryset=None, required=False, empty_label=_("one more category"))
    to = forms.ModelChoiceField(label=_("To"), queryset=None, empty_label=None)

    def __init__(self, *args, nomination, **kwargs):
        super().__init__(*args, **kwargs)
        entries = nomination.entries.select_related("category")
        self.fields["entry"].queryset = entries
        self.fields["entry"].label_from_instance = lambda entry: str(entry.category)
        self.fields["to"].queryset = Category.objects.filter(program=nomination.program).exclude(entries__in=entries)
        self.fields["entry"].initial = entries.first()


class AskForm(forms.Form):
    question = LongTextField(
        label=_("What is missing"), rows=3, limit=2_000, required=True, help_text=_("The nominator reads it as you write it.")
    )
    answer_on = forms.DateField(
        label=_("Answer by the end of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, program, now, **kwargs):
        self.zone = ZoneInfo(program.time_zone)
        latest = program.judging_opens_at.astimezone(self.zone).date()
        usual = add_working_days(now.astimezone(self.zone), DAYS_TO_ANSWER).date()
        super().__init__(*args, initial={"answer_on": min(usual, latest)}, **kwargs)
        self.closes = program.judging_opens_at

    def clean_answer_on(self):
        """The end of that day by the program's clock, or the opening of judging where that comes first."""
        end = datetime.combine(self.cleaned_data["answer_on"], time(23, 59, 59), tzinfo=self.zone)
        opens = self.closes.astimezone(self.zone)
        return min(end, opens) if end.date() == opens.date() else end


class ClarificationForm(forms.Form):
    """The answer, and the texts of the nomination that may be changed with it."""

    answer = LongTextField(label=_("Your answer"), rows=3, limit=5_000, required=True)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, nomination, **kwargs):
        shown = {name: getattr(nomination, name) for name in TEXTS} | {"seen": nomination.updated_at.isoformat()}
        super().__init__(*args, initial=shown, **kwargs)
        for name in TEXTS:
            model_field = Nomination._meta.get_field(name)
            kind = LineField if name == "headline" else LongTextField
            limits = {"limit": 200} if name == "headline" else {"rows": 3}
            self.fields[name] = kind(label=model_field.verbose_name.capitalize(), **limits)

    def texts(self):
        return {name: self.cleaned_data[name] for name in TEXTS}


class PublicityAskForm(forms.Form):
    """What exactly would be approved, of whom it is asked, and the words of the mail."""

    what = LongTextField(label=_("What exactly would be approved"), rows=3, limit=2_000, required=True)
    approver = LineField(label=_("Who approves"), required=True, help_text=_("The person at the customer who decides."))
    approver_email = forms.EmailField(label=_("Their e-mail"), required=False)
    is_content = forms.BooleanField(
        label=_("This asks for content"),
        required=False,
        help_text=_("A case study, quote, video or logo; not a mere recognition."),
    )
    subject = LineField(label=_("Subject of the mail"), limit=200)
    text = LongTextField(
        label=_("The mail"),
        rows=14,
        limit=5_000,
        help_text=_("Change it as you like, or copy it into your own. [name] becomes who approves."),
    )

    def clean(self):
        cleaned = super().clean()
        if self.data.get("how") == "mail":
            for name in ("approver_email", "subject", "text"):
                if name in cleaned and not cleaned[name]:
                    self.add_error(name, _("Needed to send the mail."))
        return cleaned


class PublicityAnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("The company's answer"), choices=PublicityApproval.Answer, widget=forms.RadioSelect)
    evidence = LongTextField(
        label=_("Evidence"),
        rows=2,
        limit=2_000,
        required=True,
        help_text=_("Where it can be read, such as “mail of 3 May to Ana”."),
    )
