import time

from celery import shared_task
from django.utils import timezone

from outbox import clocks, delivery, lines


@shared_task
def deliver_message(message_id):
    if lines.may_be_tried():
        delivery.deliver(message_id, now=timezone.now())


@shared_task
def deliver_due():
    now = timezone.now()
    delivery.give_up_waiting(now=now)
    if not lines.may_be_tried():
        return
    if delivery.is_much_due(now) and not lines.is_away():
        deliver_due.apply_async(expires=60)
    began = time.monotonic()
    delivery.deliver_due(now=now)
    if time.monotonic() - began > delivery.SWEEP_SECONDS and not lines.is_away():  # out of time, not out of mails
        deliver_due.apply_async(expires=60)


@shared_task
def tick():
    """Run the reminders whose time has come, and queue each chore, which may take long."""
    now = timezone.now()
    due = clocks.claim(now)
    for chore in due:
        if not chore.is_reminder:
            run_rule.apply_async([chore.code], expires=chore.every.total_seconds())
    clocks.run_all([rule for rule in due if rule.is_reminder], now)


@shared_task
def run_rule(code):
    if rule := clocks.rule_of(code):
        clocks.run(rule, timezone.now())
