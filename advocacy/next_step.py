"""The next best small ask: what brings an advocate one step on without asking too much at once. Pure.

Somebody new is asked for little; each ask that was done makes the next one up to twice as large possible. Of what they
may be asked for today, what they have not done yet comes first, then the least effort, then the greatest value.
Where only a yes of theirs is missing, that yes is the small ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.availability import Availability, in_a_sentence, show

ASK, WAIT, CONSENT, CHECK, WILLINGNESS, INTERVIEW, THANKS, NOTHING = (
    "ask",
    "wait",
    "consent",
    "check",
    "willingness",
    "interview",
    "thanks",
    "nothing",
)
# Hours of effort that may be asked of somebody who has done nothing yet.
FIRST_HOURS = {"satisfied": 1, "engaged": 2, "advocate": 4, "champion": 8, "ambassador": 8}
GROWTH = 2

STAGES = {
    "satisfied": gettext_lazy("Happy with what they have; has not spoken for us yet."),
    "engaged": gettext_lazy("Takes part: answers, comes to events, gives small things."),
    "advocate": gettext_lazy("Speaks for us when asked."),
    "champion": gettext_lazy("Speaks for us often, and on larger stages."),
    "ambassador": gettext_lazy("Speaks for us unasked and brings others."),
}


@dataclass(frozen=True, kw_only=True)
class Option:
    """One activity of the catalogue for one advocate; `effort` in hours, `value` 1-5, `done` times ever."""

    pk: int
    name: str
    effort: Decimal
    value: int
    answer: str
    availability: Availability
    done: int = 0
    is_gift: bool = False


@dataclass(frozen=True)
class NextStep:
    """`kind` says what to do; `activity` is the primary key where the step is an ask, `why` the reason in a sentence."""

    kind: str
    title: str
    why: str
    activity: int | None = None
    on: date | None = None


def next_step(*, status: str, stage: str, options: Sequence[Option], thanks_owed: str = "") -> NextStep:
    """The one thing to do next. `thanks_owed` names what they did last that nobody has thanked them for."""
    if status == "candidate":
        return NextStep(INTERVIEW, _("Speak with them"), _("They are not an active advocate yet: an interview comes first."))
    if status == "retired":
        return NextStep(NOTHING, _("Nothing"), _("They no longer take part."))
    askable = [option for option in options if not option.is_gift and option.answer in ("yes", "ask_first")]
    if not any(option.answer for option in options if not option.is_gift):
        return NextStep(WILLINGNESS, _("Ask what they are willing to do"), _("Nobody has asked them yet."))
    if not askable:
        return NextStep(NOTHING, _("Nothing"), _("They said no to everything. Ask again when something has changed."))
    if thanks_owed:
        why = _("They did this for us and have had no thanks yet: %(what)s. Then ask for the next.")
        return NextStep(THANKS, _("Thank them"), why % {"what": in_a_sentence(thanks_owed)})
    return _free_now(stage, askable) or _one_yes_away(askable) or _later(askable)


def _free_now(stage, askable):
    largest = max((option.effort for option in askable if option.done), default=Decimal(0))
    limit = max(largest * GROWTH, FIRST_HOURS.get(stage, 1))
    fitting = [option for option in askable if option.availability.is_free and option.effort <= limit]
    if not fitting:
        return None
    best = min(fitting, key=lambda option: (option.done > 0, option.effort, -option.value, option.pk))
    return NextStep(ASK, best.name, _reason(best, largest), best.pk)


def _reason(option, largest):
    parts = [_effort(option.effort)]
    if not option.done:
        parts.append(_("they have not done it for us yet"))
        if not largest:
            parts.append(_("a small first ask"))
        elif option.effort > largest:
            parts.append(_("one step larger than what they did before"))
    else:
        times = ngettext("they have done it once before", "they have done it %(n)s times before", option.done)
        parts.append(times % {"n": option.done})
    if option.answer == "ask_first":
        parts.append(_("they want to be asked first each time"))
    sentence = "; ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _effort(hours):
    if hours < 1:
        return _("takes less than an hour")
    hours = int(hours) if hours == int(hours) else hours
    return _("takes about an hour") if hours == 1 else _("takes about %(hours)s hours") % {"hours": hours}


def _one_yes_away(askable):
    """A consent that alone stands in the way, of the activity with the most value; else a profile nobody has checked."""
    waiting = [option for option in askable if option.availability.codes == ["consent"]]
    if waiting:
        best = min(waiting, key=lambda option: (-option.value, option.effort, option.pk))
        why = _("It takes them a minute, and without it we cannot ask for: %(activity)s.")
        return NextStep(CONSENT, _("Ask for their consent"), why % {"activity": in_a_sentence(best.name)}, best.pk)
    if any("not_verified" in option.availability.codes for option in askable):
        why = _("Nobody has said for a while that the profile is right, so nobody may ask them for anything.")
        return NextStep(CHECK, _("Check the profile"), why)
    return None


def _later(askable):
    dated = [option for option in askable if option.availability.free_on]
    if not dated:
        return NextStep(WAIT, _("Nothing for now"), askable[0].availability.sentence)
    first = min(dated, key=lambda option: (option.availability.free_on, option.effort, -option.value, option.pk))
    on = first.availability.free_on
    if first.availability.is_free:
        return NextStep(WAIT, _("Nothing for now"), _("What is free today is more than we should ask at once."))
    why = _("Free again on %(day)s for: %(activity)s. %(sentence)s")
    # The reason that ends last is the one that keeps them.
    last = max(first.availability.reasons, key=lambda reason: reason.until)
    words = {"day": show(on), "activity": in_a_sentence(first.name), "sentence": last.sentence}
    return NextStep(WAIT, _("Nothing for now"), why % words, first.pk, on)
