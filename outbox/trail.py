"""Everything that was written about a matter. What belongs to it, the caller knows: querysets of objects."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from outbox.models import Message


def mails_about(parts: Iterable[QuerySet]) -> QuerySet[Message]:
    """The mails about any of these objects, in the order in which they were written: one query."""
    found = Q(pk__in=[])
    for part in parts:
        found |= Q(content_type=ContentType.objects.get_for_model(part.model), object_id__in=part.order_by().values("pk"))
    return Message.objects.filter(found).select_related("merged_into", "mailing").order_by("created_at", "pk")
