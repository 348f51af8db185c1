"""The rows of a program: categories, prizes, people, occasions, questions. Each is one form, to add and to change."""

from django import forms
from django.db.models import Max
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocacy.models import User
from advocacy.text import clean_line
from advocacy.together import EditedTogether
from nominations.models import Category, Prize, Question, TeamMember, TouchPoint


class RowForm(EditedTogether):
    """`program` is set on the row before it is looked at, so that its own constraints are checked too."""

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.program = program
        if "position" in self.fields:
            self.fields["position"].required = False
            self.fields["position"].help_text = _("The lowest number stands first. Left empty, it stands last.")
            if self.instance._state.adding:
                self.initial["position"] = None

    def clean(self):
        cleaned = super().clean()
        if "position" in self.fields and cleaned.get("position") is None and "position" not in self.errors:
            last = self._others().aggregate(last=Max("position"))["last"]
            cleaned["position"] = 1 if last is None else last + 1
        return cleaned

    def _others(self):
        return self._meta.model.objects.filter(program=self.instance.program).exclude(pk=self.instance.pk)

    def _get_validation_exclusions(self):
        """The program is no field of the form, and still one of what must be unique together with it."""
        return super()._get_validation_exclusions() - {"program"}


class CategoryForm(RowForm):
    class Meta:
        model = Category
        fields = ["name", "outcome", "inside_audience", "outside_audience", "axis", "position"]
        widgets = {
            "outcome": forms.Textarea(attrs={"rows": 2}),
            "inside_audience": forms.TextInput(attrs={"list": "inside-teams"}),
        }
        help_texts = {
            "name": _("As it will stand on the badge."),
            "outcome": _("What changed for a customer who wins here. If you cannot say it, judges cannot either."),
            "inside_audience": _("The team that will use the story: sales, customer success, marketing or leadership."),
            "outside_audience": _("Who believes it: the buyers, peers or analysts it is to convince."),
            "axis": _("What sets it apart from the other categories."),
        }

    def clean_name(self):
        name = clean_line(self.cleaned_data["name"])
        if self._others().filter(name__iexact=name).exists():
            raise forms.ValidationError(_now("There is a category of this name already."))
        return name


class PrizeForm(RowForm):
    class Meta:
        model = Prize
        fields = ["kind", "what", "category", "planned_cost", "currency", "position"]
        help_texts = {
            "what": _("In the words customers read, such as “1,000 euros to a cause you choose”."),
            "category": _("Empty: for the winners of every category."),
            "planned_cost": _("For each winner. Only we see it."),
            "currency": _("Three letters, such as EUR."),
        }

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, program=program, **kwargs)
        self.fields["category"].queryset = program.categories.all()

    def clean_currency(self):
        currency = self.cleaned_data["currency"].strip().upper()
        if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            raise forms.ValidationError(_now("Three letters, such as EUR."))
        return currency

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("planned_cost") and not cleaned.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _now("Say in which currency."))
        return cleaned


class TeamMemberForm(RowForm):
    class Meta:
        model = TeamMember
        fields = ["role", "user", "name"]
        labels = {"user": _("Person")}
        help_texts = {
            "role": _("One owner; a sponsor who can open doors; somebody for each team that is to use the winners."),
            "user": _("Somebody with a sign-in."),
            "name": _("Or the name of somebody without one."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(is_active=True).order_by("name", "pk")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("user") and cleaned.get("name"):
            self.add_error("name", _now("Choose a person or give a name, not both."))
        return cleaned


class TouchPointForm(RowForm):
    class Meta:
        model = TouchPoint
        fields = ["kind", "name", "on"]
        widgets = {"on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "kind": _("Where customers hear of it."),
            "name": _("Such as “User conference, opening talk”."),
            "on": _("The day it happens. Texts and slides are due before."),
        }


class QuestionForm(RowForm):
    class Meta:
        model = Question
        fields = ["question", "answer", "position"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "question": _("As a customer would ask it."),
            "answer": _("Two or three sentences. It stands on the public page."),
        }
