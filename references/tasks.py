from celery import shared_task
from django.utils import timezone

from references import services, vocabulary
from references.search import upkeep


@shared_task
def run_clocks():
    services.run_clocks(now=timezone.now())


@shared_task
def mail_new_matches():
    services.mail_new_matches(now=timezone.now())


@shared_task
def learn_words():
    vocabulary.learn_words()


@shared_task
def refresh_gaps():
    services.refresh_gaps(now=timezone.now())


@shared_task
def follow_calls():
    now = timezone.now()
    services.renew_passed_times(now=now)
    services.ask_after_calls(now=now)
    services.tell_of_wins(now=now)


@shared_task
def keep_search_current():
    upkeep.keep_current(timezone.now())
