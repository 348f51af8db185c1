"""What a rule spoke of, for the page of that rule: each app says how its objects are read and where they are opened."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from outbox.models import Occurrence


@dataclass(frozen=True)
class Shown:
    """`rows(user, now)`: those a user may see, with what their names need; `link(object)`: its page."""

    rows: Callable[[object, datetime], QuerySet]
    link: Callable[[Model], str]


_shown: dict[type[Model], Shown] = {}


def register_objects(model: type[Model], *, rows: Callable, link: Callable) -> None:
    _shown[model] = Shown(rows, link)


def name_objects(occurrences: Iterable[Occurrence], *, user, now: datetime) -> None:
    """Give each a `label`, and a `link` where `user` may open what it speaks of; one query a kind of object."""
    of_kind = defaultdict(list)
    for occurrence in occurrences:
        of_kind[occurrence.content_type_id].append(occurrence)
    for kind, some in of_kind.items():
        _name(ContentType.objects.get_for_id(kind), some, user, now)


def _name(kind, occurrences, user, now):
    shown = _shown.get(kind.model_class())
    seen = shown.rows(user, now).in_bulk({one.object_id for one in occurrences}) if shown else {}
    unseen = _("%(kind)s, not shown to you or gone") if shown else "%(kind)s %(number)s"
    for occurrence in occurrences:
        found = seen.get(occurrence.object_id)
        occurrence.link = shown.link(found) if found else ""
        occurrence.label = str(found) if found else unseen % {"kind": kind.name, "number": occurrence.object_id}
