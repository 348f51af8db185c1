"""Triggers that keep one search row an advocate true, whoever changes what it is made from.

They run once a statement: row-level triggers cost quadratically within a transaction when many rows
change (see section 14 of the design). `manage.py rebuild_search` proves the rows equal to their source.
"""

from django.db import migrations

# Stemmed English, accents folded. Names go through the same words as stories, so that a search for both works.
CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION laurel (COPY = english);
ALTER TEXT SEARCH CONFIGURATION laurel ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
"""

# The columns stand in the order of the table. Nothing here reads the clock: what depends on the day is a date.
ROWS = r"""
CREATE FUNCTION references_search_rows(wanted bigint[]) RETURNS SETOF references_searchrow LANGUAGE sql STABLE AS $$
SELECT
    a.id,
    a.status = 'active',
    coalesce(c.region, ''),
    coalesce(c.segment, ''),
    a.level,
    products.ids,
    willing.ids,
    consent.name_until,
    consent.company_until,
    consent.quote_until,
    least(coalesce(consent.name_until, '9999-12-31'), coalesce(consent.company_until, '9999-12-31')),
    fresh.until,
    fresh.until + 60,
    story.strength
        + CASE a.tier WHEN 'bronze' THEN 4 WHEN 'silver' THEN 8 WHEN 'gold' THEN 12 WHEN 'platinum' THEN 16 ELSE 0 END
        + 2 * coalesce(a.relationship, 0)
        + 2 * coalesce(a.passion, 0)
        + CASE WHEN a.nps >= 9 THEN 8 ELSE 0 END,
    text.public,
    text.public
        || CASE WHEN consent.name_until IS NULL THEN '' ELSE text.person END
        || CASE WHEN consent.company_until IS NULL THEN '' ELSE text.company END,
    text.told || text.taxonomy || text.person || text.company,
    concat_ws(' ', words.title, lower(unaccent(taxonomy.names))),
    lower(unaccent(a.name)),
    lower(unaccent(coalesce(c.name, ''))),
    a.account_id,
    c.csm_id,
    c.industry_id
FROM advocacy_advocate a
LEFT JOIN advocacy_account c ON c.id = a.account_id
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(product_id ORDER BY product_id), '{}') AS ids
    FROM advocacy_account_products WHERE account_id = a.account_id
) products
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(activity_type_id ORDER BY activity_type_id), '{}') AS ids
    FROM advocacy_willingness WHERE advocate_id = a.id AND answer IN ('yes', 'ask_first')
) willing
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
    SELECT min(coalesce(
        (latest.verified_at AT TIME ZONE 'UTC')::date + section.days, (a.created_at AT TIME ZONE 'UTC')::date
    )) AS until
    FROM (VALUES ('contact', 180), ('role', 180), ('willingness', 180), ('story', 365)) AS section (name, days)
    LEFT JOIN LATERAL (
        SELECT max(verified_at) AS verified_at
        FROM advocacy_verification v WHERE v.advocate_id = a.id AND v.section = section.name
    ) latest ON true
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
    -- The weights say where a word stands: A title, B taxonomy, C names, D story.
    SELECT
        setweight(to_tsvector('laurel', a.title), 'A')
            || to_tsvector('laurel', story.told) AS told,
        setweight(to_tsvector('laurel', taxonomy.names), 'B') AS taxonomy,
        setweight(to_tsvector('laurel', a.name), 'C') AS person,
        setweight(to_tsvector('laurel', coalesce(c.name, '')), 'C') AS company,
        to_tsvector('laurel', coalesce(c.domain, '')) AS domain
) source
CROSS JOIN LATERAL (
    -- What was told may name the teller: those words leave the public vector, or they would say who it is.
    SELECT
        source.person, source.company, source.told, source.taxonomy,
        ts_delete(source.told, tsvector_to_array(source.person || source.company || source.domain)) || source.taxonomy AS public
) text
CROSS JOIN LATERAL (
    SELECT string_agg(word, ' ') AS title
    FROM regexp_split_to_table(lower(unaccent(a.title)), '[^[:alnum:]]+') AS word
    WHERE word <> ALL (regexp_split_to_array(lower(unaccent(concat_ws(' ', a.name, c.name))), '[^[:alnum:]]+'))
) words
WHERE a.id = ANY (wanted)
$$;
"""

REFRESH = """
CREATE FUNCTION references_refresh_search(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Lock before reading: of two transactions that change one profile the second must read what the first wrote.
    -- In a fixed order, so that two wide changes do not lock each other out.
    PERFORM 1 FROM references_searchrow WHERE advocate_id = ANY (ids) ORDER BY advocate_id FOR UPDATE;
    INSERT INTO references_searchrow
    SELECT * FROM references_search_rows(ids) ORDER BY advocate_id
    ON CONFLICT (advocate_id) DO UPDATE SET
        is_active = excluded.is_active,
        region = excluded.region,
        segment = excluded.segment,
        level = excluded.level,
        products = excluded.products,
        willing = excluded.willing,
        name_until = excluded.name_until,
        company_until = excluded.company_until,
        quote_until = excluded.quote_until,
        shown_until = excluded.shown_until,
        fresh_until = excluded.fresh_until,
        leaves_on = excluded.leaves_on,
        quality = excluded.quality,
        public_vector = excluded.public_vector,
        shown_vector = excluded.shown_vector,
        full_vector = excluded.full_vector,
        public_words = excluded.public_words,
        name_words = excluded.name_words,
        company_words = excluded.company_words,
        account_id = excluded.account_id,
        csm_id = excluded.csm_id,
        industry_id = excluded.industry_id
    WHERE references_searchrow.* IS DISTINCT FROM excluded.*;
    DELETE FROM references_searchrow r
    WHERE r.advocate_id = ANY (ids) AND NOT EXISTS (SELECT 1 FROM advocacy_advocate a WHERE a.id = r.advocate_id);
END
$$;
"""

OF_ACCOUNT = "SELECT a.id FROM advocacy_advocate a JOIN changed ON a.account_id = changed."

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

# Rows as the trigger hands them over; an update hands over both sides, because a story may change its teller.
EVENTS = {
    "insert": ("NEW TABLE AS new_rows", "SELECT * FROM new_rows"),
    "update": ("OLD TABLE AS old_rows NEW TABLE AS new_rows", "SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows"),
    "delete": ("OLD TABLE AS old_rows", "SELECT * FROM old_rows"),
}


def triggers():
    for table, affected in SOURCES.items():
        for event, (referencing, changed) in EVENTS.items():
            name = f"search_{table.removeprefix('advocacy_')}_{event}"
            yield f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE ids bigint[];
            BEGIN
                ids := ARRAY(WITH changed AS ({changed}) {affected});
                IF cardinality(ids) > 0 THEN PERFORM references_refresh_search(ids); END IF;
                RETURN NULL;
            END
            $$;
            CREATE TRIGGER {name} AFTER {event.upper()} ON {table} REFERENCING {referencing}
                FOR EACH STATEMENT EXECUTE FUNCTION {name}();
            """  # noqa: S608 - built from the tables above, never from input


def drop_triggers():
    for table in SOURCES:
        for event in EVENTS:
            yield f"DROP FUNCTION search_{table.removeprefix('advocacy_')}_{event} CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("references", "0002_search_row"), ("advocacy", "0001_initial")]

    operations = [
        migrations.RunSQL(CONFIGURATION, "DROP TEXT SEARCH CONFIGURATION laurel;"),
        migrations.RunSQL(ROWS, "DROP FUNCTION references_search_rows(bigint[]);"),
        migrations.RunSQL(REFRESH, "DROP FUNCTION references_refresh_search(bigint[]);"),
        migrations.RunSQL("".join(triggers()), "".join(drop_triggers())),
        migrations.RunSQL(
            "SELECT references_refresh_search(ARRAY(SELECT id FROM advocacy_advocate));",
            "DELETE FROM references_searchrow;",
        ),
    ]
