"""Fills a database with a program of a thousand nominations and sixty judges: the same ones every time."""

from datetime import timedelta
from random import Random

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from advocacy.catalogue import sync_catalogue
from advocacy.models import Account, Advocate, User
from advocacy.roles import sync_roles
from awards import rubric
from awards.models import Assignment, Judge, RubricComponent, Score
from bench.people import COUNTRIES, FIRST, SECOND, SENTENCES, TABLES
from nominations.models import Category, Entry, Nomination, Program

CATEGORIES = 8
COMMENTED = 0.3
NOT_APPLICABLE = 0.03


def fill(nominations: int, judges: int) -> Program:
    """A program in judging whose nominations nobody has been given yet."""
    chance = Random(1_000)  # noqa: S311 - the same program every time
    with transaction.atomic(), connection.cursor() as cursor:
        _without_triggers(cursor)
        cursor.execute(f"TRUNCATE {', '.join(TABLES)}, nominations_program, outbox_message CASCADE")
        sync_roles()
        sync_catalogue()
        program = _program(timezone.now())
        RubricComponent.objects.bulk_create(rubric.components_for(program))
        _nominate(program, nominations, chance)
        _appoint(program, judges)
    return program


def score_all(program: Program) -> int:
    """Every assignment is done, with an answer to each question; returns the number of scores."""
    chance = Random(35_000)  # noqa: S311 - the same scores every time
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        _without_triggers(cursor)
        assignments = list(Assignment.objects.filter(judge__program=program).order_by("pk"))
        for assignment in assignments:
            assignment.comment = chance.choice(SENTENCES) if chance.random() < COMMENTED else ""
            assignment.status, assignment.decided_at = Assignment.Status.DONE, now
        Assignment.objects.bulk_update(assignments, ["status", "comment", "decided_at"], batch_size=2_000)
        Score.objects.bulk_create(_scores(program, assignments, chance), batch_size=5_000)
        cursor.execute("ANALYZE")
    return Score.objects.filter(assignment__judge__program=program).count()


def close(program: Program) -> None:
    """Judging has been over since yesterday."""
    Program.objects.filter(pk=program.pk).update(judging_closes_at=timezone.now() - timedelta(days=1))
    program.refresh_from_db()


def _without_triggers(cursor):
    # One row at a time is what they are made for.
    cursor.execute("SET LOCAL session_replication_role = replica")


def _program(now):
    program = Program.objects.create(
        name="Impact Awards",
        slug="impact",
        opens_at=now - timedelta(days=90),
        closes_at=now - timedelta(days=40),
        judging_opens_at=now - timedelta(days=30),
        judging_closes_at=now + timedelta(days=1),
        announces_at=now + timedelta(days=30),
        assignment_mode=Program.AssignmentMode.BALANCED,
        minimum_story_judges=5,
        minimum_partnership_judges=5,
        winners_per_category=3,
    )
    Category.objects.bulk_create(Category(program=program, name=f"Category {n}", position=n) for n in range(CATEGORIES))
    return program


def _nominate(program, count, chance):
    csms = User.objects.bulk_create(User(email=f"csm{n}@bench.example", name=f"CSM {n}") for n in range(40))
    accounts = Account.objects.bulk_create(
        Account(name=f"{chance.choice(FIRST)} {chance.choice(SECOND)} {n}", country=chance.choice(COUNTRIES), csm=csms[n % 40])
        for n in range(count // 2)
    )
    nominees = Advocate.objects.bulk_create(
        Advocate(
            name=f"{chance.choice(FIRST)} {chance.choice(SECOND)}son {n}",
            email=f"nominee{n}@bench.example",
            account=accounts[n % len(accounts)],
        )
        for n in range(count)
    )
    nominations = Nomination.objects.bulk_create(_nomination(program, nominee, chance) for nominee in nominees)
    categories = list(program.categories.all())
    Entry.objects.bulk_create(
        Entry(nomination=nomination, category=category)
        for nomination in nominations
        for category in chance.sample(categories, 1 if chance.random() < 0.9 else 2)
    )


def _nomination(program, nominee, chance):
    return Nomination(
        program=program,
        source=Nomination.Source.CSM,
        status=Nomination.Status.SUBMITTED,
        submitted_at=program.opens_at + timedelta(days=1),
        nominator=nominee.account.csm,
        account=nominee.account,
        nominee=nominee,
        headline=chance.choice(SENTENCES),
        business_outcome=" ".join(chance.sample(SENTENCES, 2)),
        before_state=" ".join(chance.sample(SENTENCES, 3)),
        narrative=" ".join(chance.sample(SENTENCES, 8)),
        human_element=chance.choice(SENTENCES),
    )


def _appoint(program, count):
    users = User.objects.bulk_create(User(email=f"judge{n}@bench.example", name=f"Judge {n}") for n in range(count))
    group = Group.objects.get(name="judge")
    User.groups.through.objects.bulk_create(User.groups.through(user=user, group=group) for user in users)
    Judge.objects.bulk_create(Judge(program=program, user=user) for user in users)


def _scores(program, assignments, chance):
    components = list(program.rubric.all())
    quality = {pk: chance.gauss(3.2, 0.7) for pk in program.nominations.values_list("pk", flat=True)}
    for assignment in assignments:
        mood = chance.gauss(0, 0.5)
        for component in components:
            given = round(quality[assignment.nomination_id] + mood + chance.gauss(0, 0.6))
            value = None if chance.random() < NOT_APPLICABLE else max(1, min(5, given))
            yield Score(assignment=assignment, component=component, value=value)
