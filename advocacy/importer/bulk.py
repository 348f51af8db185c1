"""Many rows in few statements: COPY into a staging table, then one INSERT or UPDATE from there.

The statement that changes the table goes through Django's cursor, so that the history's triggers are told who did it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from django.db import connection, models

STAGING = "laurel_import"
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
ARRAY_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"'})


def number(instances: Sequence[models.Model]) -> None:
    """Give unsaved instances of one model the primary keys they will have."""
    if not instances:
        return
    table = instances[0]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, len(instances)])
        for instance, (pk,) in zip(instances, cursor.fetchall(), strict=True):
            instance.pk = pk


def insert(instances: Sequence[models.Model]) -> None:
    """Insert instances of one model, each with its primary key; raises IntegrityError, and then none is in."""
    if not instances:
        return
    model = type(instances[0])
    with connection.cursor() as cursor:
        columns = _stage(cursor, model, model._meta.concrete_fields, instances)
        cursor.execute(f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {columns} FROM {STAGING}")  # noqa: S608 - names from the model
    for instance in instances:
        instance._state.adding = False


def update(changed: Iterable[tuple[models.Model, Sequence[str]]]) -> None:
    """Write the named fields of each instance and no other; one statement for all that changed in the same fields."""
    alike = {}
    for instance, names in changed:
        alike.setdefault((type(instance), tuple(sorted(set(names)))), []).append(instance)
    for (model, names), instances in alike.items():
        _update_alike(model, names, instances)


def _update_alike(model, names, instances):
    fields = [model._meta.get_field(name) for name in names]
    table = model._meta.db_table
    settings = ", ".join(f'"{field.column}" = s."{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        _stage(cursor, model, [model._meta.pk, *fields], instances)
        # Locked in the order of the keys, so that two wide changes do not lock each other out.
        cursor.execute(f"SELECT 1 FROM {table} WHERE id IN (SELECT id FROM {STAGING}) ORDER BY id FOR NO KEY UPDATE")  # noqa: S608
        cursor.execute(f"UPDATE {table} AS t SET {settings} FROM {STAGING} AS s WHERE t.id = s.id")  # noqa: S608


def _stage(cursor, model, fields, instances) -> str:
    """Fill the staging table; returns the names of its columns."""
    columns = ", ".join(f'"{field.column}"' for field in fields)
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{STAGING}")
    cursor.execute(f"CREATE TEMP TABLE {STAGING} ON COMMIT DROP AS SELECT {columns} FROM {model._meta.db_table} WITH NO DATA")  # noqa: S608
    attributes = [field.attname for field in fields]
    text = StringIO()
    for instance in instances:
        text.write("\t".join([_cell(getattr(instance, attribute)) for attribute in attributes]) + "\n")
    text.seek(0)
    cursor.copy_expert(f"COPY {STAGING} FROM STDIN", text)
    return columns


def _cell(value) -> str:
    if isinstance(value, str):
        return value.translate(ESCAPES) if not value.isprintable() or "\\" in value else value
    if value is None:
        return "\\N"
    if isinstance(value, list):
        return "{" + ",".join(_quoted(item) for item in value) + "}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _quoted(item):
    return ('"' + item.translate(ARRAY_ESCAPES) + '"').translate(ESCAPES)
