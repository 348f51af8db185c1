from celery import shared_task
from django.utils import timezone

from outbox import delivery


@shared_task
def deliver_message(message_id):
    delivery.deliver(message_id, now=timezone.now())


@shared_task
def deliver_due():
    now = timezone.now()
    delivery.give_up_waiting(now=now)
    delivery.deliver_due(now=now)
