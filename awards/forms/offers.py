"""Forms around an offered award: the nominee's own, and the team's."""

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.consent_texts import TEXTS_OF_AWARD
from advocacy.models import Consent
from advocacy.text import clean_line, clean_text
from advocacy.walltime import NoSuchWallTime, to_utc, to_wall
from awards import services
from awards.services.answers import Acceptance, Wording, donation_prizes
from awards.services.winners import wording_of

Purpose = Consent.Purpose
TICKS = {
    "show_name": Purpose.USE_NAME_TITLE,
    "show_company": Purpose.USE_COMPANY_NAME,
    "use_logo": Purpose.USE_LOGO,
    "use_quote": Purpose.USE_QUOTE,
    "public_award": Purpose.PUBLIC_AWARD,
}


def tick(purpose, **fields):
    """A box with the exact words that are kept as the consent."""
    return forms.BooleanField(label=TEXTS_OF_AWARD[purpose], required=False, **fields)


class AwardForm(forms.Form):
    """The nominee accepts: how they are shown, what may be shown, and where a donation goes."""

    shown_name = forms.CharField(label=_("Your name, as it is shown"), max_length=150, required=False)
    shown_title = forms.CharField(label=_("Your job title, as it is shown"), max_length=150, required=False)
    show_name = tick(Purpose.USE_NAME_TITLE)
    shown_company = forms.CharField(label=_("Your company, as it is shown"), max_length=200, required=False)
    show_company = tick(Purpose.USE_COMPANY_NAME)
    use_logo = tick(Purpose.USE_LOGO)
    quote = forms.CharField(
        label=_("Words of yours we may quote"),
        help_text=_("From the nomination where there were any. Change them as you like."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    use_quote = tick(Purpose.USE_QUOTE)
    public_award = tick(
        Purpose.PUBLIC_AWARD,
        help_text=_("Without this there is no award to announce. Nothing is shown before the announcement."),
    )

    def __init__(self, *args, winner, **kwargs):
        self.winner = winner
        self.donations = list(donation_prizes(winner))
        super().__init__(*args, initial=self._initial(winner), **kwargs)
        for prize in self.donations:
            self.fields[self._name_of(prize)] = forms.CharField(
                label=_("%(prize)s: what should it go to?") % {"prize": prize},
                help_text=_("A charity or a cause. You can leave it open and tell us later."),
                max_length=300,
                required=False,
            )
        # The yes itself stands last.
        self.order_fields([name for name in self.fields if name != "public_award"] + ["public_award"])

    @staticmethod
    def _initial(winner):
        nomination = winner.entry.nomination
        wording = wording_of(nomination)
        reply = getattr(nomination, "reply", None)
        scope = reply.scope if reply and reply.answer == reply.Answer.YES else []
        return {
            "shown_name": wording.name,
            "shown_title": wording.title,
            "shown_company": wording.company,
            "quote": wording.quote,
        } | {name: purpose in scope for name, purpose in TICKS.items() if name != "public_award"}

    @staticmethod
    def _name_of(prize):
        return f"purpose-{prize.pk}"

    def clean_shown_name(self):
        return clean_line(self.cleaned_data["shown_name"])

    def clean_shown_title(self):
        return clean_line(self.cleaned_data["shown_title"])

    def clean_shown_company(self):
        return clean_line(self.cleaned_data["shown_company"])

    def clean_quote(self):
        return clean_text(self.cleaned_data["quote"])

    def clean(self):
        given = super().clean()
        if not given.get("public_award"):
            self.add_error("public_award", _("Tick this to accept. To say no, use the form below."))
        if not given.get("show_name") and not given.get("show_company"):
            self.add_error("show_name", _("Tick your name or your company: else there is nobody to announce."))
        for box, text, sentence in [
            ("show_name", "shown_name", _("Write the name to show.")),
            ("show_company", "shown_company", _("Write the company to show.")),
            ("use_quote", "quote", _("Write the words that may be quoted.")),
        ]:
            if given.get(box) and not given.get(text) and text not in self.errors:
                self.add_error(text, sentence)
        return given

    def save(self, *, link, now):
        given = self.cleaned_data
        return services.accept_by_link(
            link=link,
            acceptance=Acceptance(
                wording=Wording(
                    name=given["shown_name"] if given["show_name"] else "",
                    title=given["shown_title"] if given["show_name"] else "",
                    company=given["shown_company"] if given["show_company"] else "",
                    quote=given["quote"] if given["use_quote"] else "",
                ),
                scope=frozenset(purpose for name, purpose in TICKS.items() if given[name]),
                purposes={prize.pk: given[self._name_of(prize)] for prize in self.donations},
            ),
            now=now,
        )


class NoThanksForm(forms.Form):
    why = forms.CharField(
        label=_("Would you tell us why?"),
        help_text=_("You need not. The person who looks after your company reads it."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TermsForm(forms.Form):
    """What the team sets for one winner: the last day to answer, the embargo, words of the announcement."""

    answer_by = forms.DateField(
        label=_("Answer by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day, in the program's time zone. A later day reminds them anew."),
    )
    embargo_until = forms.DateTimeField(
        label=_("Embargo until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Such as a launch of theirs. Nothing of this award is public before, even when the others are."),
    )
    wording = forms.CharField(
        label=_("Words of the announcement"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why they won, in one or two sentences for their public page."),
    )

    def __init__(self, *args, winner, **kwargs):
        self.winner = winner
        self.zone = winner.category.program.time_zone
        embargo = to_wall(winner.embargo_until, self.zone) if winner.embargo_until else None
        initial = {"answer_by": winner.answer_by, "embargo_until": embargo, "wording": winner.wording}
        super().__init__(*args, initial=initial, **kwargs)
        if winner.offered_at is None or winner.status != winner.Status.OFFERED:
            self.fields["answer_by"].disabled = True
            self.fields["answer_by"].help_text = _("The day starts with the offer, and ends with the answer.")

    def clean_embargo_until(self):
        typed = self.cleaned_data["embargo_until"]
        if typed is None:
            return None
        try:
            return to_utc(typed.replace(tzinfo=None), self.zone)
        except NoSuchWallTime as error:
            raise forms.ValidationError(str(error)) from error

    def clean_wording(self):
        return clean_text(self.cleaned_data["wording"])

    def save(self, *, by, now):
        given = self.cleaned_data
        return services.set_terms(
            winner=self.winner,
            by=by,
            now=now,
            answer_by=given["answer_by"],
            embargo_until=given["embargo_until"],
            announcement_words=given["wording"],
        )
