from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.exceptions import ForbiddenMove
from advocacy.models import StatusChange


@transaction.atomic
def move(instance, *, to, by=None, why="", changed_at=None):
    """Move `instance` to the status `to` and write the history row.

    The row is locked first, so of two simultaneous movers the second sees what the first did.
    Returns True when the status changed and False when it already was `to`.
    Raises ForbiddenMove where the model's TRANSITIONS lack the move.
    """
    model = type(instance)
    field = getattr(model, "STATUS_FIELD", "status")
    before = model._default_manager.select_for_update(of=("self",)).values_list(field, flat=True).get(pk=instance.pk)
    setattr(instance, field, before)
    if before == to:
        return False
    if to not in model.TRANSITIONS.get(before, ()):
        labels = dict(model._meta.get_field(field).flatchoices)
        raise ForbiddenMove(
            _("This %(kind)s is “%(before)s” and cannot become “%(after)s”.")
            % {"kind": model._meta.verbose_name, "before": labels.get(before, before), "after": labels.get(to, to)}
        )
    setattr(instance, field, to)
    instance.save(update_fields=[field])
    record_change(instance, from_status=before, to_status=to, by=by, why=why, changed_at=changed_at)
    return True


def record_change(instance, *, from_status, to_status, by=None, why="", changed_at=None):
    return StatusChange.objects.create(
        subject=instance,
        from_status=from_status,
        to_status=to_status,
        changed_by=by,
        why=why,
        changed_at=changed_at or timezone.now(),
    )


def record_beginnings(model, pks, *, by=None, changed_at):
    """The first history row of each of these new objects, in one statement."""
    field = getattr(model, "STATUS_FIELD", "status")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {StatusChange._meta.db_table}
                (content_type_id, object_id, from_status, to_status, changed_by_id, changed_at, why)
            SELECT %s, id, '', {field}, %s, %s, '' FROM {model._meta.db_table} WHERE id = ANY(%s) ORDER BY id""",  # noqa: S608 - names from the model
            [ContentType.objects.get_for_model(model).pk, by and by.pk, changed_at, list(pks)],
        )


def history_of(instance):
    return StatusChange.objects.filter(
        content_type__app_label=instance._meta.app_label, content_type__model=instance._meta.model_name, object_id=instance.pk
    ).select_related("changed_by")
