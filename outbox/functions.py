from django.db.models import CharField, Func


class Stamp(Func):
    """A moment or a day as text in UTC, to the minute: the part of an occurrence's name that moves with a deadline."""

    template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYYMMDDHH24MI')"
    output_field = CharField()
