"""The facts behind the launch checklist. Judges belong to another room: only their number is asked for, by its name here."""

from django.db.models import Count, Q

from nominations.models import Program, TeamMember
from nominations.setup.checklist import Facts

FROM_THE_ROW = "name purpose announces_at minimum_story_judges minimum_partnership_judges process_text consent_text is_public"


def facts_of(program: Program) -> Facts:
    """Six queries, however many rows there are."""
    categories = program.categories.aggregate(
        categories=Count("pk"),
        categories_with_outcome=Count("pk", filter=~Q(outcome="")),
        categories_with_audience=Count("pk", filter=~Q(inside_audience="") & ~Q(outside_audience="")),
    )
    judges = program.judges.filter(left_at__isnull=True).aggregate(
        story_judges=Count("pk", filter=Q(scores_story=True)), partnership_judges=Count("pk", filter=Q(scores_partnership=True))
    )
    roles = set(program.team.values_list("role", flat=True))
    return Facts(
        **{name: getattr(program, name) for name in FROM_THE_ROW.split()},
        **categories,
        **judges,
        needs_chair=program.tie_rule == Program.TieRule.CHAIR,
        has_chair=program.chair_id is not None,
        prizes=program.prize_list.count(),
        has_owner=TeamMember.Role.OWNER in roles,
        has_sponsor=TeamMember.Role.SPONSOR in roles,
        touch_points=program.touch_points.count(),
        questions=program.questions.count(),
        has_contact=program.contact_id is not None,
    )
