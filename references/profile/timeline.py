"""What happened with a person, the newest first: one union of small queries finds a page of it, then each kind is read once."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.models import Advocate, Ask, Consent, Content, Interview, Position, Recognition, StatusChange, Story
from references.models import Candidate
from references.moves import Move, told
from references.profile.reader import Reader
from references.sight import company_of

PER_PAGE = 12
LAST_PAGE = 5_000


@dataclass(frozen=True)
class Event:
    """`note` is what was said or came of it; `is_given` marks what went to the customer, not from them;
    `promised` is the recognition they still wait for.
    """

    at: datetime
    kind: str
    title: str
    note: str = ""
    who: str = ""
    state: str = ""
    steps: list[Move] = field(default_factory=list)
    url: str = ""
    is_given: bool = False
    promised: int | None = None
    is_consent: bool = False


@dataclass(frozen=True)
class Timeline:
    events: list[Event]
    number: int
    has_more: bool

    @property
    def next_number(self) -> int:
        return self.number + 1


def timeline_of(reader: Reader, number: int = 1) -> Timeline:
    """A page of what this reader may see; a page too far is an empty one."""
    number = max(1, min(number, LAST_PAGE))
    start = (number - 1) * PER_PAGE
    found = list(_union(_rows(reader))[start : start + PER_PAGE + 1])
    return Timeline(_events(found[:PER_PAGE], reader), number, len(found) > PER_PAGE)


def _rows(reader: Reader) -> dict[str, QuerySet]:
    """For each kind the rows this reader may see, each with its moment."""
    advocate, user = reader.advocate, reader.user
    rows = {
        "ask": advocate.asks.visible_to(user).annotate(at=F("created_at")),
        "story": advocate.stories.visible_to(user).annotate(at=F("created_at")),
        "consent": advocate.consents.visible_to(user).annotate(at=F("decided_at")),
        "interview": advocate.interviews.visible_to(user).annotate(at=Coalesce("held_at", "planned_for", "created_at")),
    }
    if reader.sees_all:
        rows |= {
            "recognition": advocate.recognitions.annotate(at=F("created_at")),
            "content": advocate.content.annotate(at=F("created_at")),
            "position": advocate.positions.annotate(at=Cast("ended_on", DateTimeField())),
            "status": _changes(Advocate, [advocate.pk]).exclude(from_status="").annotate(at=F("changed_at")),
        }
    return rows


def _union(rows):
    parts = [
        queryset.order_by().annotate(event_kind=Value(kind, CharField())).values_list("event_kind", "pk", "at")
        for kind, queryset in rows.items()
    ]
    return parts[0].union(*parts[1:], all=True).order_by("-at", "-pk", "event_kind")


def _changes(model, pks):
    return StatusChange.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=pks)


def _events(found, reader):
    pks = defaultdict(list)
    for kind, pk, _at in found:
        pks[kind].append(pk)
    made = {(kind, pk): event for kind in pks for pk, event in READERS[kind](pks[kind], reader).items()}
    return _said_together([made[kind, pk] for kind, pk, _at in found if (kind, pk) in made])


def _said_together(events):
    """One mail that allows four things is one event."""
    together = []
    for event in events:
        last = together[-1] if together else None
        if last and event.is_consent and replace(last, title="") == replace(event, title=""):
            together[-1] = replace(last, title=f"{last.title}, {event.title[:1].lower()}{event.title[1:]}")
        else:
            together.append(event)
    return together


def _steps(model, pks):
    words = dict(model._meta.get_field(getattr(model, "STATUS_FIELD", "status")).flatchoices)
    steps = defaultdict(list)
    for change in _changes(model, pks).select_related("changed_by"):
        label = str(words.get(change.to_status, change.to_status))
        steps[change.object_id].append(Move(change.changed_at, label, str(change.changed_by or ""), change.why))
    return defaultdict(list, {pk: told(moves) for pk, moves in steps.items()})


def _asks(pks, reader):
    asks = Ask.objects.select_related("activity_type", "asked_by", "opportunity").in_bulk(pks)
    steps = _steps(Ask, pks)
    candidates = Candidate.objects.visible_to(reader.user).filter(ask__in=pks).select_related("request__opportunity")
    requests = {candidate.ask_id: candidate.request for candidate in candidates}
    return {
        pk: Event(
            at=ask.created_at,
            kind=_("Award") if ask.activity_type.is_gift else _("Ask"),
            title=ask.activity_type.name,
            note=reader.tell(" · ".join(_words_of(ask, requests.get(pk)))),
            who=str(ask.asked_by or ""),
            state=ask.get_state_display(),
            steps=steps[pk] if reader.sees_all else [],
            url=_page_of(ask, requests.get(pk), reader),
            is_given=ask.activity_type.is_gift,
        )
        for pk, ask in asks.items()
    }


def _words_of(ask, request):
    """What for, what came of it, and what it did for the deal; nobody claims that it won one."""
    words = [ask.purpose, str(ask.opportunity or ""), ask.outcome]
    if request and request.status == request.Status.COMPLETED:
        words.append(_("it influenced the deal") if request.influenced else "")
        words.append(_("the deal was won") if request.opportunity and request.opportunity.is_won else "")
        words.append(_("thanked by the requester") if request.thanked_at else "")
    return [word for word in words if word]


def _page_of(ask, request, reader):
    if request:
        return request.get_absolute_url()
    is_own = ask.asked_by_id == reader.user.pk and ask.source == Ask.Source.CAMPAIGN
    return reverse("ask", args=[ask.pk]) if reader.sees_all or is_own else ""


def _stories(pks, reader):
    return {
        pk: Event(
            at=story.created_at,
            kind=_("Story"),
            title=reader.tell(story.headline, company_of(story)) or _("A story"),
            note=story.came_from if reader.sees_all else "",
        )
        for pk, story in Story.objects.select_related("account").in_bulk(pks).items()
    }


def _consents(pks, reader):
    rows = Consent.objects.select_related("recorded_by").in_bulk(pks)
    return {
        pk: Event(
            at=row.decided_at,
            kind=_("Consent"),
            title=row.get_purpose_display(),
            state=row.get_decision_display(),
            note=" · ".join(part for part in (row.given_by, row.get_method_display(), row.evidence) if part),
            who=str(row.recorded_by or ""),
            is_consent=True,
        )
        for pk, row in rows.items()
    }


def _interviews(pks, reader):
    rows = Interview.objects.select_related("interviewer").in_bulk(pks)
    return {
        pk: Event(
            at=row.held_at or row.planned_for or row.created_at,
            kind=_("Interview"),
            title=_("Interview"),
            state=row.get_outcome_display(),
            note=row.notes,
            who=str(row.interviewer),
            url=reverse("interview", args=[pk]),
        )
        for pk, row in rows.items()
    }


def _recognitions(pks, reader):
    steps = _steps(Recognition, pks)
    return {
        pk: Event(
            at=row.created_at,
            kind=_("Recognition"),
            title=row.what,
            state=row.get_status_display(),
            note=row.purpose,
            steps=steps[pk],
            is_given=True,
            promised=pk if row.status == Recognition.Status.PROMISED else None,
        )
        for pk, row in Recognition.objects.in_bulk(pks).items()
    }


def _contents(pks, reader):
    return {
        pk: Event(at=row.created_at, kind=_("To show"), title=f"{row.get_kind_display()}: {reader.tell(row.title)}")
        for pk, row in Content.objects.in_bulk(pks).items()
    }


def _positions(pks, reader):
    rows = Position.objects.select_related("account").annotate(at=Cast("ended_on", DateTimeField())).in_bulk(pks)
    return {
        pk: Event(
            at=row.at,
            kind=_("Job"),
            title=_("Left: %(job)s") % {"job": ", ".join(part for part in (row.title, str(row.account or "")) if part)},
        )
        for pk, row in rows.items()
    }


def _statuses(pks, reader):
    words = dict(Advocate.Status.choices)
    rows = StatusChange.objects.select_related("changed_by").in_bulk(pks)
    return {
        pk: Event(
            at=row.changed_at,
            kind=_("Status"),
            title=str(words.get(row.to_status, row.to_status)),
            note=row.why,
            who=str(row.changed_by or ""),
        )
        for pk, row in rows.items()
    }


READERS = {
    "ask": _asks,
    "story": _stories,
    "consent": _consents,
    "interview": _interviews,
    "recognition": _recognitions,
    "content": _contents,
    "position": _positions,
    "status": _statuses,
}
