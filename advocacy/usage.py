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
    return {purpose: _use(purpose, words.get(purpose), on, locked_down) for purpose in OF_A_STORY}


def _use(purpose, word, on, locked_down):
    label = str(OF_A_STORY[purpose])
    if locked_down and purpose in (COMPANY, LOGO):
        return Use(purpose, label, False, _("Nowhere: the company is locked down."))
    if word is None:
        return Use(purpose, label, False, _("Nowhere yet: ask for consent."))
    if not word.given:
        return Use(purpose, label, False, _("Nowhere: they took it back or said no."))
    if word.expires_on and word.expires_on <= on:
        return Use(purpose, label, False, _("Nowhere: the consent ended on %(day)s.") % {"day": show(word.expires_on)})
    places = ", ".join(word.channels) if word.channels else _("in every place")
    words = {"places": places, "day": word.expires_on and show(word.expires_on)}
    sentence = _("%(places)s, until %(day)s") if word.expires_on else _("%(places)s, without an end")
    return Use(purpose, label, True, sentence % words, word.expires_on)


def allowed(found: Mapping[str, Use], *purposes: str) -> bool:
    return all(found[purpose].allowed for purpose in purposes)


def of_content(found: Mapping[str, Use], kind: str) -> Use:
    """The line that decides over a piece of content."""
    return found[OF_CONTENT.get(kind, QUOTE)]
