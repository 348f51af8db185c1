"""What the demo's advocates did over the last year, what we gave them, and what of them can be shown."""

from datetime import timedelta

from advocacy.exceptions import AdvocateUnavailable
from advocacy.models import ActivityType, Advocate, Ask, Content, FreshnessShare, Recognition, User
from advocacy.profile_checks.shares import ended_months, shares_of
from advocacy.roles import ADVOCACY_TEAM
from advocacy.services import move_ask, reserve_ask
from advocacy.services.tiers import refresh_all_tiers
from advocacy.working_time import day_of

DONE = ["reference-call", "review", "testimonial-quote", "case-study"]
LAG = {"contact": 7, "role": 6, "willingness": 5, "story": 3, "consent": 1}  # percent less verified with each month back
OUTCOMES = ["They signed two weeks later.", "It is on our website.", "Forty people came.", ""]


def add_past(people, now):
    """Asks long enough ago that nobody rests because of them; the tiers follow at the end."""
    active = [person for person in people if person.status == Advocate.Status.ACTIVE]
    kinds = ActivityType.objects.in_bulk(DONE, field_name="code")
    for number, person in enumerate(active[::3]):
        for place in reversed(range(1 + number % 4)):
            kind = kinds[DONE[(number + place) % len(DONE)]]
            _do(person, kind, now - timedelta(days=110 + 60 * place + number), place, number)
    for number, person in enumerate(active[::7]):
        _give(person, number, now)
    for person in active[::5]:
        _show(person, now)
    refresh_all_tiers(now=now)
    _remember_months(now)


def _remember_months(now):
    """The demo begins today; as if the checks of the last months had brought the profiles to where they are."""
    today = day_of(now)
    shares = shares_of(Advocate.objects.active(), day=today)
    FreshnessShare.objects.bulk_create(
        FreshnessShare(
            day=day,
            section=share.section,
            segment=share.segment,
            csm_id=share.csm,
            people=share.people,
            verified=round(share.verified * (1 - LAG[share.section] * months / 100)),
        )
        for months, day in enumerate(reversed(ended_months(today)), start=1)
        for share in shares
    )


def _do(person, kind, when, place, number):
    """Asked and done through the ledger; whoever was not free then was not asked."""
    by = person.account.csm or User.objects.role(ADVOCACY_TEAM).first()
    try:
        ask = reserve_ask(
            advocate=person,
            activity_type=kind,
            asked_by=by,
            source=Ask.Source.BY_HAND,
            team=Ask.Team.MARKETING if place % 2 else Ask.Team.SALES,
            now=when,
        )
    except AdvocateUnavailable:
        return
    for days, state in enumerate(["asked", "accepted", "done"], start=1):
        outcome = OUTCOMES[(place + number) % len(OUTCOMES)] if state == "done" else ""
        move_ask(ask=ask, to=state, by=by, outcome=outcome, now=when + timedelta(days=days))


def _give(person, number, now):
    promised = number % 3 == 0
    Recognition.objects.create(
        advocate=person,
        kind=Recognition.Kind.THANKS if number % 2 else Recognition.Kind.SWAG,
        what="A card written by hand" if number % 2 else "A box for the team",
        status=Recognition.Status.PROMISED if promised else Recognition.Status.DELIVERED,
        due_on=(now + timedelta(days=12)).date() if promised else None,
        created_at=now - timedelta(days=40 + number),
    )


def _show(person, now):
    story = person.stories.first()
    if story is None:
        return
    Content.objects.create(advocate=person, story=story, kind=Content.Kind.QUOTE, title="Quote for slides", text=story.quote)
    Content.objects.create(
        advocate=person,
        story=story,
        kind=Content.Kind.VIDEO,
        title=f"Film: {story.headline}"[:200],
        link="https://films.example/laurel",
        expires_on=(now + timedelta(days=200)).date(),
    )
