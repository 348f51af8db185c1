from django.db.models import CharField, DateTimeField, Func


class Stamp(Func):
    """A moment or a day as text in UTC, to the minute: the part of an occurrence's name that moves with a deadline."""

    template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYYMMDDHH24MI')"
    output_field = CharField()


class StartOfDay(Func):
    """The moment a day begins in a zone: StartOfDay("due_on", "program__time_zone")."""

    template = "((%(expressions)s))"
    arg_joiner = ")::timestamp AT TIME ZONE ("
    output_field = DateTimeField()


class EndOfDay(StartOfDay):
    """The moment a day is over in a zone, be it 23, 24 or 25 hours long."""

    arg_joiner = " + 1)::timestamp AT TIME ZONE ("
