from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.models import Consent
from awards import services

NOT_APPLICABLE = "na"
ANSWERS = [*((str(value), str(value)) for value in range(1, 6)), (NOT_APPLICABLE, _("Not applicable"))]
NOT_AN_ANSWER = _("Choose 1 to 5, or not applicable.")


class ScoresForm(forms.Form):
    """One judge's answers to the rubric of one nomination: a field a component, none of them required."""

    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=5000,
        help_text=_("For the advocacy team, who weigh close results with it. Other judges do not see it before they are done."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, assignment, components, **kwargs):
        self.assignment = assignment
        self.components = list(components)
        given = {score.component_id: score.value for score in assignment.scores.all()}
        initial = {self.name_of(pk): NOT_APPLICABLE if value is None else str(value) for pk, value in given.items()}
        super().__init__(*args, initial={"comment": assignment.comment, **initial}, **kwargs)
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
        return {pk: None if answer == NOT_APPLICABLE else int(answer) for pk, answer in given.items() if answer}

    def save(self, *, by, now):
        return services.record_scores(
            assignment=self.assignment, answers=self.answers(), comment=self.cleaned_data["comment"], by=by, now=now
        )


class ReasonForm(forms.Form):
    """A step that has to be explained."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, label=None, help_text="", required=True, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text, field.required = label or field.label, help_text, required


class AcceptanceForm(forms.Form):
    scope = forms.MultipleChoiceField(
        label=_("The customer says yes to"),
        choices=Consent.Purpose,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what they agreed to, nothing more: each becomes a consent on record."),
    )
    method = forms.ChoiceField(label=_("How they said it"), choices=Consent.Method, initial=Consent.Method.MAIL)
    evidence = forms.CharField(
        label=_("Where the answer can be read"),
        max_length=500,
        help_text=_("Such as “mail of 3 May to Anna”, so that anyone can check it later."),
        widget=forms.TextInput,
    )

    def __init__(self, *args, winner, **kwargs):
        self.winner = winner
        reply = getattr(winner.entry.nomination, "reply", None)
        said_yes = reply and reply.answer == reply.Answer.YES
        initial = {"scope": reply.scope, "evidence": reply.evidence} if said_yes else {"scope": [Consent.Purpose.PUBLIC_AWARD]}
        super().__init__(*args, initial=initial, **kwargs)

    def save(self, *, by, now):
        return services.record_acceptance(winner=self.winner, by=by, now=now, **self.cleaned_data)
