"""The tables of a program's results: computed while judging, read from the frozen result afterwards."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q

from awards import scoring
from awards.models import Assignment, Criterion, Result, Score
from nominations.models import Category, Entry, Nomination, Program


@dataclass(frozen=True)
class Row:
    """One nomination in one category; without an entry where it is in no category."""

    nomination: Nomination
    entry: Entry | None
    standing: scoring.Standing

    @property
    def rank(self):
        return self.standing.rank

    @property
    def winner(self):
        return getattr(self.entry, "winner", None)

    @property
    def is_chosen(self):
        return bool(self.winner and self.winner.status in {self.winner.Status.OFFERED, self.winner.Status.ACCEPTED})

    @property
    def is_free(self):
        """Could still be chosen: neither chosen nor turned down."""
        return bool(self.entry) and self.entry.status in {Entry.Status.ENTERED, Entry.Status.SHORTLISTED}

    @property
    def spreads(self):
        return [self.standing.story.spread, self.standing.partnership.spread]


@dataclass(frozen=True)
class Table:
    category: Category | None
    rows: list[Row]

    @property
    def ranked(self):
        return [row for row in self.rows if row.rank is not None]

    @property
    def unranked(self):
        return [row for row in self.rows if row.rank is None]

    @property
    def chosen(self):
        return [row for row in self.rows if row.is_chosen]


def tables_of(program: Program) -> list[Table]:
    """One table a category in the program's order, best first."""
    result = Result.objects.filter(program=program).first()
    return frozen_tables(program, result) if result else live_tables(program)


def rules_of(program: Program) -> scoring.Rules:
    return scoring.Rules(
        story_weight=program.story_weight,
        story_floor=Fraction(program.story_floor),
        partnership_floor=Fraction(program.partnership_floor),
        minimum_story_judges=program.minimum_story_judges,
        minimum_partnership_judges=program.minimum_partnership_judges,
        tie_rule=program.tie_rule,
    )


def components_of(program: Program) -> list[scoring.Component]:
    rows = program.rubric.order_by("pk").values_list("pk", "criterion", "weight")
    return [scoring.Component(pk, criterion, weight) for pk, criterion, weight in rows]


def counted_scores(program: Program):
    """The scores that count: of assignments that are done, within what the judge scores."""
    in_scope = Q(component__criterion=Criterion.STORY, assignment__judge__scores_story=True) | Q(
        component__criterion=Criterion.PARTNERSHIP, assignment__judge__scores_partnership=True
    )
    return Score.objects.filter(in_scope, assignment__judge__program=program, assignment__status=Assignment.Status.DONE).order_by(
        "assignment__judge", "assignment__nomination", "component"
    )


def sheets_of(program: Program) -> dict[int, list[scoring.Sheet]]:
    """Nomination id to the sheets of its judges."""
    answers = defaultdict(lambda: defaultdict(dict))
    rows = counted_scores(program).values_list("assignment__nomination", "assignment__judge", "component", "value")
    for nomination_id, judge_id, component_id, value in rows:
        answers[nomination_id][judge_id][component_id] = value
    return {
        nomination_id: [scoring.Sheet(judge_id, given) for judge_id, given in sorted(by_judge.items())]
        for nomination_id, by_judge in answers.items()
    }


def live_tables(program: Program) -> list[Table]:
    rules, components, sheets = rules_of(program), components_of(program), sheets_of(program)

    def standing(nomination, *reasons):
        return scoring.standing(nomination.pk, sheets.get(nomination.pk, []), components, rules, _out(nomination) or reasons)

    def table(category, nominations, entries, *reasons):
        ranked = scoring.rank([standing(nomination, *reasons) for nomination in nominations], rules)
        by_pk = {nomination.pk: nomination for nomination in nominations}
        return Table(category, [Row(by_pk[one.nomination], entries.get(one.nomination), one) for one in ranked])

    tables = []
    for category, entries in _entries_by_category(program):
        tables.append(table(category, [entry.nomination for entry in entries], {entry.nomination_id: entry for entry in entries}))
    homeless = list(_without_category(program))
    if homeless:
        tables.append(table(None, homeless, {}, scoring.Reason("no_category")))
    return tables


def frozen_tables(program: Program, result: Result) -> list[Table]:
    """The same tables as they were announced; only names and answers are of today."""
    entries = {entry.pk: entry for entry in _entries(program)}
    nominations = {nomination.pk: nomination for nomination in _nominations(program)}
    figures = {one["id"]: one for one in result.payload["nominations"]}
    categories = {category.pk: category for category in program.categories.all()}
    tables = []
    for frozen in result.payload["categories"]:
        rows = [
            Row(
                nominations[place["nomination"]],
                entries.get(place["entry"]),
                _frozen_standing(place, figures[place["nomination"]]),
            )
            for place in frozen["order"]
        ]
        tables.append(Table(categories.get(frozen["id"]), rows))
    return tables


def _frozen_standing(place, figures):
    def criterion(name):
        return scoring.CriterionResult({judge: Fraction(*value) for judge, value in figures[name]})

    return scoring.Standing(
        nomination=place["nomination"],
        story=criterion(scoring.STORY),
        partnership=criterion(scoring.PARTNERSHIP),
        total=Fraction(*figures["total"]) if figures["total"] else None,
        reasons=tuple(
            scoring.Reason(one["code"], one["criterion"], Fraction(*one["have"]), Fraction(*one["need"]))
            for one in place["reasons"]
        ),
        rank=place["rank"],
    )


def _out(nomination):
    """A nomination that left the running keeps its place in the list, with the reason."""
    return () if nomination.status == Nomination.Status.SUBMITTED else (scoring.Reason(nomination.status),)


def _entries(program):
    return (
        Entry.objects.filter(nomination__program=program)
        .exclude(nomination__status=Nomination.Status.DRAFT)
        .select_related("nomination__nominee", "nomination__account", "nomination__reply", "category", "winner")
        .order_by("category__position", "category__name", "category_id", "nomination_id")
    )


def _entries_by_category(program):
    by_category = defaultdict(list)
    for entry in _entries(program):
        by_category[entry.category].append(entry)
    return by_category.items()


def _nominations(program):
    return program.nominations.exclude(status=Nomination.Status.DRAFT).select_related("nominee", "account")


def _without_category(program):
    return _nominations(program).filter(entries__isnull=True).order_by("pk")
