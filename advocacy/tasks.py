from celery import shared_task
from django.utils import timezone

from advocacy import profile_checks, services
from advocacy.importer import runs
from advocacy.services import tiers


@shared_task
def send_due_checks():
    profile_checks.send_due_checks(now=timezone.now())


@shared_task
def release_lapsed_asks():
    services.release_lapsed_asks(now=timezone.now())


@shared_task
def end_pauses():
    services.end_pauses(now=timezone.now())


@shared_task
def tell_of_lapsed_asks():
    services.tell_of_lapsed_asks(now=timezone.now())


@shared_task
def refresh_tiers():
    tiers.refresh_all_tiers(now=timezone.now())


@shared_task
def keep_recruiting_current():
    services.bring_back(now=timezone.now())
    services.keep_suggestions_current(now=timezone.now())


@shared_task
def find_person_matches():
    services.find_matches(now=timezone.now())


@shared_task
def remove_unconfirmed_introductions():
    services.remove_unconfirmed_introductions(now=timezone.now())


@shared_task
def run_import(run_id):
    """For minutes at most: the next shift is a task of its own, so that other tasks have their turn."""
    runs.work_on(run_id, now=timezone.now(), again=run_import.delay)


@shared_task
def carry_on_imports():
    for run_id in runs.left_alone(timezone.now()):
        run_import.delay(run_id)
