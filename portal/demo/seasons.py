"""The season to come: copied from this one, and half prepared."""

from datetime import datetime

from advocacy.models import User
from awards.services.copying import copy_program
from nominations.models import Program, TeamMember


def plan_next_season(now: datetime) -> Program:
    """What the copy brought stands; occasions, prizes, sponsor and judges of the new season are still to be found."""
    this = Program.objects.get(slug=f"customer-impact-{now.year}")
    team = User.objects.role("advocacy_team").first()
    season = str(now.year + 1)
    program = copy_program(
        program=this, name=f"Customer Impact Awards {season}", season=season, with_judges=False, by=team, now=now
    )
    program.touch_points.all().delete()
    program.prize_list.all().delete()
    program.team.filter(role=TeamMember.Role.SPONSOR).delete()
    return program
