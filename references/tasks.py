from celery import shared_task
from django.utils import timezone

from references.search import upkeep


@shared_task
def keep_search_current():
    upkeep.keep_current(timezone.now())
