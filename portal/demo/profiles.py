"""What the demo's advocates did over the last year, what we gave them, and what of them can be shown."""

from datetime import timedelta

from advocacy.models import ActivityType, Advocate, Ask, Content, Recognition
from advocacy.services.tiers import refresh_all_tiers
from advocacy.workflow import record_beginnings

DONE = ["reference-call", "review", "testimonial-quote", "case-study", "speaking", "video"]
OUTCOMES = ["They signed two weeks later.", "It is on our website.", "Forty people came.", ""]


def add_past(people, now):
    """Asks long enough ago that nobody rests because of them; the tiers follow at the end."""
    active = [person for person in people if person.status == Advocate.Status.ACTIVE]
    kinds = ActivityType.objects.in_bulk(DONE, field_name="code")
    asks = [
        _ask(person, kinds[DONE[(number + place) % len(DONE)]], now - timedelta(days=110 + 60 * place + number), place, number)
        for number, person in enumerate(active[::3])
        for place in range(1 + number % 4)
    ]
    Ask.objects.bulk_create(asks)
    record_beginnings(Ask, [ask.pk for ask in asks], changed_at=now - timedelta(days=100))
    for number, person in enumerate(active[::7]):
        _give(person, number, now)
    for person in active[::5]:
        _show(person, now)
    refresh_all_tiers(now=now)


def _ask(person, kind, when, place, number):
    return Ask(
        advocate=person,
        account=person.account,
        activity_type=kind,
        state=Ask.State.DONE,
        asked_by=person.account.csm,
        team=Ask.Team.MARKETING if place % 2 else Ask.Team.SALES,
        counts_on=when.date(),
        created_at=when - timedelta(days=9),
        ended_at=when,
        outcome=OUTCOMES[(place + number) % len(OUTCOMES)],
    )


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
