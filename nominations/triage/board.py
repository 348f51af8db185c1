"""What each nomination of a program needs next, as one column of a query, so that counts and lists agree."""

from datetime import datetime

from django.db.models import Case, CharField, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from advocacy.models import PublicityApproval
from advocacy.services.situation import current_rules
from nominations.models import Clarification, Entry, Nomination, Program
from nominations.triage.flags import flags_of
from nominations.triage.likeness import likely_pairs

CARDS = 12

INCOMPLETE, DUPLICATE, PUBLICITY, YES, READY, WAITING, OUT = (
    "incomplete",
    "duplicate",
    "publicity",
    "yes",
    "ready",
    "waiting",
    "out",
)
# In the order in which a team takes them up; the ones that wait for somebody else stand apart, at the end.
COLUMNS = {
    INCOMPLETE: (_("Something is missing"), _("No account, nominee or category: it cannot win like this.")),
    DUPLICATE: (_("Looks like another"), _("Join the two or keep them apart.")),
    PUBLICITY: (_("Locked down"), _("The company has to approve the recognition first.")),
    YES: (_("No yes from the nominee"), _("Judging may open without it; winning needs it.")),
    READY: (_("Ready for the judges"), _("Nothing stands in the way.")),
    WAITING: (_("Waiting for the nominator"), _("Back by itself when answered or when the date passes.")),
    OUT: (_("Taken out"), _("Not eligible, duplicate or withdrawn. It can be put back.")),
}


def nominations_to_triage(program: Program, now: datetime) -> QuerySet[Nomination]:
    """Everything handed in, with `need`, `is_cleared`, and when the nominator last answered."""
    submitted = Q(status=Nomination.Status.SUBMITTED)
    alike = {pk for pair in likely_pairs(program) for pk in pair}
    asked = Clarification.objects.filter(nomination=OuterRef("pk"), answered_at=None, answer_by__gt=now)
    locked = Q(account__publicity_status="locked_down") & ~Q(last_word="approved")
    need = Case(
        When(~submitted, then=Value(OUT)),
        When(Exists(asked), then=Value(WAITING)),
        When(
            Q(account=None) | Q(nominee=None) | ~Exists(Entry.objects.filter(nomination=OuterRef("pk"))), then=Value(INCOMPLETE)
        ),
        When(pk__in=alike, then=Value(DUPLICATE)),
        When(locked, then=Value(PUBLICITY)),
        When(~Q(reply__answer="yes") | Q(reply=None), then=Value(YES)),
        default=Value(READY),
        output_field=CharField(),
    )
    handed_in = Nomination.objects.filter(program=program).exclude(status=Nomination.Status.DRAFT)
    return handed_in.annotate(last_word=_last_word()).annotate(need=need)


def for_cards(nominations: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """With what a card or a row shows, what was answered last first, then the oldest."""
    answered = Max("clarifications__answered_at", filter=~Q(clarifications__answer=""))
    shown = nominations.select_related("account__csm", "nominee__account", "nominator", "reply").prefetch_related(
        "entries__category"
    )
    asked = Clarification.objects.filter(nomination=OuterRef("pk")).order_by("-asked_at")
    return shown.annotate(
        clarified_at=answered,
        answer_by=Subquery(asked.filter(answered_at=None).values("answer_by")[:1]),
    ).order_by(F("clarified_at").desc(nulls_last=True), "submitted_at", "pk")


def with_flags(nominations, now: datetime) -> list[Nomination]:
    """The rows, each with its `flags` and whether the nominator let the date pass."""
    rows, rules = list(nominations), current_rules()
    for row in rows:
        row.flags = [] if row.need == OUT else _flags(row, now, rules)
        row.is_overdue = bool(row.answer_by and row.answer_by <= now)
    return rows


def columns(program: Program, now: datetime) -> list[dict]:
    """The board: for each column its number and the first cards."""
    found = nominations_to_triage(program, now)
    counts = dict(found.order_by().values_list("need").annotate(Count("pk")))
    return [
        {
            "code": code,
            "title": title,
            "help": text,
            "count": counts.get(code, 0),
            "more": max(counts.get(code, 0) - CARDS, 0),
            "cards": with_flags(for_cards(found.filter(need=code))[:CARDS], now) if counts.get(code) else [],
        }
        for code, (title, text) in COLUMNS.items()
    ]


def _flags(row, now, rules):
    is_cleared = row.last_word == "approved"
    return flags_of(row, has_categories=bool(row.entries.all()), is_cleared=is_cleared, today=now.date(), rules=rules)


def _last_word():
    """The company's last answer on this recognition."""
    key = Concat(Value("nomination:"), Cast(OuterRef("pk"), CharField()))
    answers = PublicityApproval.objects.filter(source_key=key).exclude(answer="").order_by("-answered_at", "-pk")
    return Coalesce(Subquery(answers.values("answer")[:1]), Value(""))
