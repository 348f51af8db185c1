"""The forms of the judging desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.models import Account
from advocacy.text import clean_line
from awards import services
from awards.models import Judge
from awards.services.scores import COMMENT

NOT_APPLICABLE = "na"
ANSWERS = [*((str(value), str(value)) for value in range(1, 6)), (NOT_APPLICABLE, _("Not applicable"))]
NOT_AN_ANSWER = _("Choose 1 to 5, or not applicable.")
COMMENT_LENGTH = 5000
SUGGESTIONS = 5


class AnswersForm(forms.Form):
    """A field for each question of a rubric, none of them required."""

    def __init__(self, *args, components, given=None, initial=None, **kwargs):
        self.components = list(components)
        answers = {self.name_of(pk): self.shown(value) for pk, value in (given or {}).items()}
        super().__init__(*args, initial={**(initial or {}), **answers}, **kwargs)
        for component in self.components:
            self.fields[self.name_of(component.pk)] = forms.ChoiceField(
                label=component.name,
                choices=ANSWERS,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": NOT_AN_ANSWER},
            )

    @staticmethod
    def name_of(component_pk):
        return f"component-{component_pk}"

    @staticmethod
    def shown(value):
        return NOT_APPLICABLE if value is None else str(value)

    @staticmethod
    def value_of(answer):
        return None if answer == NOT_APPLICABLE else int(answer)

    def questions(self):
        """Each component with its field and its answers: value, label, words, id and whether chosen."""
        for component in self.components:
            field = self[self.name_of(component.pk)]
            chosen = field.value() or ""
            yield (
                component,
                field,
                [
                    {
                        "value": value,
                        "words": words,
                        "is_chosen": str(value) == chosen,
                        "id": f"{field.id_for_label or field.auto_id}-{value}",
                    }
                    for value, words in [*component.anchors, (NOT_APPLICABLE, _("Not applicable: this cannot be judged here."))]
                ],
            )

    def answers(self):
        """Component id to 1-5 or None, for what was answered."""
        given = {component.pk: self.cleaned_data[self.name_of(component.pk)] for component in self.components}
        return {pk: self.value_of(answer) for pk, answer in given.items() if answer}


class ScoresForm(AnswersForm):
    """One judge's answers to the rubric of one nomination."""

    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=COMMENT_LENGTH,
        help_text=_("For the advocacy team, who weigh close results with it. Other judges do not see it before they are done."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, assignment, components, **kwargs):
        self.assignment = assignment
        given = {score.component_id: score.value for score in assignment.scores.all()}
        super().__init__(*args, components=components, given=given, initial={"comment": assignment.comment}, **kwargs)

    def save(self, *, by, now):
        return services.record_scores(
            assignment=self.assignment, answers=self.answers(), comment=self.cleaned_data["comment"], by=by, now=now
        )


class ChangesForm(AnswersForm):
    """What a page sends while typing: the fields that changed, and as seen-… what they were before."""

    comment = forms.CharField(required=False, max_length=COMMENT_LENGTH)

    def changes(self):
        comment = {COMMENT: self.cleaned_data[COMMENT]} if COMMENT in self.data else {}
        return self.answers() | comment

    def seen(self):
        """What the page knew; nothing is said of a question that had no answer."""
        names = {component.pk: f"seen-{self.name_of(component.pk)}" for component in self.components}
        allowed = {value for value, _label in ANSWERS}
        seen = {pk: self.value_of(self.data[name]) for pk, name in names.items() if self.data.get(name) in allowed}
        return seen | {COMMENT: self.data.get(f"seen-{COMMENT}", "")}

    @property
    def sentence(self):
        return " ".join(dict.fromkeys(error for errors in self.errors.values() for error in errors))


class InvitationForm(forms.Form):
    """Whom to invite from outside."""

    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("As the mail greets them."))
    email = forms.EmailField(label=_("E-mail"), help_text=_("The link goes there, and is theirs alone."))
    kind = forms.ChoiceField(label=_("Who they are"), choices=Judge.GuestKind)
    account = forms.CharField(
        label=_("Company"),
        max_length=200,
        required=False,
        help_text=_("If it is an account of ours, its name there: guests judge nobody of their own company or its group."),
    )

    def __init__(self, *args, program, **kwargs):
        self.program = program
        super().__init__(*args, **kwargs)

    def clean_name(self):
        return clean_line(self.cleaned_data["name"])

    def clean_account(self):
        """By name, because a list of all companies is too long to choose from."""
        name = clean_line(self.cleaned_data["account"])
        if not name:
            return None
        if account := Account.objects.filter(name__iexact=name).order_by("pk").first():
            return account
        alike = Account.objects.filter(name__icontains=name).order_by("name", "pk").values_list("name", flat=True)[:SUGGESTIONS]
        if alike:
            raise forms.ValidationError(_("Which one: %(names)s?") % {"names": ", ".join(alike)})
        raise forms.ValidationError(_("No account has this name. Leave it empty if we do not know the company."))

    def save(self, *, by, now):
        return services.invite_guest(program=self.program, by=by, now=now, **self.cleaned_data)
