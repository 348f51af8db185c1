"""Fills a database with customers who do not exist: the same ones every time, dated from today."""

from datetime import timedelta
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from advocacy.catalogue import sync_catalogue
from advocacy.countries import region_of
from advocacy.models import (
    Account,
    ActivityType,
    Advocate,
    Ask,
    Consent,
    Industry,
    Product,
    Story,
    User,
    Verification,
    Willingness,
)
from advocacy.models.accounts import Segment
from advocacy.roles import sync_roles
from references.rows import refresh_rows

CHUNK = 2_000
TABLES = [
    "advocacy_activitytype",
    "advocacy_advocate",
    "advocacy_account",
    "advocacy_industry",
    "advocacy_product",
    "advocacy_user",
    "django_session",
]
INDUSTRIES = "Banking Insurance Logistics Retail Healthcare Education Energy Telecom Software Media Chemicals Automotive".split()
PRODUCTS = "Insight Relay Ledgerline Harbor Compass Anchor Beacon Lattice Orchard Quarry Summit Tidewater".split()
TITLES = ["Head of Operations", "Chief Information Officer", "Claims Manager", "VP Finance", "Warehouse Lead", "Data Analyst"]
COUNTRIES = ["DE", "FR", "GB", "US", "CA", "BR", "JP", "AU", "IN", "NL"]
FIRST = (
    "Alder Birch Cedar Dorn Elm Fir Gorse Hazel Ivy Juniper Karst Linden Maple Nettle Oak Pine Quince Rowan Sorrel Thorn".split()
)
SECOND = "Bay Brook Cove Dale Fell Ford Glen Heath Isle Kirk Lea Mere Nook Peak Reach Shaw Tarn Vale Wold York".split()
SENTENCES = [
    "Claims waited nine days because three systems did not agree.",
    "Invoices were typed twice and checked by hand at the end of the month.",
    "The night shift went home on time for the first time in years.",
    "We moved every branch to one queue in the first weeks.",
    "Our auditors asked for proof and the audit took an afternoon.",
    "The warehouse counts its stock every hour instead of every quarter.",
    "Drivers see their next stop before they ask for it.",
    "Nurses spend forty minutes less on paper each shift.",
    "Teachers found the reports they had asked for since 2019.",
    "A customer who called three times now calls once.",
    "Returns fell by 18 percent and nobody had to work a weekend.",
    "Planning for the peak season takes two people, not eleven.",
    "We closed the books on the third working day.",
    "Support tickets about passwords are gone.",
    "The first plant went live in six weeks, the other eleven in a year.",
    "Logistics partners book their own slots at the gate.",
]
ACTIVITIES = 6  # of the catalogue that a person has answered


def fill(count: int) -> None:
    """`count` advocates at a third as many accounts, with all that the search reads."""
    chance = Random(20_000)  # noqa: S311 - the same people every time
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        # Without triggers: one row at a time is what they are made for, and a full refresh follows.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        sync_roles()
        sync_catalogue()
        accounts = _accounts(count // 3, chance, now)
        advocates = _advocates(count, accounts, chance, now)
        _stories(advocates, chance)
        _evidence(advocates, chance, now)
        _asks(advocates, chance, now)
    _refresh(advocates)


def _refresh(advocates):
    pks = [advocate.pk for advocate in advocates]
    for start in range(0, len(pks), CHUNK):
        refresh_rows(pks[start : start + CHUNK])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _accounts(count, chance, now):
    industries = Industry.objects.bulk_create(Industry(name=name) for name in INDUSTRIES)
    products = Product.objects.bulk_create(Product(name=name) for name in PRODUCTS)
    csms = User.objects.bulk_create(User(email=f"csm{n}@bench.example", name=f"CSM {n}") for n in range(40))
    accounts = Account.objects.bulk_create(
        Account(
            name=f"{chance.choice(FIRST)} {chance.choice(SECOND)} {n}",
            industry=chance.choice(industries),
            country=(country := chance.choice(COUNTRIES)),
            region=region_of(country),
            segment=chance.choice(Segment.values),
            csm=chance.choice([None, *csms]),
            customer_since=now.date() - timedelta(days=chance.randrange(30, 2500)),
            usage_active=chance.random() > 0.05,
            health_score=chance.randrange(50, 101),
            metrics_as_of=now.date() - timedelta(days=chance.randrange(60)),
            renewal_date=now.date() + timedelta(days=chance.randrange(1, 400)),
            open_escalation=chance.random() < 0.04,
        )
        for n in range(count)
    )
    links = Account.products.through
    links.objects.bulk_create(
        links(account=account, product=product)
        for account in accounts
        for product in chance.sample(products, chance.randrange(1, 4))
    )
    return accounts


def _advocates(count, accounts, chance, now):
    return Advocate.objects.bulk_create(
        Advocate(
            name=f"{chance.choice(FIRST)} {chance.choice(SECOND)}son {n}",
            email=f"advocate{n}@bench.example",
            account=chance.choice(accounts),
            title=chance.choice(TITLES),
            level=chance.choice(Advocate.Level.values),
            nps=chance.randrange(6, 11),
            nps_on=now.date() - timedelta(days=chance.randrange(500)),
            passion=chance.randrange(1, 6),
            relationship=chance.randrange(1, 6),
            tier=chance.choice(Advocate.Tier.values),
            status=Advocate.Status.ACTIVE if chance.random() < 0.9 else Advocate.Status.CANDIDATE,
            created_at=now - timedelta(days=chance.randrange(30, 900)),
        )
        for n in range(count)
    )


def _stories(advocates, chance):
    Story.objects.bulk_create(
        Story(
            advocate=advocate,
            account_id=advocate.account_id,
            headline=chance.choice(SENTENCES),
            challenge=" ".join(chance.sample(SENTENCES, 4)),
            solution=" ".join(chance.sample(SENTENCES, 5)),
            results_text=" ".join(chance.sample(SENTENCES, 3)),
            results=[{"measure": "Days", "before": 9, "after": 2}] * chance.randrange(3),
            quote=chance.choice(SENTENCES),
        )
        for advocate in advocates
        if chance.random() < 0.7
    )


def _evidence(advocates, chance, now):
    activities = list(ActivityType.objects.all()[:ACTIVITIES])
    answers = ["yes", "yes", "ask_first", "no"]
    Willingness.objects.bulk_create(
        Willingness(advocate=advocate, activity_type=activity, answer=chance.choice(answers))
        for advocate in advocates
        for activity in activities
        if chance.random() < 0.8
    )
    Consent.objects.bulk_create(
        Consent(
            advocate=advocate,
            purpose=purpose,
            decision="given" if chance.random() < 0.95 else "withdrawn",
            given_by=advocate.name,
            method="mail",
            text_shown="You may.",
            expires_on=now.date() + timedelta(days=chance.randrange(-30, 700)) if chance.random() < 0.5 else None,
        )
        for advocate in advocates
        for purpose in ("reference_contact", "use_name_title", "use_company_name")
        if chance.random() < 0.6
    )
    Verification.objects.bulk_create(
        Verification(advocate=advocate, section=section, verified_at=now - timedelta(days=chance.randrange(230)), method="csm")
        for advocate in advocates
        for section in ("contact", "role", "willingness", "story")
        if chance.random() < 0.95
    )


def _asks(advocates, chance, now):
    activities = list(ActivityType.objects.all()[:ACTIVITIES])
    states = ["done"] * 6 + ["declined", "expired", "cancelled", "scheduled", "asked"]
    Ask.objects.bulk_create(
        Ask(
            advocate=(advocate := chance.choice(advocates)),
            account_id=advocate.account_id,
            activity_type=chance.choice(activities),
            state=(state := chance.choice(states)),
            counts_on=now.date() - timedelta(days=chance.randrange(400)) if state == "done" else now.date(),
            created_at=now - timedelta(days=chance.randrange(400)),
            ended_at=now - timedelta(days=chance.randrange(100)),
        )
        for _number in range(len(advocates) * 3 // 2)
    )
