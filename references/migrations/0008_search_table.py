"""The search at a million advocates: rows as before, and beside them bits to count with and ranks to order by.

Rows stay true by triggers that run once a statement. What is counted (`SearchBits`), ordered (`SearchRank`) and free
is brought up to date by `references.search.upkeep` from a log (`SearchChange`) that triggers only insert into, so that
no two writers wait for each other over a shared count.

`SET LOCAL laurel.search = 'later'` makes the triggers only log, rows included: for imports, which would otherwise
refresh the rows of each statement at once. The next upkeep (every few seconds by the clock, or `rebuild_search`) does them.

`manage.py rebuild_search` proves rows and bits equal to their source.
"""

import importlib

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import references.models.search_table

PIECE = 32_000  # as references.models.search_table.BITS
SLICE = 1_000  # advocates in one line of the log
MANY = 2_000
COLUMNS = """
    is_active account_id csm_id industry_id region country segment level tier products use_cases willing languages
    name_until company_until quote_until fresh_until leaves_on verified_on quality as_of changes_on
""".split()

# The words as they were written, beside their stems: a word that is only half typed has no stem yet.
PLAIN = """
CREATE TEXT SEARCH CONFIGURATION laurel_plain (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION laurel_plain ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
"""

# The columns stand in the order of the table. Everything that depends on the day is as of `day`.
ROWS = r"""
CREATE FUNCTION references_search_rows(wanted bigint[], day date)
RETURNS TABLE (stored references_searchrow, known_vector tsvector, full_vector tsvector) LANGUAGE sql STABLE AS $$
SELECT ROW(
    a.id,
    a.status = 'active',
    a.account_id,
    c.csm_id,
    c.industry_id,
    coalesce(c.region, ''),
    coalesce(c.country, ''),
    coalesce(c.segment, ''),
    a.level,
    a.tier,
    ARRAY(SELECT product_id FROM advocacy_account_products WHERE account_id = a.account_id ORDER BY 1),
    ARRAY(SELECT usecase_id FROM advocacy_account_use_cases WHERE account_id = a.account_id ORDER BY 1),
    ARRAY(
        SELECT activity_type_id FROM advocacy_willingness WHERE advocate_id = a.id AND answer IN ('yes', 'ask_first') ORDER BY 1
    ),
    ARRAY(SELECT DISTINCT language FROM unnest(a.languages) language WHERE language <> '' ORDER BY 1),
    consent.name_until,
    consent.company_until,
    consent.quote_until,
    fresh.until,
    fresh.until + 60,
    fresh.verified_on,
    story.strength
        + CASE a.tier WHEN 'bronze' THEN 4 WHEN 'silver' THEN 8 WHEN 'gold' THEN 12 WHEN 'platinum' THEN 16 ELSE 0 END
        + 2 * coalesce(a.relationship, 0)
        + 2 * coalesce(a.passion, 0)
        + CASE WHEN a.nps >= 9 THEN 8 ELSE 0 END,
    day,
    least(
        CASE WHEN consent.name_until > day THEN consent.name_until END,
        CASE WHEN consent.company_until > day THEN consent.company_until END,
        CASE WHEN fresh.until > day THEN fresh.until END,
        CASE WHEN fresh.until + 60 > day THEN fresh.until + 60 END,
        '9999-12-31'
    )
)::references_searchrow,
    text.public
        || CASE WHEN consent.name_until > day THEN text.person ELSE '' END
        || CASE WHEN consent.company_until > day THEN text.company ELSE '' END,
    text.told || text.taxonomy || text.person || text.company
FROM advocacy_advocate a
LEFT JOIN advocacy_account c ON c.id = a.account_id
CROSS JOIN LATERAL (
    -- The last word on each purpose; the account's word on its name comes before the person's.
    SELECT
        max(until) FILTER (WHERE owner = 'advocate' AND purpose = 'use_name_title') AS name_until,
        CASE
            WHEN c.publicity_status = 'locked_down' THEN NULL
            WHEN bool_or(owner = 'account' AND purpose = 'use_company_name')
                THEN max(until) FILTER (WHERE owner = 'account' AND purpose = 'use_company_name')
            ELSE max(until) FILTER (WHERE owner = 'advocate' AND purpose = 'use_company_name')
        END AS company_until,
        CASE
            WHEN c.publicity_status = 'locked_down' THEN NULL
            ELSE max(until) FILTER (WHERE owner = 'advocate' AND purpose = 'use_quote')
        END AS quote_until
    FROM (
        SELECT DISTINCT ON (owner, purpose)
            owner, purpose, CASE decision WHEN 'given' THEN coalesce(expires_on, '9999-12-31') END AS until
        FROM (
            SELECT 'advocate' AS owner, id, purpose, decision, expires_on, decided_at
            FROM advocacy_consent WHERE advocate_id = a.id
            UNION ALL
            SELECT 'account', id, purpose, decision, expires_on, decided_at
            FROM advocacy_consent WHERE account_id = a.account_id
        ) every
        ORDER BY owner, purpose, decided_at DESC, id DESC
    ) latest
) consent
CROSS JOIN LATERAL (
    -- As advocacy.freshness has it: a section nobody ever confirmed is due since the profile was made.
    SELECT
        min(coalesce(
            (latest.verified_at AT TIME ZONE 'UTC')::date + section.days, (a.created_at AT TIME ZONE 'UTC')::date
        )) AS until,
        max((latest.verified_at AT TIME ZONE 'UTC')::date) AS verified_on
    FROM (VALUES ('contact', 180), ('role', 180), ('willingness', 180), ('story', 365)) AS section (name, days)
    LEFT JOIN (
        SELECT section AS name, max(verified_at) AS verified_at FROM advocacy_verification WHERE advocate_id = a.id GROUP BY 1
    ) latest USING (name)
) fresh
CROSS JOIN LATERAL (
    -- 0-46: the strongest story counts. Measured before told, told before quoted.
    SELECT
        coalesce(max(
            least(CASE jsonb_typeof(results) WHEN 'array' THEN jsonb_array_length(results) ELSE 0 END, 3) * 6
            + CASE WHEN challenge <> '' THEN 10 ELSE 0 END
            + CASE WHEN results_text ~ '\d' THEN 6 ELSE 0 END
            + CASE WHEN human_element <> '' THEN 6 ELSE 0 END
            + CASE WHEN quote <> '' THEN 6 ELSE 0 END
        ), 0) AS strength,
        -- No address of anybody enters the index.
        regexp_replace(
            left(coalesce(string_agg(
                concat_ws(' ', headline, challenge, solution, results_text, results::text, human_element, quote), ' ' ORDER BY id
            ), ''), 200000), '\S+@\S+', ' ', 'g'
        ) AS told
    FROM advocacy_story WHERE advocate_id = a.id
) story
CROSS JOIN LATERAL (
    SELECT coalesce(string_agg(concat_ws(' ', name, array_to_string(synonyms, ' ')), ' ' ORDER BY kind, id), '') AS names
    FROM (
        SELECT 1 AS kind, t.id, t.name, t.synonyms FROM advocacy_industry t WHERE t.id = c.industry_id
        UNION ALL
        SELECT 2, t.id, t.name, t.synonyms FROM advocacy_product t
        JOIN advocacy_account_products m ON m.product_id = t.id WHERE m.account_id = a.account_id
        UNION ALL
        SELECT 3, t.id, t.name, t.synonyms FROM advocacy_usecase t
        JOIN advocacy_account_use_cases m ON m.usecase_id = t.id WHERE m.account_id = a.account_id
        UNION ALL
        SELECT 4, t.id, t.name, t.synonyms FROM advocacy_topic t
        JOIN advocacy_advocate_topics m ON m.topic_id = t.id WHERE m.advocate_id = a.id
    ) terms
) taxonomy
CROSS JOIN LATERAL (
    -- The weights say where a word stands: A title, B taxonomy, C names, D story. Words as written have no place.
    SELECT
        setweight(to_tsvector('laurel', a.title), 'A')
            || to_tsvector('laurel', story.told) || strip(to_tsvector('laurel_plain', a.title)) AS told,
        setweight(to_tsvector('laurel', taxonomy.names), 'B') || strip(to_tsvector('laurel_plain', taxonomy.names)) AS taxonomy,
        setweight(to_tsvector('laurel', a.name), 'C') || strip(to_tsvector('laurel_plain', a.name)) AS person,
        setweight(to_tsvector('laurel', coalesce(c.name, '')), 'C')
            || strip(to_tsvector('laurel_plain', coalesce(c.name, ''))) AS company,
        to_tsvector('laurel', coalesce(c.domain, '')) AS domain
) source
CROSS JOIN LATERAL (
    -- What was told may name the teller: those words leave the words known to all, or they would say who it is.
    SELECT
        source.person, source.company, source.told, source.taxonomy,
        ts_delete(source.told, tsvector_to_array(source.person || source.company || source.domain)) || source.taxonomy AS public
) text
WHERE a.id = ANY (wanted)
$$;
"""

# A bit for each place that is set: an aggregate over (place, 1).
BITS = """
CREATE AGGREGATE references_bits(integer, integer) (sfunc = set_bit, stype = bit, initcond = '%s', parallel = safe);
ALTER TABLE references_searchbits ALTER COLUMN bits SET STORAGE PLAIN;
""" % ("0" * PIECE)  # noqa: UP031 - the literal is all there is

REFRESH = """
CREATE FUNCTION references_refresh_search(ids bigint[]) RETURNS bigint[] LANGUAGE plpgsql AS $$
-- Returns those whose words have changed.
DECLARE
    today date := coalesce((SELECT day FROM references_searchstate LIMIT 1), current_date);
    reworded bigint[];
BEGIN
    -- Lock before reading: of two transactions that change one profile the second must read what the first wrote.
    PERFORM 1 FROM references_searchrow WHERE advocate_id = ANY (ids) ORDER BY advocate_id FOR UPDATE;
    WITH fresh AS MATERIALIZED (
        SELECT (rows.stored).advocate_id AS id, rows.* FROM references_search_rows(ids, today) rows
    ), reworded AS MATERIALIZED (
        SELECT id, fresh.known_vector, fresh.full_vector
        FROM fresh LEFT JOIN references_searchtext text ON text.advocate_id = id
        WHERE text.known_vector IS DISTINCT FROM fresh.known_vector OR text.full_vector IS DISTINCT FROM fresh.full_vector
    ), gone AS (
        DELETE FROM references_searchrow r
        WHERE r.advocate_id = ANY (ids) AND NOT EXISTS (SELECT 1 FROM advocacy_advocate a WHERE a.id = r.advocate_id)
        RETURNING r.advocate_id AS id
    ), silenced AS (
        DELETE FROM references_searchtext WHERE advocate_id IN (SELECT id FROM gone)
    ), rows_written AS (
        INSERT INTO references_searchrow SELECT (stored).* FROM fresh ORDER BY id
        ON CONFLICT (advocate_id) DO UPDATE SET ({columns}) = ROW({excluded})
        WHERE references_searchrow.* IS DISTINCT FROM excluded.*
    ), words_written AS (
        INSERT INTO references_searchtext (advocate_id, known_vector, full_vector) SELECT * FROM reworded ORDER BY id
        ON CONFLICT (advocate_id) DO UPDATE SET (known_vector, full_vector) = ROW(excluded.known_vector, excluded.full_vector)
    )
    SELECT array_agg(id) INTO reworded FROM (SELECT id FROM reworded UNION ALL SELECT id FROM gone) changed;
    RETURN coalesce(reworded, '{{}}');
END
$$;
"""

CHANGED = """
CREATE FUNCTION references_log_search(ids bigint[], due boolean, reworded boolean) RETURNS void LANGUAGE sql AS $$
    INSERT INTO references_searchchange (advocates, rows_due, words)
    SELECT array_agg(id), due, reworded
    FROM (SELECT id, row_number() OVER (ORDER BY id) / {slice} AS slice FROM (SELECT DISTINCT id FROM unnest(ids) id) once) cut
    GROUP BY slice
$$;
CREATE FUNCTION references_search_changed(ids bigint[], may_wait boolean) RETURNS void LANGUAGE plpgsql
-- Below the server's deadlock_timeout: who waits longer for a row than this leaves it to the next upkeep instead of
-- failing together with the one it waits for.
SET lock_timeout = '300ms' AS $$
DECLARE reworded bigint[];
BEGIN
    IF current_setting('laurel.search', true) = 'later' OR may_wait AND cardinality(ids) > {many} THEN
        PERFORM references_log_search(ids, true, true);
        RETURN;
    END IF;
    reworded := references_refresh_search(ids);
    PERFORM references_log_search(ids, false, false);
    PERFORM references_log_search(reworded, false, true);
EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
    PERFORM references_log_search(ids, true, true);
END
$$;
"""

OF_ACCOUNT = "SELECT a.id FROM advocacy_advocate a JOIN changed ON a.account_id = changed."
EVERYBODY = "SELECT id FROM advocacy_advocate"

# Table -> whose rows depend on the changed rows.
SOURCES = {
    "advocacy_advocate": "SELECT id FROM changed",
    "advocacy_account": OF_ACCOUNT + "id",
    "advocacy_account_products": OF_ACCOUNT + "account_id",
    "advocacy_account_use_cases": OF_ACCOUNT + "account_id",
    "advocacy_advocate_topics": "SELECT advocate_id FROM changed",
    "advocacy_story": "SELECT advocate_id FROM changed",
    "advocacy_willingness": "SELECT advocate_id FROM changed",
    "advocacy_verification": "SELECT advocate_id FROM changed",
    "advocacy_consent": "SELECT advocate_id FROM changed WHERE advocate_id IS NOT NULL UNION " + OF_ACCOUNT + "account_id",  # noqa: S608
}
# A word of the taxonomy may stand in very many rows: those may wait for the next upkeep.
TAXONOMY = {
    "advocacy_industry": """
        SELECT a.id FROM advocacy_advocate a
        JOIN advocacy_account c ON c.id = a.account_id JOIN changed ON changed.id = c.industry_id""",
    "advocacy_product": """
        SELECT a.id FROM advocacy_advocate a
        JOIN advocacy_account_products m ON m.account_id = a.account_id JOIN changed ON changed.id = m.product_id""",
    "advocacy_usecase": """
        SELECT a.id FROM advocacy_advocate a
        JOIN advocacy_account_use_cases m ON m.account_id = a.account_id JOIN changed ON changed.id = m.usecase_id""",
    "advocacy_topic": """
        SELECT m.advocate_id FROM advocacy_advocate_topics m JOIN changed ON changed.id = m.topic_id""",
}
# Who is free and who was asked of late stands in no row. An ask never touches one either, so that nobody who reserves
# a place waits for the search; it bears on the colleagues through the cap of the account.
LOGGED = {"advocacy_ask": "SELECT advocate_id FROM changed UNION " + OF_ACCOUNT + "account_id"}  # noqa: S608

# Rows as the trigger hands them over; an update hands over both sides, because a story may change its teller.
EVENTS = {
    "insert": ("NEW TABLE AS new_rows", "SELECT * FROM new_rows"),
    "update": ("OLD TABLE AS old_rows NEW TABLE AS new_rows", "SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows"),
    "delete": ("OLD TABLE AS old_rows", "SELECT * FROM old_rows"),
}


def triggers():
    for tables, call in (
        (SOURCES, "references_search_changed(ids, false)"),
        (TAXONOMY, "references_search_changed(ids, true)"),
        (LOGGED, "references_log_search(ids, false, false)"),
    ):
        for table, affected in tables.items():
            for event, (referencing, changed) in EVENTS.items():
                yield _trigger(
                    table,
                    event,
                    f"REFERENCING {referencing}",
                    f"ids := ARRAY(WITH changed AS ({changed}) {affected}); IF cardinality(ids) > 0 THEN PERFORM {call}; END IF;",
                )
    for event in EVENTS:
        # What the catalogue says of an activity bears on everybody.
        yield _trigger(
            "advocacy_activitytype", event, "", "INSERT INTO references_searchchange (rows_due, words) VALUES (false, false);"
        )


def _trigger(table, event, referencing, body):
    name = f"search_{table.removeprefix('advocacy_')}_{event}"
    return f"""
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE ids bigint[];
    BEGIN {body} RETURN NULL; END
    $$;
    CREATE TRIGGER {name} AFTER {event.upper()} ON {table} {referencing}
        FOR EACH STATEMENT EXECUTE FUNCTION {name}();
    """


def drop_triggers():
    for table in [*SOURCES, *TAXONOMY, *LOGGED, "advocacy_activitytype"]:
        for event in EVENTS:
            yield f"DROP FUNCTION search_{table.removeprefix('advocacy_')}_{event} CASCADE;"


# As migration 0003 made them, for whoever goes back.
earlier = importlib.import_module("references.migrations.0003_search_triggers")

FUNCTIONS = [
    (PLAIN, "DROP TEXT SEARCH CONFIGURATION laurel_plain;"),
    (BITS, "DROP AGGREGATE references_bits(integer, integer);"),
    (ROWS, "DROP FUNCTION references_search_rows(bigint[], date);"),
    (
        REFRESH.format(columns=", ".join(COLUMNS), excluded=", ".join(f"excluded.{column}" for column in COLUMNS)),
        "DROP FUNCTION references_refresh_search(bigint[]);",
    ),
    (
        CHANGED.format(slice=SLICE, many=MANY),
        "DROP FUNCTION references_log_search(bigint[], boolean, boolean);"
        "DROP FUNCTION references_search_changed(bigint[], boolean);",
    ),
    ("".join(triggers()), "".join(drop_triggers())),
]


class Migration(migrations.Migration):
    dependencies = [
        ("advocacy", "0010_gaps"),
        ("references", "0007_search_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            "".join(earlier.drop_triggers())
            + "DROP FUNCTION references_refresh_search(bigint[]); DROP FUNCTION references_search_rows(bigint[]);",
            earlier.ROWS  # noqa: S608 - no input
            + earlier.REFRESH
            + "".join(earlier.triggers())
            + "SELECT references_refresh_search(ARRAY(SELECT id FROM advocacy_advocate));",
        ),
        migrations.DeleteModel(
            name="SearchRow",
        ),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "advocate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_row",
                        serialize=False,
                        to="advocacy.advocate",
                    ),
                ),
                ("is_active", models.BooleanField()),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.account",
                    ),
                ),
                (
                    "csm",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "industry",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.industry",
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=20)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("segment", models.CharField(blank=True, max_length=20)),
                ("level", models.CharField(blank=True, max_length=20)),
                ("tier", models.CharField(blank=True, max_length=20)),
                (
                    "products",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
                ),
                (
                    "use_cases",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
                ),
                (
                    "willing",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="Activity types answered with yes or ask first.",
                        size=None,
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("name_until", models.DateField(help_text="The person allowed us to use name and title.", null=True)),
                ("company_until", models.DateField(help_text="The company name may be used.", null=True)),
                ("quote_until", models.DateField(help_text="Quotes may be used outside.", null=True)),
                ("fresh_until", models.DateField(help_text="The first section of the profile falls due.")),
                ("leaves_on", models.DateField(help_text="The profile leaves the search unless somebody confirms it.")),
                ("verified_on", models.DateField(help_text="Somebody confirmed a section of the profile last.", null=True)),
                ("quality", models.PositiveSmallIntegerField(help_text="0-90: story strength, tier, rapport, passion, NPS.")),
                ("as_of", models.DateField()),
                (
                    "changes_on",
                    models.DateField(
                        help_text="First day on which the words known to all, the freshness or the findability change."
                    ),
                ),
            ],
            options={
                "ordering": ["advocate"],
                "constraints": [],
                "indexes": [
                    models.Index(fields=["csm"], name="search_row_csm"),
                    models.Index(fields=["changes_on"], name="search_row_changes_on"),
                    models.Index(fields=["as_of"], name="search_row_as_of"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "advocate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="advocacy.advocate",
                    ),
                ),
                (
                    "known_vector",
                    django.contrib.postgres.search.SearchVectorField(
                        help_text="For everybody: title, story and taxonomy without any word of a name, and the names that consents allow."
                    ),
                ),
                (
                    "full_vector",
                    django.contrib.postgres.search.SearchVectorField(
                        help_text="All words, person and company: for the CSM and those who see every advocate."
                    ),
                ),
            ],
            options={
                "ordering": ["advocate"],
                "constraints": [],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["known_vector"], name="search_text_known"),
                    django.contrib.postgres.indexes.GinIndex(fields=["full_vector"], name="search_text_full"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchRank",
            fields=[
                ("advocate_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("asks", models.PositiveSmallIntegerField(help_text="Asks of the last 90 days.")),
                ("best", models.IntegerField(help_text="Tens of the score, then fewer asks, then the score.")),
                ("fresh", models.IntegerField(help_text="The day of the last verification.")),
                ("least_asked", models.IntegerField(help_text="Fewer asks, then as `best`.")),
                ("changes_on", models.DateField(help_text="First day on which an ask is no longer of late.")),
            ],
            options={
                "ordering": ["advocate_id"],
                "constraints": [],
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("best"), descending=True), models.F("advocate_id"), name="search_rank_best"
                    ),
                    models.Index(
                        models.OrderBy(models.F("fresh"), descending=True), models.F("advocate_id"), name="search_rank_fresh"
                    ),
                    models.Index(
                        models.OrderBy(models.F("least_asked"), descending=True),
                        models.F("advocate_id"),
                        name="search_rank_least_asked",
                    ),
                    models.Index(fields=["changes_on"], name="search_rank_changes_on"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchBits",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "facet", "value", "piece", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("facet", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=500)),
                ("piece", models.IntegerField()),
                ("bits", references.models.search_table.BitsField()),
            ],
            options={
                "ordering": ["facet", "value", "piece"],
                "constraints": [],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SearchChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "advocates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        help_text="Null: who is free has changed for everybody.",
                        null=True,
                        size=None,
                    ),
                ),
                ("rows_due", models.BooleanField(default=False, help_text="The rows themselves have not been refreshed either.")),
                ("words", models.BooleanField(default=False, help_text="The words have changed.")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SearchState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("as_of", models.DateTimeField(help_text="Places held until then have been given back.")),
                (
                    "free",
                    models.JSONField(default=dict, help_text="Activity type: the day for which those free for it are known."),
                ),
                (
                    "words",
                    models.JSONField(
                        default=dict, help_text="Words whose advocates are kept, each with the day of its last use."
                    ),
                ),
            ],
            options={
                "constraints": [],
                "indexes": [],
            },
        ),
        *(migrations.RunSQL(make, drop) for make, drop in FUNCTIONS),
        migrations.RunSQL("SELECT references_refresh_search(ARRAY(SELECT id FROM advocacy_advocate));", migrations.RunSQL.noop),
    ]
