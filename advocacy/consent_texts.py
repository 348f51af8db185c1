"""The sentence behind each consent we ask for. The exact text is kept with the answer."""

from django.utils.translation import gettext_lazy as _

from advocacy.models import Consent

Purpose = Consent.Purpose
TEXTS = {
    Purpose.PUBLIC_AWARD: _("If I win, the award may be announced in public."),
    Purpose.USE_NAME_TITLE: _("My name and job title may be shown with the award and the story."),
    Purpose.USE_COMPANY_NAME: _("My company's name may be shown with the award and the story."),
    Purpose.USE_LOGO: _("My company's logo may be shown with the award and the story."),
    Purpose.USE_QUOTE: _("My quote may be used as approved by me."),
    Purpose.USE_VIDEO: _("Video recordings of me about this story may be used."),
    Purpose.REFERENCE_CONTACT: _("I may be asked to speak with other companies about my experience."),
}
# Who is offered the award has won: the same consent, said without an "if".
TEXTS_OF_AWARD = TEXTS | {Purpose.PUBLIC_AWARD: _("My award may be announced in public.")}
# These are the company's to give; the rest is the person's.
OF_THE_COMPANY = {Purpose.USE_COMPANY_NAME, Purpose.USE_LOGO}


def scope_choices():
    return [(purpose.value, text) for purpose, text in TEXTS.items()]
