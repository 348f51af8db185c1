from celery import shared_task
from django.utils import timezone

from references import services


@shared_task
def remind_approvers():
    services.remind_approvers(now=timezone.now())


@shared_task
def settle_lapsed():
    services.settle_lapsed(now=timezone.now())


@shared_task
def mail_new_matches():
    services.mail_new_matches(now=timezone.now())
