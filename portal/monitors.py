"""Is the process alive, and can it do its work? For monitors; both answer without a sign-in."""

from celery import current_app
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SECONDS = 2  # for the broker to answer
CONSUMED_WITHIN = 60  # seconds; with a beat that runs there is work every three
CONSUMED_AT = "monitors.consumed_at"


@require_safe
@never_cache
def healthz(request):
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """503 when a part fails; a line a part says which, and nothing else about it."""
    parts = {"database": _works(_reach_database), "broker": _works(_reach_broker)}
    parts["worker"] = parts["broker"] and _works(_a_worker_consumed)
    lines = "".join(f"{name}: {'ok' if works else 'failing'}\n" for name, works in parts.items())
    return HttpResponse(lines, content_type="text/plain", status=200 if all(parts.values()) else 503)


def note_consumption(**_signal) -> None:
    """A task has ended: the worker does not only live, it takes work and finishes it."""
    cache.set(CONSUMED_AT, timezone.now().timestamp(), timeout=CONSUMED_WITHIN)


def _reach_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _reach_broker():
    with current_app.connection_for_read(connect_timeout=SECONDS) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=SECONDS)
    return True


def _a_worker_consumed():
    return cache.get(CONSUMED_AT) is not None


def _works(check):
    """What the check returns, or False whatever it raises: a monitor wants an answer in any case."""
    try:
        return check()
    except Exception:
        return False
