"""What we know of an advocate, in words the advocate themselves can read and answer."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.freshness import CONSENT, CONTACT, ROLE, STORY, WILLINGNESS
from advocacy.models import Advocate, Consent

SECTION_WORDS = {
    CONTACT: gettext_lazy("how to reach you"),
    ROLE: gettext_lazy("your role"),
    WILLINGNESS: gettext_lazy("what you are willing to do"),
    STORY: gettext_lazy("your story"),
    CONSENT: gettext_lazy("what you allowed us"),
}


def section_facts(advocate: Advocate, section: str) -> list[tuple[str, str]]:
    """Label and value of each fact in a section; facts we do not have are left out."""
    facts = READERS[section](advocate)
    return [(str(label), str(value)) for label, value in facts if value]


def _contact(advocate):
    return [
        (_("Name"), advocate.name),
        (_("E-mail"), advocate.email),
        (_("Languages"), ", ".join(advocate.languages)),
        (_("Time zone"), advocate.time_zone),
    ]


def _role(advocate):
    return [
        (_("Job title"), advocate.title),
        (_("Company"), advocate.account.name if advocate.account else ""),
        (_("Level"), advocate.get_level_display()),
        (_("Function"), advocate.function),
    ]


def _willingness(advocate):
    answers = advocate.willingness.select_related("activity_type")
    return [(answer.activity_type.name, _answer(answer)) for answer in answers]


def _answer(willingness):
    words = willingness.get_answer_display()
    if not willingness.cap:
        return words
    times = ngettext("at most %(count)d time", "at most %(count)d times", willingness.cap) % {"count": willingness.cap}
    return f"{words}, {times}"


def _story(advocate):
    for story in advocate.stories.all():
        yield from [
            (_("Headline"), story.headline),
            (_("Before"), story.challenge),
            (_("What you did"), story.solution),
            (_("Results"), story.results_text),
            (_("The people in it"), story.human_element),
            (_("Quote"), story.quote),
        ]


def _consent(advocate):
    for consent in Consent.objects.latest().filter(advocate=advocate, decision=Consent.Decision.GIVEN):
        until = consent.expires_on and _("until %(date)s") % {"date": date_format(consent.expires_on, "DATE_FORMAT")}
        yield consent.get_purpose_display(), until or _("without an end")


READERS = {CONTACT: _contact, ROLE: _role, WILLINGNESS: _willingness, STORY: _story, CONSENT: _consent}
