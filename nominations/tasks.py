from celery import shared_task
from django.utils import timezone

from nominations import services


@shared_task
def remove_unconfirmed():
    services.remove_unconfirmed(now=timezone.now())
