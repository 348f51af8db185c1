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
from functools import cached_property, lru_cache
from itertools import groupby
from math import lcm

from django.utils.translation import gettext as _

STORY = "story"
PARTNERSHIP = "partnership"
CRITERIA = (STORY, PARTNERSHIP)

TIE_STORY = "story"
TIE_PARTNERSHIP = "partnership"
TIE_MORE_JUDGES = "more_judges"
TIE_CHAIR = "chair"
TIE_SHARED = "shared"

FROM_SCORES = TOO_FEW_JUDGES, BELOW_FLOOR = ("too_few_judges", "below_floor")

# The same few means come thousands of times; making a fraction is the slow part.
ratio = lru_cache(maxsize=65_536)(Fraction)


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

    @cached_property
    def mean(self) -> Fraction | None:
        return mean(self.by_judge.values())

    @cached_property
    def spread(self) -> Spread | None:
        return spread(self.by_judge.values())

    def without(self, judge: Hashable) -> "CriterionResult":
        if judge not in self.by_judge:
            return self
        return CriterionResult({one: value for one, value in self.by_judge.items() if one != judge})


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
    def reasons_from_outside(self) -> tuple[Reason, ...]:
        """Why it does not rank whatever its scores are, such as a withdrawal."""
        return tuple(reason for reason in self.reasons if reason.code not in FROM_SCORES)

    @property
    def judges(self) -> int:
        """Judges who scored at least one criterion."""
        return len({*self.story.by_judge, *self.partnership.by_judge})


def mean(values: Iterable[Fraction]) -> Fraction | None:
    """The exact mean; one fraction is made at the end instead of one for each step."""
    values = list(values)
    if not values:
        return None
    bottom = lcm(*[value.denominator for value in values])
    return ratio(sum([value.numerator * (bottom // value.denominator) for value in values]), bottom * len(values))


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
    return ratio(sum(weight * value for weight, value in scored), sum(weight for weight, _value in scored))


def criterion_result(sheets: Iterable[Sheet], components: Sequence[Component], criterion: str) -> CriterionResult:
    parts = [part for part in components if part.criterion == criterion]
    means = {sheet.judge: judge_mean(sheet.answers, parts) for sheet in sheets}
    return CriterionResult({judge: value for judge, value in means.items() if value is not None})


def weighted_total(story: Fraction | None, partnership: Fraction | None, story_weight: int) -> Fraction | None:
    """The total from 1 to 5. A criterion without weight may be missing; any other makes the total None."""
    if (story is None and story_weight) or (partnership is None and story_weight < 100):
        return None
    story, partnership = story or ratio(0), partnership or ratio(0)
    top = story_weight * story.numerator * partnership.denominator
    top += (100 - story_weight) * partnership.numerator * story.denominator
    return ratio(top, 100 * story.denominator * partnership.denominator)


def reasons_not_to_rank(results: Mapping[str, CriterionResult], rules: Rules) -> tuple[Reason, ...]:
    reasons = []
    for criterion in CRITERIA:
        result, need = results[criterion], rules.minimum_judges(criterion)
        if rules.weight(criterion):
            need = max(need, 1)
        if result.judges < need:
            reasons.append(Reason(TOO_FEW_JUDGES, criterion, Fraction(result.judges), Fraction(need)))
        elif result.mean is not None and _is_below(result.mean, rules.floor(criterion)):
            reasons.append(Reason(BELOW_FLOOR, criterion, result.mean, rules.floor(criterion)))
    return tuple(reasons)


def _is_below(value, floor):
    """What `value < floor` says, without the cost of comparing fractions a thousand times."""
    return value.numerator * floor.denominator < floor.numerator * value.denominator


def standing(
    nomination: Hashable, sheets: Iterable[Sheet], components: Sequence[Component], rules: Rules, reasons: tuple[Reason, ...] = ()
) -> Standing:
    """The figures of one nomination, not yet ranked; `reasons` come from outside, such as a withdrawal."""
    sheets = list(sheets)
    results = {criterion: criterion_result(sheets, components, criterion) for criterion in CRITERIA}
    return standing_of(nomination, results, rules, reasons)


def standing_of(
    nomination: Hashable, results: Mapping[str, CriterionResult], rules: Rules, reasons: tuple[Reason, ...] = ()
) -> Standing:
    return Standing(
        nomination=nomination,
        story=results[STORY],
        partnership=results[PARTNERSHIP],
        total=weighted_total(results[STORY].mean, results[PARTNERSHIP].mean, rules.story_weight),
        reasons=reasons or reasons_not_to_rank(results, rules),
    )


def rank(standings: Iterable[Standing], rules: Rules, chair: Mapping[Hashable, int] | None = None) -> list[Standing]:
    """Best first, then those that do not rank.

    Equal totals go by the tie rule; `chair` holds the places the chair gave to equals. What is still
    equal shares a rank, as in a race (1, 1, 3), and stands in the order of the nomination's number.
    """
    standings = sorted(standings, key=lambda one: one.nomination)
    ranked = [one for one in standings if not one.reasons]
    strength = _strengths(ranked, rules)
    ranked.sort(key=lambda one: strength[one.nomination], reverse=True)
    placed, place = [], 1
    for _key, group in groupby(ranked, key=lambda one: strength[one.nomination]):
        for equals in _as_the_chair_decided(list(group), rules, chair or {}):
            placed += [_at(one, place) for one in equals]
            place += len(equals)
    return placed + [_at(one, None) for one in standings if one.reasons]


def _at(one: Standing, place: int | None) -> Standing:
    """The same standing where its rank is right already: in a trial most are."""
    same = one.rank == place
    return one if same else Standing(one.nomination, one.story, one.partnership, one.total, one.reasons, place)


def _strengths(ranked: Sequence[Standing], rules: Rules) -> dict[Hashable, tuple]:
    """What the order goes by, as whole numbers over one common denominator: exact, and quick to compare."""
    bottom = lcm(*[one.total.denominator for one in ranked])
    decisive = [_decisive(one, rules) for one in ranked]
    second = lcm(*[value.denominator for value in decisive])
    return {one.nomination: (_over(one.total, bottom), _over(value, second)) for one, value in zip(ranked, decisive, strict=True)}


def _over(value, bottom):
    return value.numerator * (bottom // value.denominator)


def _decisive(one: Standing, rules: Rules) -> Fraction:
    """What decides between equal totals; where a person decides or all win, nothing does."""
    if rules.tie_rule in CRITERIA:
        return one.criterion(rules.tie_rule).mean or ratio(0)
    return ratio(one.judges if rules.tie_rule == TIE_MORE_JUDGES else 0)


def _as_the_chair_decided(equals, rules, chair):
    """Groups that share a rank. Places count only where the chair gave one to each of the equals."""
    if rules.tie_rule != TIE_CHAIR or not all(one.nomination in chair for one in equals):
        return [equals]
    in_order = sorted(equals, key=lambda one: (chair[one.nomination], one.nomination))
    return [list(group) for _place, group in groupby(in_order, key=lambda one: chair[one.nomination])]


def as_decimal(value: Fraction) -> Decimal:
    """The fraction to 28 significant digits; exact whenever the decimals end."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def reason_sentence(reason: Reason) -> str:
    names = {STORY: _("the story"), PARTNERSHIP: _("the partnership")}
    words = {"criterion": names.get(reason.criterion, ""), "have": _short(reason.have), "need": _short(reason.need)}
    sentences = {
        TOO_FEW_JUDGES: _("Scored by %(have)s of at least %(need)s judges for %(criterion)s."),
        BELOW_FLOOR: _("The mean for %(criterion)s is %(have)s, below the floor of %(need)s."),
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
