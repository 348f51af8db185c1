from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocacy.consent_texts import scope_choices
from advocacy.fields import LineField, LongTextField
from advocacy.models import Consent
from nominations.models import NomineeReply


class ReplyForm(forms.Form):
    """The nominee's answer as the CSM heard it, with the evidence."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=NomineeReply.Answer,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the nominee answered.")},
        help_text=_("A no withdraws the nomination, and nobody asks again."),
    )
    scope = forms.MultipleChoiceField(
        label=_("The yes covers"),
        choices=scope_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only what was said. Each is kept as a consent of its own, with this wording."),
    )
    given_by = LineField(label=_("Who answered"), help_text=_("The customer's name as they signed."))
    method = forms.ChoiceField(label=_("How"), choices=Consent.Method, initial=Consent.Method.MAIL)
    evidence = LongTextField(
        label=_("Evidence"), rows=2, limit=2_000, help_text=_("Where it can be read, such as “mail of 3 May to Ana”.")
    )

    # Which answer the page showed: one that came in since is not overwritten.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        answer = cleaned.get("answer")
        if answer in (NomineeReply.Answer.YES, NomineeReply.Answer.NO) and "evidence" in cleaned and not cleaned["evidence"]:
            self.add_error("evidence", _now("Say where the answer can be read."))
        if answer and answer != NomineeReply.Answer.YES and cleaned.get("scope"):
            self.add_error("scope", _now("Only a yes covers anything. Untick these or choose yes."))
        return cleaned
