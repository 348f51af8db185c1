from datetime import datetime

from celery import shared_task
from django.utils import timezone

from advocacy.importer import runs
from advocacy.jobs import running
from advocacy.services import tiers


@shared_task
def refresh_tiers():
    tiers.refresh_all_tiers(now=timezone.now())


@shared_task
def run_import(run_id):
    """For minutes at most: the next shift is a task of its own, so that other tasks have their turn."""
    runs.work_on(run_id, now=timezone.now(), again=run_import.delay)


def carry_on_imports(now: datetime) -> int:
    """Queue those that wait for a worker or were left alone; returns how many."""
    waiting = runs.left_alone(now)
    for run_id in waiting:
        run_import.delay(run_id)
    return len(waiting)


@shared_task
def run_job(job_id):
    """The same for any other long work."""
    running.work_on(job_id, now=timezone.now(), again=run_job.delay)


def carry_on_jobs(now: datetime) -> int:
    """Queue those that wait for a worker or were left alone; returns how many."""
    waiting = running.left_alone(now)
    for job_id in waiting:
        run_job.delay(job_id)
    return len(waiting)
