import pghistory
from celery import shared_task
from django.utils import timezone

from outbox import clocks, delivery


@shared_task
def deliver_message(message_id):
    delivery.deliver(message_id, now=timezone.now())


@shared_task
def deliver_due():
    now = timezone.now()
    delivery.give_up_waiting(now=now)
    delivery.deliver_due(now=now)


@shared_task
def tick():
    """A task a rule whose time has come, so that a slow one holds up no other."""
    for rule in clocks.due_rules(timezone.now()):
        run_rule.apply_async([rule.code], expires=rule.every.total_seconds())


@shared_task
def run_rule(code):
    if rule := clocks.rule_of(code):
        with pghistory.context(rule=code):
            clocks.run(rule, timezone.now())
