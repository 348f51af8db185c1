"""The form as a conversation: what to ask in a call of twenty minutes, in order, each question by the field it fills."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "before_state": [
        _("How did you do this before, step by step?"),
        _("What did it cost you: hours, days, money, nerves?"),
        _("What made you say: this cannot go on?"),
    ],
    "use_case_text": [_("What did you set out to change?")],
    "business_outcome": [
        _("What is different for your business today?"),
        _("Which number moved, from what to what, and over which time?"),
        _("Who measured it, and where could I read it?"),
    ],
    "results": [_("May I repeat the number: measured in what, since when?")],
    "narrative": [
        _("What did you do first, and what next?"),
        _("What went wrong on the way, and what did you do then?"),
        _("Who had to be convinced, and by what?"),
    ],
    "human_element": [
        _("Whose working day has changed most? Tell me about one person."),
        _("What do they do now with the time?"),
    ],
    "nominee": [_("Who carried it, and who else should be named?")],
    "quote": [_("If a friend in your trade asked you, what would you say in one sentence?")],
    "publicity_interest": [_("If this were honoured in public, how would you feel about it?")],
    "publicity_note": [_("Who in your company would have to agree, and what is off limits?")],
    "headline": [_("Which one line with a number would make a stranger read on?")],
    "partnership": [
        _("When did they last help us, or we them, unasked?"),
        _("How soon do they answer, and would they say the same to a prospect?"),
    ],
}


class Part(NamedTuple):
    """A stretch of the call: `say` opens it, `fields` are filled from it."""

    name: str
    minutes: int
    say: str
    fields: list[str]


CALL = [
    Part(_("Open"), 1, _("Say that you want to understand what they achieved. Promise no award."), []),
    Part(_("How it was before"), 4, "", ["before_state", "use_case_text"]),
    Part(_("What changed"), 5, "", ["business_outcome", "results"]),
    Part(_("How they got there"), 4, "", ["narrative"]),
    Part(_("The people in it"), 3, "", ["human_element", "nominee"]),
    Part(_("Their words, and going public"), 2, "", ["quote", "publicity_interest", "publicity_note"]),
    Part(_("Close"), 1, _("Thank them. Say when you come back to them, and that nothing is published without their yes."), []),
]
AFTERWARDS = Part(_("After the call, on your own"), 5, "", ["headline", "partnership"])


def minutes() -> int:
    """How long the call is."""
    return sum(part.minutes for part in CALL)
