"""Figures for Prometheus, read when it asks: from the database what all processes share, from memory the search."""

import os
import secrets

from django.conf import settings
from django.db.models import Count, Min
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest, multiprocess
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from outbox.models import Message, Occurrence, RuleRun
from references.metrics import SEARCH_SECONDS


@require_safe
@never_cache
def metrics(request):
    """For a bearer of METRICS_TOKEN, and for whoever administers the system; to others there is no such page."""
    if not (_bears_token(request) or request.user.is_superuser):
        raise Http404
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def _bears_token(request):
    wanted = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(wanted) and secrets.compare_digest(given.encode(), wanted.encode())


def _registry():
    registry = CollectorRegistry()
    registry.register(Shared())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # several processes: what each measured stands in files
        multiprocess.MultiProcessCollector(registry)
    else:
        registry.register(SEARCH_SECONDS)
    return registry


class Shared:
    """What the database knows."""

    def collect(self):
        now = timezone.now()
        yield from self._outbox(now)
        yield from self._clocks(now)

    def _outbox(self, now):
        messages = GaugeMetricFamily("laurel_outbox_messages", "Mails by state.", labels=["state"])
        counts = dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))
        for state in Message.State.values:
            messages.add_metric([state], counts.get(state, 0))
        yield messages
        due = Message.objects.due(now) | Message.objects.gathered(now)
        oldest = due.aggregate(oldest=Min("not_before"))["oldest"]
        age = (now - oldest).total_seconds() if oldest else 0
        yield GaugeMetricFamily("laurel_outbox_queue_age_seconds", "How long the oldest due mail has waited.", value=age)

    def _clocks(self, now):
        said = CounterMetricFamily("laurel_reminders", "Reminders found: written, or skipped.", labels=["rule", "state"])
        for rule, state, count in Occurrence.objects.order_by().values_list("rule", "state").annotate(Count("pk")):
            said.add_metric([rule, state], count)
        yield said
        mails = GaugeMetricFamily("laurel_reminder_mails", "Mails of reminders by state.", labels=["rule", "state"])
        of_rules = Message.objects.filter(occurrence__isnull=False).with_fate().order_by()
        for rule, state, count in of_rules.values_list("occurrence__rule", "fate").annotate(Count("pk")):
            mails.add_metric([rule, state], count)
        yield mails
        found = GaugeMetricFamily("laurel_rule_found", "What the last run of a rule found.", labels=["rule"])
        age = GaugeMetricFamily("laurel_rule_age_seconds", "Time since the last run of a rule.", labels=["rule"])
        for run in RuleRun.objects.exclude(started_at=None):
            found.add_metric([run.rule], run.found)
            age.add_metric([run.rule], (now - run.started_at).total_seconds())
        yield found
        yield age
