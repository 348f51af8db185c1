"""Is the process alive, and can it do its work? For monitors; both answer without a sign-in."""

from celery import current_app
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SECONDS = 2


@require_safe
@never_cache
def healthz(request):
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request):
    """503 when a part fails; says which, and nothing else about it."""
    parts = {"database": _database_answers(), "broker": _broker_answers()}
    parts["worker"] = parts["broker"] and _a_worker_consumes()
    words = {name: "ok" if works else "failing" for name, works in parts.items()}
    return JsonResponse(words, status=200 if all(parts.values()) else 503)


def _database_answers():
    return _works(lambda: connection.ensure_connection() or connection.cursor().execute("SELECT 1") or True)


def _broker_answers():
    return _works(_reach_broker)


def _reach_broker():
    with current_app.connection_for_read(connect_timeout=SECONDS) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=SECONDS)
        return True


def _a_worker_consumes():
    """A worker that takes from at least one queue; one that merely lives is not enough."""
    answers = _works(lambda: current_app.control.inspect(timeout=SECONDS).active_queues() or {})
    return any((answers or {}).values())


def _works(check):
    """What the check returns, or False whatever it raises: a monitor wants an answer in any case."""
    try:
        return check()
    except Exception:
        return False
