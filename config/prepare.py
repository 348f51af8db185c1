"""What a system needs before its processes start: tables, static files and, once, the demo."""

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, get_commands
from django.db import OperationalError, connection, transaction

DEMO_MARK = "Laurel demo"


class NotPrepared(Exception):
    """The system cannot start; the message says why."""


def prepare(*, demo: bool, say) -> bool:
    """Bring database and static files up to date; returns whether this system is the demo."""
    try:
        django.setup()
        getattr(settings, "SECRET_KEY")  # noqa: B009 (an empty one is otherwise found out by the first visitor)
        connection.ensure_connection()
    except (ImproperlyConfigured, OperationalError) as error:
        raise NotPrepared(str(error)) from error
    say("Bringing the database up to date")
    call_command("migrate", interactive=False, verbosity=0)
    from config.staticfiles import collect_if_changed  # noqa: PLC0415 (needs the settings)

    if collect_if_changed():
        say("Static files collected")
    is_demo = demo and _load_demo_once(say)
    connection.close()
    return is_demo


def _load_demo_once(say) -> bool:
    """Load the demo into an empty system, whole or not at all; a system with people of its own stays as it is."""
    if _is_demo():
        return True
    if _has_people() or "seed_demo" not in get_commands():
        say("This system is not the demo: nothing is loaded into it")
        return False
    say("Loading the demo (once)")
    with transaction.atomic():
        call_command("seed_demo", verbosity=0)
        _mark_as_demo()
    return True


def _has_people() -> bool:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 (needs the settings)

    return get_user_model().objects.exists()


# The mark is a comment on a table that every installation has and owns: it goes wherever the data
# goes, and it is written in the transaction that loads the demo.


def _is_demo() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('django_migrations'::regclass)")
        return cursor.fetchone()[0] == DEMO_MARK


def _mark_as_demo() -> None:
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON TABLE django_migrations IS %s", [DEMO_MARK])
