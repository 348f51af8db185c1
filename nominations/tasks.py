from celery import shared_task
from django.utils import timezone

from nominations import questions, services
from nominations.services import alerts, attachments, readings


@shared_task
def remove_unconfirmed():
    services.remove_unconfirmed(now=timezone.now())


@shared_task
def remove_left_over_files():
    attachments.remove_left_over(now=timezone.now())


@shared_task
def remind_of_readings():
    readings.remind_of_readings(now=timezone.now())


@shared_task
def watch_customers():
    alerts.watch_customers(now=timezone.now())


@shared_task
def ask_nominees():
    now = timezone.now()
    questions.notice_bounces(now=now)
    questions.send_due_questions(now=now)
    questions.remind_nominees(now=now)
