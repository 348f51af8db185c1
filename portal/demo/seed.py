"""Puts the demo together, in one transaction: a run that is killed leaves nothing behind."""

from datetime import datetime

from django.db import transaction

from advocacy.models import User
from portal.demo import advocates, awards, changes, demand, profiles, recruits, references, seasons, spotlight, world


@transaction.atomic
def seed(*, now: datetime) -> bool:
    """Fill an empty system; True when it did, False where the demo is there already."""
    if User.objects.filter(email="team@demo.laurel.example").exists():
        return False
    today = now.date()
    world.add_terms()
    world.add_colleagues()
    world.add_accounts(today)
    world.add_opportunities(today)
    people = advocates.add_advocates(now)
    awards.add_announced_program(people, now)
    awards.add_recent_program(people, now)
    awards.add_program_with_offers(people, now)
    awards.add_program_in_judging(people, now)
    spotlight.add_open_call(now)
    seasons.plan_next_season(now)
    references.add_requests(people, now)
    demand.add_demand(now)
    changes.let_something_happen(now)
    profiles.add_past(people, now)
    recruits.add_recruits(now)
    return True
