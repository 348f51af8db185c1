"""The arithmetic of judging. No database, no clock, no rounding: means are exact fractions.

Where the formulas come from: section 7 of the design.

- a judge's criterion is the weighted mean of the components that judge scored, sum(w * s) / sum(w);
  "not applicable" is left out of both sums;
- a nomination's criterion is the plain mean over the judges who have one;
- the total weighs the story by the program's weight, (W * story + (100 - W) * partnership) / 100;
- the spread is the largest minus the smallest of the judges' means, and their standard deviation
  (of the whole panel, so divided by n).

Scores and means run from 1 to 5; weights of components are whole numbers from 1.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from django.utils.translation import gettext as _

STORY = "story"
PARTNERSHIP = "partnership"
CRITERIA = (STORY, PARTNERSHIP)

TIE_STORY = "story"
TIE_PARTNERSHIP = "partnership"
TIE_SHARED = "shared"


@dataclass(frozen=True)
class Component:
    id: Hashable
    criterion: str
    weight: int = 1


@dataclass(frozen=True)
class Sheet:
    """What one judge answered about one nomination; None means not applicable."""

    judge: Hashable
    answers: Mapping[Hashable, int | None]


@dataclass(frozen=True)
class Rules:
    story_weight: int = 50
    story_floor: Fraction = Fraction(1)
    partnership_floor: Fraction = Fraction(1)
    minimum_story_judges: int = 2
    minimum_partnership_judges: int = 2
    tie_rule: str = TIE_STORY

    def weight(self, criterion: str) -> int:
        return self.story_weight if criterion == STORY else 100 - self.story_weight

    def floor(self, criterion: str) -> Fraction:
        return self.story_floor if criterion == STORY else self.partnership_floor

    def minimum_judges(self, criterion: str) -> int:
        return self.minimum_story_judges if criterion == STORY else self.minimum_partnership_judges


@dataclass(frozen=True)
class Spread:
    width: Fraction
    deviation: Decimal


@dataclass(frozen=True)
class CriterionResult:
    """One criterion of one nomination: `by_judge` holds the mean of each judge who scored it."""

    by_judge: Mapping[Hashable, Fraction] = field(default_factory=dict)

    @property
    def judges(self) -> int:
        return len(self.by_judge)

    @property
    def mean(self) -> Fraction | None:
        return mean(self.by_judge.values())

    @property
    def spread(self) -> Spread | None:
        return spread(self.by_judge.values())


@dataclass(frozen=True)
class Reason:
    """Why a nomination does not rank: a code and its numbers, put into words only when read."""

    code: str
    criterion: str = ""
    have: Fraction = Fraction(0)
    need: Fraction = Fraction(0)

    @property
    def sentence(self) -> str:
        return reason_sentence(self)


@dataclass(frozen=True)
class Standing:
    """A nomination with its figures; `rank` is None while it has reasons not to rank."""

    nomination: Hashable
    story: CriterionResult
    partnership: CriterionResult
    total: Fraction | None
    reasons: tuple[Reason, ...] = ()
    rank: int | None = None

    def criterion(self, name: str) -> CriterionResult:
        return self.story if name == STORY else self.partnership

    @property
    def judges(self) -> int:
        """Judges who scored at least one criterion."""
        return len({*self.story.by_judge, *self.partnership.by_judge})


def mean(values: Iterable[Fraction]) -> Fraction | None:
    values = list(values)
    return sum(values, Fraction(0)) / len(values) if values else None


def spread(values: Iterable[Fraction]) -> Spread | None:
    """Width and standard deviation of the judges' means; None when nobody scored."""
    values = list(values)
    if not values:
        return None
    middle = mean(values)
    variance = mean([(value - middle) ** 2 for value in values])
    return Spread(width=max(values) - min(values), deviation=as_decimal(variance).sqrt())


def judge_mean(answers: Mapping[Hashable, int | None], components: Iterable[Component]) -> Fraction | None:
    """Weighted mean of the components answered with a number; None when there is none."""
    scored = [(part.weight, answers[part.id]) for part in components if answers.get(part.id) is not None]
    if not scored:
        return None
    return Fraction(sum(weight * value for weight, value in scored), sum(weight for weight, _value in scored))


def criterion_result(sheets: Iterable[Sheet], components: Sequence[Component], criterion: str) -> CriterionResult:
    parts = [part for part in components if part.criterion == criterion]
    means = {sheet.judge: judge_mean(sheet.answers, parts) for sheet in sheets}
    return CriterionResult({judge: value for judge, value in means.items() if value is not None})


def weighted_total(story: Fraction | None, partnership: Fraction | None, story_weight: int) -> Fraction | None:
    """The total from 1 to 5. A criterion without weight may be missing; any other makes the total None."""
    parts = [(story_weight, story), (100 - story_weight, partnership)]
    counted = [(weight, value) for weight, value in parts if weight]
    if any(value is None for _weight, value in counted):
        return None
    return sum((weight * value for weight, value in counted), Fraction(0)) / 100


def reasons_not_to_rank(results: Mapping[str, CriterionResult], rules: Rules) -> tuple[Reason, ...]:
    reasons = []
    for criterion in CRITERIA:
        result, need = results[criterion], rules.minimum_judges(criterion)
        if rules.weight(criterion):
            need = max(need, 1)
        if result.judges < need:
            reasons.append(Reason("too_few_judges", criterion, Fraction(result.judges), Fraction(need)))
        elif result.mean is not None and result.mean < rules.floor(criterion):
            reasons.append(Reason("below_floor", criterion, result.mean, rules.floor(criterion)))
    return tuple(reasons)


def standing(
    nomination: Hashable, sheets: Iterable[Sheet], components: Sequence[Component], rules: Rules, reasons: tuple[Reason, ...] = ()
) -> Standing:
    """The figures of one nomination, not yet ranked; `reasons` come from outside, such as a withdrawal."""
    sheets = list(sheets)
    results = {criterion: criterion_result(sheets, components, criterion) for criterion in CRITERIA}
    return Standing(
        nomination=nomination,
        story=results[STORY],
        partnership=results[PARTNERSHIP],
        total=weighted_total(results[STORY].mean, results[PARTNERSHIP].mean, rules.story_weight),
        reasons=reasons or reasons_not_to_rank(results, rules),
    )


def rank(standings: Iterable[Standing], rules: Rules) -> list[Standing]:
    """Best first, then those that do not rank.

    Equal totals go by the tie rule. What is still equal shares a rank, as in a race (1, 1, 3),
    and stands in the order of the nomination's number.
    """
    standings = list(standings)
    ranked = sorted((one for one in standings if not one.reasons), key=lambda one: one.nomination)
    ranked.sort(key=lambda one: _strength(one, rules), reverse=True)
    unranked = sorted((one for one in standings if one.reasons), key=lambda one: one.nomination)
    placed, place = [], 1
    for _key, group in groupby(ranked, key=lambda one: _strength(one, rules)):
        equals = list(group)
        placed += [_with_rank(one, place) for one in equals]
        place += len(equals)
    return placed + [_with_rank(one, None) for one in unranked]


def _strength(one: Standing, rules: Rules) -> tuple:
    if rules.tie_rule == TIE_SHARED:
        return (one.total,)
    decisive = one.story if rules.tie_rule == TIE_STORY else one.partnership
    return (one.total, decisive.mean or Fraction(0))


def _with_rank(one: Standing, place: int | None) -> Standing:
    return Standing(one.nomination, one.story, one.partnership, one.total, one.reasons, place)


def as_decimal(value: Fraction) -> Decimal:
    """The fraction to 28 significant digits; exact whenever the decimals end."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def reason_sentence(reason: Reason) -> str:
    names = {STORY: _("the story"), PARTNERSHIP: _("the partnership")}
    words = {"criterion": names.get(reason.criterion, ""), "have": _short(reason.have), "need": _short(reason.need)}
    sentences = {
        "too_few_judges": _("Scored by %(have)s of at least %(need)s judges for %(criterion)s."),
        "below_floor": _("The mean for %(criterion)s is %(have)s, below the floor of %(need)s."),
        "withdrawn": _("The nomination was withdrawn."),
        "ineligible": _("The nomination is not eligible."),
        "duplicate": _("The nomination is a duplicate."),
        "no_category": _("The nomination is in no category."),
    }
    return sentences[reason.code] % words


def _short(value: Fraction) -> str:
    """At most two decimals, rounded down so that a mean just below its floor never reads as equal to it."""
    hundredths = value.numerator * 100 // value.denominator
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
