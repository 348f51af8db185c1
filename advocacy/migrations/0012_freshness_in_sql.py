"""The freshness of profiles in SQL, as advocacy.freshness has it, and the doubts that changes raise.

`advocacy_sections_of(ids)` and `advocacy_all_sections()` are one text: of some advocates through the indexes, of
everybody in one pass. Doubts come from triggers that run once a statement, so that an import by COPY raises them too.
"""

from django.db import migrations

# A section nobody ever verified is due since the profile was made. A doubt makes it due at once. A consent is due on
# the day it ends; without a date it has no row.
SECTIONS = """
CREATE FUNCTION {name}
RETURNS TABLE (
    advocate_id bigint, section text, verified_at timestamptz, doubted_at timestamptz, due_on date, csm_on date, leaves_on date
) LANGUAGE sql STABLE AS $$
SELECT a.id, known.section, v.verified_at, d.raised_at, due.day,
    due.day + coalesce(special.csm_after, general.csm_after, 14), due.day + coalesce(special.grace, general.grace, 60)
FROM advocacy_advocate a
CROSS JOIN (VALUES ('contact', 180), ('role', 180), ('willingness', 180), ('story', 365)) AS known (section, days)
LEFT JOIN advocacy_freshnesspolicy general ON general.section = known.section AND general.tier = ''
LEFT JOIN advocacy_freshnesspolicy special ON special.section = known.section AND special.tier = a.tier
LEFT JOIN (
    SELECT advocate_id, section, max(verified_at) AS verified_at FROM advocacy_verification {where} GROUP BY 1, 2
) v ON v.advocate_id = a.id AND v.section = known.section
LEFT JOIN (
    SELECT advocate_id, section, min(raised_at) AS raised_at FROM advocacy_profiledoubt
    WHERE settled_at IS NULL {among} GROUP BY 1, 2
) d ON d.advocate_id = a.id AND d.section = known.section
CROSS JOIN LATERAL (
    SELECT least(
        coalesce(
            (v.verified_at AT TIME ZONE 'UTC')::date + coalesce(special.check_after, general.check_after, known.days),
            (a.created_at AT TIME ZONE 'UTC')::date
        ),
        (d.raised_at AT TIME ZONE 'UTC')::date
    ) AS day
) due
{of_people}
UNION ALL
SELECT ends.advocate_id, 'consent', NULL, NULL, ends.day,
    ends.day + coalesce(special.csm_after, general.csm_after, 14), ends.day + coalesce(special.grace, general.grace, 60)
FROM (
    SELECT advocate_id, min(expires_on) FILTER (WHERE decision = 'given') AS day
    FROM (
        SELECT DISTINCT ON (advocate_id, purpose) advocate_id, purpose, decision, expires_on
        FROM advocacy_consent WHERE advocate_id IS NOT NULL {among}
        ORDER BY advocate_id, purpose, decided_at DESC, id DESC
    ) words GROUP BY 1
) ends
JOIN advocacy_advocate a ON a.id = ends.advocate_id
LEFT JOIN advocacy_freshnesspolicy general ON general.section = 'consent' AND general.tier = ''
LEFT JOIN advocacy_freshnesspolicy special ON special.section = 'consent' AND special.tier = a.tier
WHERE ends.day IS NOT NULL
$$;
"""
OF = SECTIONS.format(
    name="advocacy_sections_of(wanted bigint[])",
    where="WHERE advocate_id = ANY (wanted)",
    among="AND advocate_id = ANY (wanted)",
    of_people="WHERE a.id = ANY (wanted)",
)
ALL = SECTIONS.format(name="advocacy_all_sections()", where="", among="", of_people="")
DROP = "DROP FUNCTION advocacy_sections_of(bigint[]); DROP FUNCTION advocacy_all_sections();"

MAIL_OF = """
CREATE FUNCTION advocacy_mail_is_of(email text, domain text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT domain <> '' AND '.' || split_part(lower(email), '@', 2) LIKE '%.' || domain
$$;
"""

# What was blank before is no change: it was found out.
OF_ADVOCATES = """
CREATE FUNCTION advocacy_doubt_changed_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO advocacy_profiledoubt (advocate_id, section, reason, "before", "after", key, raised_at)
    SELECT n.id, change.section, change.reason, left(coalesce(change."before", ''), 320), left(coalesce(change."after", ''), 320),
        'tx' || pg_current_xact_id()::text, now()
    FROM old_rows o JOIN new_rows n USING (id)
    LEFT JOIN advocacy_account was ON was.id = o.account_id
    LEFT JOIN advocacy_account is_now ON is_now.id = n.account_id
    CROSS JOIN LATERAL (
        SELECT 'role' AS section, 'title' AS reason, o.title AS "before", n.title AS "after"
        WHERE o.title <> '' AND lower(o.title) <> lower(n.title) AND o.account_id IS NOT DISTINCT FROM n.account_id
        UNION ALL
        SELECT section, 'employer', was.name, is_now.name FROM unnest('{contact,role}'::text[]) section
        WHERE o.account_id IS NOT NULL AND o.account_id IS DISTINCT FROM n.account_id
        UNION ALL
        SELECT 'contact', 'mail_domain', o.email, n.email
        WHERE n.email <> '' AND o.email <> n.email AND o.account_id IS NOT DISTINCT FROM n.account_id
            AND advocacy_mail_is_of(o.email, is_now.domain) AND NOT advocacy_mail_is_of(n.email, is_now.domain)
    ) change
    WHERE n.status IN ('active', 'paused')
        AND (o.title, o.account_id, o.email) IS DISTINCT FROM (n.title, n.account_id, n.email)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER doubt_changed_people AFTER UPDATE ON advocacy_advocate REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION advocacy_doubt_changed_people();
"""

OF_ACCOUNTS = """
CREATE FUNCTION advocacy_doubt_changed_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO advocacy_profiledoubt (advocate_id, section, reason, "before", "after", key, raised_at)
    SELECT a.id, change.section, change.reason, left(coalesce(change."before", ''), 320), left(coalesce(change."after", ''), 320),
        'tx' || pg_current_xact_id()::text, now()
    FROM old_rows o JOIN new_rows n USING (id)
    JOIN advocacy_advocate a ON a.account_id = n.id AND a.status IN ('active', 'paused')
    LEFT JOIN advocacy_user was ON was.id = o.csm_id
    LEFT JOIN advocacy_user is_now ON is_now.id = n.csm_id
    CROSS JOIN LATERAL (
        SELECT 'willingness' AS section, 'csm' AS reason, was.name AS "before", is_now.name AS "after"
        WHERE o.csm_id IS NOT NULL AND o.csm_id IS DISTINCT FROM n.csm_id
        UNION ALL
        SELECT 'contact', 'account_domain', o.domain, n.domain
        WHERE o.domain <> '' AND n.domain <> '' AND o.domain <> n.domain
            AND a.email <> '' AND NOT advocacy_mail_is_of(a.email, n.domain)
    ) change
    WHERE (o.csm_id, o.domain) IS DISTINCT FROM (n.csm_id, n.domain)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER doubt_changed_accounts AFTER UPDATE ON advocacy_account REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION advocacy_doubt_changed_accounts();
"""

SETTLED = """
CREATE FUNCTION advocacy_settle_doubts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE advocacy_profiledoubt d SET settled_at = n.verified_at
    FROM (SELECT advocate_id, section, max(verified_at) AS verified_at FROM new_rows GROUP BY 1, 2) n
    WHERE d.advocate_id = n.advocate_id AND d.section = n.section AND d.settled_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER a_settle_doubts AFTER INSERT ON advocacy_verification REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION advocacy_settle_doubts();
"""


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0011_freshness")]

    operations = [
        migrations.RunSQL(OF + ALL, DROP),
        migrations.RunSQL(MAIL_OF, "DROP FUNCTION advocacy_mail_is_of(text, text);"),
        migrations.RunSQL(OF_ADVOCATES, "DROP FUNCTION advocacy_doubt_changed_people() CASCADE;"),
        migrations.RunSQL(OF_ACCOUNTS, "DROP FUNCTION advocacy_doubt_changed_accounts() CASCADE;"),
        migrations.RunSQL(SETTLED, "DROP FUNCTION advocacy_settle_doubts() CASCADE;"),
    ]
