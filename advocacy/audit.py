"""Reads what the database triggers wrote down about an object: each change, its fields, and who made it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.workflow import history_of

LIMIT = 200


@dataclass(frozen=True)
class Change:
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    at: datetime
    what: str
    label: str
    who: str
    changes: list[Change]


@dataclass(frozen=True)
class Step:
    at: datetime
    who: str
    before: str
    after: str
    why: str


def steps(instance: Model) -> list[Step]:
    """The way of an object through its workflow, in the words of the workflow."""
    if not hasattr(instance, "TRANSITIONS"):
        return []
    words = dict(instance._meta.get_field(getattr(instance, "STATUS_FIELD", "status")).flatchoices)
    return [
        Step(
            at=change.changed_at,
            who=change.changed_by.name if change.changed_by else "",
            before=words.get(change.from_status, change.from_status),
            after=words.get(change.to_status, change.to_status),
            why=change.why,
        )
        for change in history_of(instance)
    ]


def trail(instance: Model, with_related=()) -> list[Entry]:
    """The newest changes of an object first, with those of the named relations of it."""
    events = []
    for model, own_events in event_sets(instance, with_related):
        newest = own_events.select_related("pgh_context").order_by("-pgh_created_at", "-pgh_id")[:LIMIT]
        events += [(model, event, before) for event, before in with_the_one_before(newest)]
    # One transaction has one time: the order of each table is kept, and the object itself came before what hangs on it.
    events.sort(key=lambda found: found[1].pgh_created_at, reverse=True)
    names = names_of(events, instance)
    return [entry(model, event, before, names) for model, event, before in events[:LIMIT]]


def event_sets(instance, with_related):
    """The event rows of the object and of its relations, as far as the database tracks them."""
    model = type(instance)
    for name in with_related:
        relation = model._meta.get_field(name)
        if (events := events_of(relation.related_model)) is not None:
            yield relation.related_model, events.filter(**{relation.field.attname: instance.pk})
    if (events := events_of(model)) is not None:
        yield model, events.filter(pgh_obj=instance.pk)


def events_of(model):
    event_models = set(getattr(model, "pgh_event_models", {}).values())
    return event_models.pop().objects.all() if len(event_models) == 1 else None


def with_the_one_before(newest_first):
    """Each event with the one before it of the same object, None for the first; the newest first."""
    rows, last = [], {}
    for event in reversed(newest_first):
        rows.append((event, last.get(event.pgh_obj_id)))
        last[event.pgh_obj_id] = event
    return rows[::-1]


def entry(model, event, before, names):
    labels = {"insert": _("Added"), "update": _("Changed"), "delete": _("Deleted")}
    return Entry(
        at=event.pgh_created_at,
        what=f"{capfirst(model._meta.verbose_name)} {event.pgh_obj_id}",
        label=labels.get(event.pgh_label, event.pgh_label),
        who=who(event, names),
        changes=[
            Change(capfirst(field.verbose_name), show(before, field, names), show(event, field, names))
            for field in changed_fields(model, event, before)
        ],
    )


def changed_fields(model, event, before):
    """Fields of the model that differ; of a first event those that say something."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and hasattr(event, field.attname) and differs(event, before, field)
    ]


def differs(event, before, field):
    value = getattr(event, field.attname)
    return value not in (None, "", []) if before is None else value != getattr(before, field.attname)


def who(event, names):
    """One of us, or somebody without an account whom the page named, such as a guest judge."""
    known = event.pgh_context.metadata if event.pgh_context else {}
    user = known.get("user")
    return names[User].get(user, "") if user else known.get("outsider", "")


def show(event, field, names):
    if event is None:
        return ""
    value = getattr(event, field.attname)
    if value in (None, "", [], {}):
        return _("empty")
    if field.is_relation:
        return names[field.related_model].get(value, f"{field.verbose_name} {value}")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, date):
        return date_format(value, "j M Y H:i" if isinstance(value, datetime) else "j M Y")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def names_of(events, instance):
    """What the primary keys in these events stand for: one query a model."""
    wanted = defaultdict(set)
    for model, event, before in events:
        if event.pgh_context:
            wanted[User].add(event.pgh_context.metadata.get("user"))
        for field in changed_fields(model, event, before):
            if field.is_relation:
                wanted[field.related_model] |= {getattr(row, field.attname) for row in (event, before) if row}
    names = defaultdict(dict)
    for known in [instance, *already_joined(instance)]:
        names[type(known)][known.pk] = str(known)
    for model, pks in wanted.items():
        unknown = pks - {None} - names[model].keys()
        names[model] |= {pk: str(row) for pk, row in model._base_manager.in_bulk(unknown).items()}
    return names


def already_joined(instance):
    joined = (field for field in instance._meta.concrete_fields if field.is_relation and field.is_cached(instance))
    return [getattr(instance, field.name) for field in joined if getattr(instance, field.attname)]
