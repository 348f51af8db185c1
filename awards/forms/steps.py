from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.models import Consent
from awards import services
from awards.models import Judge
from nominations.models import Category, Program


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


class ModeForm(forms.ModelForm):
    """Who reads what."""

    class Meta:
        model = Program
        fields = ["assignment_mode"]

    def save(self, commit=True):
        self.instance.save(update_fields=["assignment_mode"])
        return self.instance


class AssignForm(forms.Form):
    judge = forms.ModelChoiceField(queryset=Judge.objects.none())

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["judge"].queryset = program.judges.present().select_related("user", "program")


class CategoriesForm(forms.Form):
    categories = forms.ModelMultipleChoiceField(queryset=Category.objects.none(), required=False)

    def __init__(self, *args, judge, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["categories"].queryset = judge.program.categories.all()
