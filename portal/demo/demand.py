"""Where the company wants to grow, what was looked for in vain, and what other teams ask customers for."""

from datetime import timedelta

from django.db.models import Count, Q

from advocacy.exceptions import AdvocateUnavailable
from advocacy.models import ActivityType, Advocate, Ask, Industry, Opportunity, User
from advocacy.services import allow_ask, ask_for_team, finish_ask, note_answer
from references.models import GrowthGoal
from references.services import record_need, refresh_gaps, say_why_lost

GOALS = [
    ("Hospitals in Asia", "Healthcare", "apac", "enterprise", 40, 3_200_000),
    ("Banks in the Americas", "Banking", "americas", "enterprise", 25, 2_500_000),
    ("Small shops", "Retail", "", "smb", 60, 900_000),
]
# team, activity, what for, how far it has come
TEAM_ASKS = [
    (Ask.Team.MARKETING, "case-study", "The case study for the spring campaign.", "done"),
    (Ask.Team.PUBLIC_RELATIONS, "testimonial-quote", "A quote for the press release on the new region.", "asked"),
    (Ask.Team.ANALYST_RELATIONS, "review", "A review on the analysts' page.", "proposed"),
]


def add_demand(now):
    _set_goals(now)
    _look_in_vain(now)
    _ask_for_teams(now)
    _tire_somebody(now)
    refresh_gaps(now=now)


def _set_goals(now):
    industries = {industry.name: industry for industry in Industry.objects.all()}
    for name, industry, region, segment, deals, pipeline in GOALS:
        GrowthGoal.objects.create(
            name=name,
            industry=industries.get(industry),
            region=region,
            segment=segment,
            opportunities=deals,
            pipeline=pipeline,
            until=(now + timedelta(days=300)).date(),
        )


def _look_in_vain(now):
    """Two searches that found nobody; the deal behind one of them was lost for it."""
    seller = User.objects.get(email="sales@demo.laurel.example")
    lost = Opportunity.objects.filter(is_won=False).order_by("pk").first()
    for number, deal in enumerate([lost, Opportunity.objects.open().order_by("pk").first()]):
        wanted = {"industry": [deal.industry_id], "region": ["apac"], "text": "works council"}
        need = record_need(
            user=seller,
            activity_type=ActivityType.objects.get(code="reference-call"),
            wanted=wanted,
            query=f"q=works+council&industry={deal.industry_id}&region=apac",
            opportunity=deal,
            now=now - timedelta(days=20 - number),
        )
        if deal == lost:
            say_why_lost(need=need, lost_for_want=True)


def _ask_for_teams(now):
    colleague = User.objects.role("colleague").first()
    people = iter(Advocate.objects.active().select_related("account__csm").order_by("-pk"))
    for team, code, purpose, how_far in TEAM_ASKS:
        days = 30 if how_far == "done" else 1
        ask = _ask_somebody_free(people, code, team=team, purpose=purpose, by=colleague, now=now - timedelta(days=days))
        csm = ask.account.csm or User.objects.role("advocacy_team").first()
        if how_far != "proposed":
            allow_ask(ask=ask, by=csm, now=now - timedelta(days=days - 0.5))
        if how_far == "done":
            note_answer(ask=ask, said_yes=True, by=colleague, now=now - timedelta(days=27))
            finish_ask(ask=ask, outcome="Published, and read by two prospects before their first call.", by=colleague, now=now)


def _tire_somebody(now):
    """Two people who were asked lately say that this is enough: the load view shows them as asked too much."""
    lately = Q(asks__state="done", asks__activity_type__blocks_others=True, asks__counts_on__gt=(now - timedelta(days=80)).date())
    asked = Advocate.objects.active().annotate(times=Count("asks", filter=lately)).filter(times__gt=0)
    for person in asked.order_by("-times", "pk")[:2]:
        person.max_asks_per_quarter = person.times
        person.save(update_fields=["max_asks_per_quarter"])


def _ask_somebody_free(people, code, *, now, **fields):
    activity_type = ActivityType.objects.get(code=code)
    for person in people:
        try:
            return ask_for_team(advocate=person, activity_type=activity_type, counts_on=now.date(), now=now, **fields)
        except AdvocateUnavailable:
            continue
    raise AssertionError(f"Nobody of the demo is free for {code}.")
