"""What may be used of a person, their company and their stories: in which places, and until when. Pure.

The newest word on a purpose counts, and nothing else does: silence is a no. The company's own word on its name goes
before its people's, and a company that is locked down is named nowhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.availability import show

NAME, COMPANY, LOGO, QUOTE, VIDEO = "use_name_title", "use_company_name", "use_logo", "use_quote", "use_video"
OF_A_STORY = {
    QUOTE: gettext_lazy("The quote"),
    NAME: gettext_lazy("Name and title"),
    COMPANY: gettext_lazy("The company's name"),
    LOGO: gettext_lazy("The logo"),
    VIDEO: gettext_lazy("Video"),
}
# What is allowed or not, in no particular place.
OF_A_PERSON = {
    "reference_contact": gettext_lazy("Speak with prospects"),
    "public_award": gettext_lazy("Public award"),
}
# The consent a kind of content needs before anybody outside may see it; every other kind needs that for quotes.
OF_CONTENT = {"video": VIDEO, "logo": LOGO}


@dataclass(frozen=True, kw_only=True)
class Word:
    """The newest word of a person, or of a company, on one purpose."""

    purpose: str
    given: bool
    channels: tuple[str, ...] = ()
    expires_on: date | None = None


@dataclass(frozen=True)
class Use:
    """One line: what, whether it may be used outside, and the sentence with places and end."""

    purpose: str
    label: str
    allowed: bool
    sentence: str
    until: date | None = None


def uses(person: Iterable[Word], company: Iterable[Word], on: date, *, locked_down: bool = False) -> dict[str, Use]:
    """For each purpose of a story, in the order people read them."""
    words = {word.purpose: word for word in person} | {word.purpose: word for word in company if word.purpose in (COMPANY, LOGO)}
    return {
        purpose: Use(purpose, str(label), *_answer(purpose, words.get(purpose), on, locked_down))
        for purpose, label in (OF_A_STORY | OF_A_PERSON).items()
    }


def _answer(purpose, word, on, locked_down):
    """Whether it is allowed, the sentence, and until when."""
    in_places = purpose in OF_A_STORY
    if locked_down and purpose in (COMPANY, LOGO):
        return False, _("Nowhere: the company is locked down."), None
    if word is None:
        return False, _("Nowhere yet: ask for consent.") if in_places else _("Not yet: ask for consent."), None
    if not word.given:
        return False, _("No: they said no, or took it back."), None
    if word.expires_on and word.expires_on <= on:
        return False, _("No longer: the consent ended on %(day)s.") % {"day": show(word.expires_on)}, None
    where = (", ".join(word.channels) or _("in every place")) if in_places else _("yes")
    sentence = _("%(where)s, until %(day)s") if word.expires_on else _("%(where)s, without an end")
    return True, sentence % {"where": where, "day": word.expires_on and show(word.expires_on)}, word.expires_on


def allowed(found: Mapping[str, Use], *purposes: str) -> bool:
    return all(found[purpose].allowed for purpose in purposes)


def of_content(found: Mapping[str, Use], kind: str) -> Use:
    """The line that decides over a piece of content."""
    return found[OF_CONTENT.get(kind, QUOTE)]
