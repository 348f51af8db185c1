"""A million advocates at 200,000 accounts in a database that is kept: made by SQL alone, the same ones every time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection, transaction
from django.db.models.fields import NOT_PROVIDED
from django.utils import timezone

from advocacy.catalogue import sync_catalogue
from advocacy.countries import region_of
from advocacy.models import Industry, Product, UseCase, User
from advocacy.roles import sync_roles
from bench.measure import database
from bench.people import FIRST, INDUSTRIES, PRODUCTS, SECOND, SENTENCES
from references.rows import rebuild

VERSION = 1
NAME = "bench_million"
EMPTIED = [
    "advocacy_activitytype",
    "advocacy_advocate",
    "advocacy_account",
    "advocacy_industry",
    "advocacy_opportunity",
    "advocacy_product",
    "advocacy_usecase",
    "advocacy_user",
    "django_session",
]
FILLED = ["Account", "Advocate", "Ask", "Consent", "Opportunity", "Story", "Verification", "Willingness"]
CSMS = 200
USE_CASES = "Dispatch Claims Payroll Onboarding Audits Returns Planning Billing Maintenance Support Procurement Reporting".split()
COUNTRIES = "US DE GB FR CA NL BR JP AU IN ES IT SE CH AT BE PL DK NO FI IE PT MX AR CL CO SG KR NZ ZA AE IL CZ HU RO GR TR TH MY PH".split()
LEVELS = ["practitioner", "manager", "manager", "director", "director", "vp", "c_level", "practitioner"]
TITLES = [
    "Operations", "Information", "Claims", "Finance", "Warehouse", "Data", "Security", "Procurement", "Marketing", "Logistics",
    "Human Resources", "Engineering", "Quality", "Compliance", "Customer Service", "Infrastructure",
]  # fmt: skip
RANKS = ["Analyst for", "Manager of", "Lead", "Director of", "Head of", "VP", "Chief Officer for", "Specialist for"]
LANGUAGES = ["English", "German", "French", "Spanish", "Portuguese", "Japanese", "Dutch", "Italian", "Swedish", "Polish"]
SYLLABLES = "ba ko ri ten mal dor vis lun per gat som fel nor tib quan zor hel mur pas lin cor dev sta brel wix jor".split()
WORDS = 20_000  # made-up words, of which the n-th is n times rarer than the first
STORY_WORDS = 24
ACTIVITIES = 6  # of the catalogue that people have answered and are asked for


def fill_million(count: int = 1_000_000, accounts: int = 200_000) -> bool:
    """Fill the current database unless it holds just this already; True when it was filled."""
    mark = json.dumps({"version": VERSION, "count": count, "accounts": accounts, "day": str(timezone.now().date())})
    if _mark() == mark:
        return False
    with _without_indexes(), transaction.atomic(), connection.cursor() as cursor:
        # Without triggers: history of people who do not exist is worth nothing, and a rebuild of the search follows.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(EMPTIED)} CASCADE")
        sync_roles()
        sync_catalogue()
        _terms()
        _helpers(cursor)
        for make in (_accounts, _advocates, _stories, _evidence, _asks, _opportunities):
            make(cursor, count, accounts)
        _sequences(cursor)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rebuild(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute(f"COMMENT ON TABLE advocacy_advocate IS '{mark}'")
    return True


@contextmanager
def million(count: int = 1_000_000, accounts: int = 200_000) -> Iterator[None]:
    """The kept database of a million advocates, filled when it is not yet."""
    with database(NAME):
        fill_million(count, accounts)
        yield


def _mark():
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('advocacy_advocate'::regclass)")
        return cursor.fetchone()[0]


@contextmanager
def _without_indexes():
    """Indexes are made in one go afterwards; those behind constraints stay."""
    tables = [apps.get_model("advocacy", name)._meta.db_table for name in FILLED]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE indrelid = ANY (%s::regclass[]) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)",
            [tables],
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'")
            for _name, definition in indexes:
                cursor.execute(definition)


def _terms():
    Industry.objects.bulk_create(Industry(pk=n, name=name) for n, name in enumerate(INDUSTRIES, 1))
    Product.objects.bulk_create(Product(pk=n, name=name) for n, name in enumerate(PRODUCTS, 1))
    UseCase.objects.bulk_create(UseCase(pk=n, name=name) for n, name in enumerate(USE_CASES, 1))
    User.objects.bulk_create(User(pk=n, email=f"csm{n}@bench.example", name=f"CSM {n}") for n in range(1, CSMS + 1))


def _helpers(cursor):
    """pick(n, salt, m): 0 to m - 1, the same for the same n and salt. often(): the same, small numbers far more often."""
    cursor.execute("""
        CREATE OR REPLACE FUNCTION pg_temp.pick(n bigint, salt int, m int) RETURNS int LANGUAGE sql IMMUTABLE AS
        $$ SELECT ((hashint8extended(n, salt) & 9223372036854775807) % m)::int $$;
        CREATE OR REPLACE FUNCTION pg_temp.often(n bigint, salt int, m int) RETURNS int LANGUAGE sql IMMUTABLE AS
        $$ SELECT floor(m * power(((hashint8extended(n, salt) & 1048575) / 1048576.0::float8), 2))::int $$;
        CREATE TEMP TABLE word ON COMMIT DROP AS SELECT k, '' AS word FROM generate_series(0, 0) k WHERE false;
    """)
    cursor.execute(
        """
        INSERT INTO word SELECT k, concat(
            s[1 + k %% n], s[1 + (k * 7 + 3) / n %% n], CASE WHEN k > n * 3 THEN s[1 + (k / (n * n) * 5 + k) %% n] END,
            CASE WHEN k > 4000 THEN s[1 + k / 977 %% n] END
        ) FROM generate_series(0, %(words)s - 1) k, (SELECT %(syllables)s AS s, cardinality(%(syllables)s) AS n) all_of_them;
        """,
        {"words": WORDS, "syllables": SYLLABLES},
    )


def _insert(cursor, model, source, columns, params=None):
    """INSERT ... SELECT with the model's own defaults for columns that are not named."""
    fields = {field.column: field for field in apps.get_model("advocacy", model)._meta.concrete_fields if not field.primary_key}
    values = dict(params or {})
    for column, field in fields.items():
        if column not in columns and not field.null:
            default = field.get_default() if field.default is not NOT_PROVIDED or field.empty_strings_allowed else ""
            values[f"default_{column}"] = field.get_db_prep_save(default, connection)
            columns = columns | {column: f"%(default_{column})s"}
    table = apps.get_model("advocacy", model)._meta.db_table
    cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM {source}", values)  # noqa: S608


def _accounts(cursor, count, accounts):
    _insert(
        cursor,
        "Account",
        "generate_series(1, %(accounts)s) n, LATERAL (SELECT pg_temp.often(n, 1, cardinality(%(countries)s)) AS c) country",
        {
            "id": "n",
            "name": "concat((%(first)s)[1 + pg_temp.pick(n, 2, 20)], ' ', (%(second)s)[1 + pg_temp.pick(n, 3, 20)], ' ', n)",
            "domain": "concat('account', n, '.example')",
            "external_id": "concat('A-', n)",
            "industry_id": "1 + pg_temp.often(n, 4, 12)",
            "country": "(%(countries)s)[1 + c]",
            "region": "(%(regions)s)[1 + c]",
            "segment": "(ARRAY['smb', 'smb', 'mid_market', 'mid_market', 'enterprise'])[1 + pg_temp.pick(n, 5, 5)]",
            "csm_id": "nullif(pg_temp.pick(n, 6, %(csms)s + 1), 0)",
            "customer_since": "current_date - 30 - pg_temp.pick(n, 7, 2500)",
            "usage_active": "pg_temp.pick(n, 8, 20) > 0",
            "health_score": "100 - pg_temp.often(n, 9, 55)",
            "metrics_as_of": "current_date - pg_temp.often(n, 10, 60)",
            "renewal_date": "current_date + pg_temp.pick(n, 11, 365)",
            "open_escalation": "pg_temp.pick(n, 12, 30) = 0",
            "publicity_status": "CASE WHEN pg_temp.pick(n, 13, 40) = 0 THEN 'locked_down' ELSE 'open' END",
        },
        {
            "accounts": accounts,
            "countries": COUNTRIES,
            "regions": [region_of(country) for country in COUNTRIES],
            "first": FIRST,
            "second": SECOND,
            "csms": CSMS,
        },
    )
    for table, term, most in (("products", "product", len(PRODUCTS)), ("use_cases", "usecase", len(USE_CASES))):
        cursor.execute(
            f"""
            INSERT INTO advocacy_account_{table} (account_id, {term}_id)
            SELECT DISTINCT n, 1 + pg_temp.often(n, 20 + k + {most}, {most})
            FROM generate_series(1, %s) n, LATERAL generate_series(0, pg_temp.pick(n, 19, 3)) k
            """,  # noqa: S608
            [accounts],
        )


def _advocates(cursor, count, accounts):
    _insert(
        cursor,
        "Advocate",
        "generate_series(1, %(count)s) n, LATERAL (SELECT pg_temp.pick(n, 30, 8) AS rank) ranked",
        {
            "id": "n",
            "name": "concat((%(first)s)[1 + pg_temp.pick(n, 31, 20)], ' ', (%(second)s)[1 + pg_temp.pick(n, 32, 20)], 'son ', n)",
            "email": "concat('advocate', n, '@account.example')",
            "account_id": "1 + pg_temp.pick(n, 33, %(accounts)s)",
            "title": "concat((%(ranks)s)[1 + rank], ' ', (%(titles)s)[1 + pg_temp.often(n, 34, 16)])",
            "level": "(%(levels)s)[1 + rank]",
            "function": "(%(titles)s)[1 + pg_temp.often(n, 34, 16)]",
            "languages": "CASE WHEN pg_temp.pick(n, 35, 3) = 0 THEN ARRAY['English', (%(languages)s)[2 + pg_temp.often(n, 36, 9)]] "
            "ELSE ARRAY[(%(languages)s)[1 + pg_temp.often(n, 36, 10)]] END",
            "nps": "CASE WHEN pg_temp.pick(n, 37, 4) > 0 THEN 10 - pg_temp.often(n, 38, 5) END",
            "nps_on": "CASE WHEN pg_temp.pick(n, 37, 4) > 0 THEN current_date - pg_temp.pick(n, 39, 600) END",
            "passion": "1 + pg_temp.pick(n, 40, 5)",
            "relationship": "1 + pg_temp.pick(n, 41, 5)",
            "tier": "(ARRAY['none', 'bronze', 'silver', 'gold', 'platinum'])[1 + pg_temp.often(n, 42, 5)]",
            "status": "(ARRAY['candidate', 'paused', 'retired', 'active'])[least(1 + pg_temp.pick(n, 43, 30), 4)]",
            "created_at": "now() - make_interval(days => 30 + pg_temp.pick(n, 44, 900))",
        },
        {
            "count": count,
            "accounts": accounts,
            "first": FIRST,
            "second": SECOND,
            "ranks": RANKS,
            "titles": TITLES,
            "levels": LEVELS,
            "languages": LANGUAGES,
        },
    )


def _stories(cursor, count, accounts):
    """Two people in five have told one: sentences that are common, and words of which most are rare."""
    _insert(
        cursor,
        "Story",
        """
        advocacy_advocate a JOIN (
            SELECT id, string_agg(word, ' ' ORDER BY i) AS words
            FROM (
                SELECT id, i, floor(power(%(words)s, (hashint8extended(id, 100 + i) & 1048575) / 1048576.0::float8))::int - 1 AS k
                FROM advocacy_advocate, generate_series(1, %(length)s) i WHERE pg_temp.pick(id, 50, 5) < 2
            ) drawn JOIN word USING (k) GROUP BY id
        ) told USING (id)
        """,
        {
            "advocate_id": "a.id",
            "account_id": "a.account_id",
            "headline": "(%(sentences)s)[1 + pg_temp.pick(a.id, 51, 16)]",
            "challenge": "concat((%(sentences)s)[1 + pg_temp.pick(a.id, 52, 16)], ' ', told.words, '.')",
            "solution": "(%(sentences)s)[1 + pg_temp.pick(a.id, 53, 16)]",
            "results_text": "(%(sentences)s)[1 + pg_temp.pick(a.id, 54, 16)]",
            "results": "CASE WHEN pg_temp.pick(a.id, 55, 2) = 0 THEN '[]'::jsonb "
            """ELSE '[{"measure": "Days", "before": 9, "after": 2}]'::jsonb END""",
            "quote": "CASE WHEN pg_temp.pick(a.id, 56, 3) > 0 THEN (%(sentences)s)[1 + pg_temp.pick(a.id, 57, 16)] ELSE '' END",
            "created_at": "a.created_at",
        },
        {"sentences": SENTENCES, "words": WORDS, "length": STORY_WORDS},
    )


def _evidence(cursor, count, accounts):
    activities = _activities(cursor)
    _insert(
        cursor,
        "Willingness",
        "generate_series(1, %(count)s) n, generate_series(1, %(many)s) i WHERE pg_temp.pick(n, 60 + i, 10) < 6",
        {
            "advocate_id": "n",
            "activity_type_id": "(%(activities)s)[i]",
            "answer": "(ARRAY['yes', 'yes', 'yes', 'ask_first', 'no'])[1 + pg_temp.pick(n, 70 + i, 5)]",
        },
        {"count": count, "activities": activities, "many": len(activities)},
    )
    purposes = ["reference_contact", "use_name_title", "use_company_name", "use_quote"]
    _insert(
        cursor,
        "Consent",
        "generate_series(1, %(count)s) n, generate_series(1, %(many)s) i WHERE pg_temp.pick(n, 80 + i, 10) < 6",
        {
            "advocate_id": "n",
            "purpose": "(%(purposes)s)[i]",
            "decision": "CASE WHEN pg_temp.pick(n, 85 + i, 20) > 0 THEN 'given' ELSE 'withdrawn' END",
            "decided_at": "now() - make_interval(days => pg_temp.pick(n, 90 + i, 700))",
            "given_by": "'The customer'",
            "method": "'mail'",
            "text_shown": "'You may.'",
            "expires_on": "CASE WHEN pg_temp.pick(n, 95 + i, 2) = 0 THEN current_date - 30 + pg_temp.pick(n, 98 + i, 730) END",
        },
        {"count": count, "purposes": purposes, "many": len(purposes)},
    )
    _insert(
        cursor,
        "Verification",
        "generate_series(1, %(count)s) n, generate_series(1, 4) i WHERE pg_temp.pick(n, 110 + i, 20) > 0",
        {
            "advocate_id": "n",
            "section": "(ARRAY['contact', 'role', 'willingness', 'story'])[i]",
            "verified_at": "now() - make_interval(days => pg_temp.pick(n, 120, 200) + pg_temp.pick(n, 121 + i, 30))",
            "method": "'csm'",
        },
        {"count": count},
    )


def _asks(cursor, count, accounts):
    """One and a half for each advocate; some people are asked far more often than others."""
    states = ["done"] * 13 + ["declined", "declined", "expired", "cancelled", "scheduled", "asked", "accepted"]
    _insert(
        cursor,
        "Ask",
        """
        generate_series(1, %(many)s) n
        JOIN advocacy_advocate a ON a.id = 1 + pg_temp.often(n, 130, %(count)s),
        LATERAL (SELECT (%(states)s)[1 + pg_temp.pick(n, 131, 20)] AS state, pg_temp.pick(n, 132, 500) AS days) told
        """,
        {
            "advocate_id": "a.id",
            "account_id": "a.account_id",
            "activity_type_id": "(%(activities)s)[1 + pg_temp.pick(n, 133, %(kinds)s)]",
            "state": "told.state",
            "counts_on": "current_date - CASE WHEN told.state IN ('scheduled', 'asked', 'accepted') THEN told.days %% 20 - 14 "
            "ELSE told.days END",
            "created_at": "now() - make_interval(days => told.days + 5)",
            "ended_at": "CASE WHEN told.state NOT IN ('scheduled', 'asked', 'accepted') "
            "THEN now() - make_interval(days => told.days) END",
        },
        {
            "many": count * 3 // 2,
            "count": count,
            "states": states,
            "activities": (activities := _activities(cursor)),
            "kinds": len(activities),
        },
    )


def _opportunities(cursor, count, accounts):
    """A deal for every ten advocates: 100,000 beside a million. Most are open."""
    many = count // 10
    _insert(
        cursor,
        "Opportunity",
        "generate_series(1, %(many)s) n JOIN advocacy_account a ON a.id = 1 + pg_temp.pick(n, 140, %(accounts)s)",
        {
            "id": "n",
            "external_id": "concat('O-', n)",
            "name": "concat('Deal ', n)",
            "type": "(ARRAY['new', 'new', 'expansion', 'renewal'])[1 + pg_temp.pick(n, 141, 4)]",
            "account_id": "a.id",
            "industry_id": "a.industry_id",
            "country": "a.country",
            "segment": "a.segment",
            "stage": "(ARRAY['Discovery', 'Proof', 'Proposal', 'Contract'])[1 + pg_temp.pick(n, 142, 4)]",
            "amount": "1000 * (1 + pg_temp.often(n, 143, 900))",
            "opened_on": "current_date - pg_temp.pick(n, 144, 300)",
            "close_date": "current_date - 60 + pg_temp.pick(n, 145, 240)",
            "is_won": "CASE WHEN pg_temp.pick(n, 146, 10) < 3 THEN pg_temp.pick(n, 147, 2) = 0 END",
        },
        {"many": many, "accounts": accounts},
    )
    cursor.execute(
        "INSERT INTO advocacy_opportunity_products (opportunity_id, product_id) "
        "SELECT DISTINCT n, 1 + pg_temp.often(n, 150 + k, %s) "
        "FROM generate_series(1, %s) n, LATERAL generate_series(0, pg_temp.pick(n, 149, 2)) k",
        [len(PRODUCTS), many],
    )


def _activities(cursor):
    cursor.execute(
        "SELECT array_agg(id ORDER BY position) FROM (SELECT * FROM advocacy_activitytype ORDER BY position LIMIT 6) a"
    )
    return cursor.fetchone()[0]


def _sequences(cursor):
    for name in ("account", "advocate", "industry", "product", "usecase", "opportunity", "user"):
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('advocacy_{name}', 'id'), (SELECT max(id) FROM advocacy_{name}))"  # noqa: S608
        )
