from celery import shared_task
from django.utils import timezone

from awards import services
from awards.models import Winner
from awards.services import follow_through, preparation
from nominations.models import Program


@shared_task
def remind_judges():
    services.remind_judges(now=timezone.now())


@shared_task
def keep_assignments_current():
    """Open judging on its date, and hand out late nominations; safe to run twice."""
    now = timezone.now()
    for program in Program.objects.filter(judging_opens_at__lte=now, judging_closes_at__gte=now):
        services.open_judging(program=program, by=None, now=now)


@shared_task
def keep_offers_current():
    """Remind of offers, and let those lapse whose last day is over; safe to run twice."""
    now = timezone.now()
    services.remind_of_offers(now=now)
    services.lapse_offers(now=now)


@shared_task
def keep_winners_current():
    """Lists to prepare winners and plans for what follows, as far as they are not there yet; safe to run twice."""
    now = timezone.now()
    for winner in Winner.objects.to_keep_current().select_related("category__program"):
        preparation.prepare_winner(winner=winner, now=now)
        follow_through.plan_follow_through(winner=winner)
    follow_through.keep_steps_current(now=now)
