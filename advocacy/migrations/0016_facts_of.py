"""What bears on whether a person may be asked, in one statement; and the lock of the ledger, in another.

Whoever takes a place does so while others wait, so each statement saved counts. `advocacy_facts_of` is planned anew in each
statement it stands in, which is right for thousands and takes longer than the answer for one. A strict function is not woven
into its statement: PostgreSQL 18 keeps its plan for the session, and is told to, as it would rather make a cheaper one anew
each time: 2.9 ms for one person, 0.3 ms with the plan that is kept.
"""

from django.db import migrations

FACTS = """
(wanted bigint[], activity bigint, purpose_of_activity text, declined_since timestamptz, done_after date, moment timestamptz)
RETURNS TABLE (
    advocate_id bigint, status varchar, paused_until date, rests_until date, max_asks smallint, nps smallint, nps_on date,
    answer varchar, own_cap smallint, consent varchar, consent_until date, checked_until date[],
    asked_for bigint[], ask_states varchar[], ask_dates date[], asks_that_block boolean[], declined_at timestamptz,
    account_id bigint, lifecycle varchar, customer_since date, usage_active boolean, renewal_date date,
    open_escalation boolean, health_score smallint, metrics_as_of date, max_asks_of_account smallint, account_asked_on date[]
) LANGUAGE sql STABLE
"""
# An ask that takes a place: under way and not lapsed, or done within the longest window.
TAKES_A_PLACE = """(
    ask.state = 'done' AND ask.counts_on > done_after
    OR ask.state IN ('asked', 'accepted', 'scheduled', 'no_show')
    OR ask.state = 'proposed' AND (ask.held_until IS NULL OR ask.held_until > moment)
)"""
MAKE = f"""
CREATE FUNCTION advocacy_facts_of{FACTS} AS $$
SELECT person.id, person.status, person.paused_until, person.rests_until, person.max_asks_per_quarter, person.nps, person.nps_on,
    willing.answer, willing.cap, consent.decision, consent.expires_on, checked.until,
    taken.activities, taken.states, taken.dates, taken.blocks, declined.last,
    account.id, account.lifecycle, account.customer_since, account.usage_active, account.renewal_date,
    account.open_escalation, account.health_score, account.metrics_as_of, account.max_asks_per_quarter, colleagues.asked_on
FROM advocacy_advocate AS person
LEFT JOIN advocacy_account AS account ON account.id = person.account_id
LEFT JOIN advocacy_willingness AS willing ON willing.advocate_id = person.id AND willing.activity_type_id = activity
LEFT JOIN LATERAL (
    SELECT decision, expires_on FROM advocacy_consent
    WHERE advocacy_consent.advocate_id = person.id AND purpose = purpose_of_activity
    ORDER BY decided_at DESC, id DESC LIMIT 1
) AS consent ON true
LEFT JOIN (
    SELECT section.advocate_id, ARRAY[
        max(section.leaves_on) FILTER (WHERE section.section = 'contact'),
        max(section.leaves_on) FILTER (WHERE section.section = 'role')
    ] AS until
    FROM advocacy_sections_of(wanted) AS section WHERE section.verified_at IS NOT NULL GROUP BY 1
) AS checked ON checked.advocate_id = person.id
LEFT JOIN LATERAL (
    SELECT array_agg(kind.id) AS activities, array_agg(ask.state) AS states, array_agg(ask.counts_on) AS dates,
        array_agg(kind.blocks_others) AS blocks
    FROM advocacy_ask AS ask JOIN advocacy_activitytype AS kind ON kind.id = ask.activity_type_id
    WHERE ask.advocate_id = person.id AND {TAKES_A_PLACE}
) AS taken ON true
LEFT JOIN LATERAL (
    SELECT max(ask.ended_at) AS last
    FROM advocacy_ask AS ask JOIN advocacy_activitytype AS kind ON kind.id = ask.activity_type_id
    WHERE ask.advocate_id = person.id AND ask.state = 'declined' AND ask.ended_at >= declined_since AND kind.blocks_others
) AS declined ON true
LEFT JOIN LATERAL (
    SELECT array_agg(ask.counts_on) AS asked_on
    FROM advocacy_ask AS ask JOIN advocacy_activitytype AS kind ON kind.id = ask.activity_type_id
    WHERE ask.account_id = account.id AND kind.blocks_others AND {TAKES_A_PLACE}
) AS colleagues ON true
WHERE person.id = ANY (wanted)
$$;
CREATE FUNCTION advocacy_facts_of_few{FACTS} STRICT SET plan_cache_mode = force_generic_plan AS $$
SELECT * FROM advocacy_facts_of(wanted, activity, purpose_of_activity, declined_since, done_after, moment)
$$;
DROP FUNCTION advocacy_sections_of_few(bigint[]);
"""  # noqa: S608 - no word from outside
# The account first, so that takers of two colleagues cannot wait for each other. FOR NO KEY UPDATE, because a caller that has
# just inserted a row about the account already shares its key. Who moved while we waited is tried again.
LOCK = """
CREATE FUNCTION advocacy_lock_takers(wanted bigint, at timestamptz) RETURNS TABLE (account_id bigint, has_lapsed boolean)
LANGUAGE plpgsql AS $$
DECLARE
    expected bigint := (SELECT person.account_id FROM advocacy_advocate AS person WHERE person.id = wanted);
BEGIN
    PERFORM 1 FROM advocacy_account AS account WHERE account.id = expected FOR NO KEY UPDATE;
    SELECT person.account_id INTO account_id FROM advocacy_advocate AS person WHERE person.id = wanted FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    ELSIF account_id IS DISTINCT FROM expected THEN
        RAISE serialization_failure USING MESSAGE = 'The advocate moved to another account.';
    END IF;
    has_lapsed := EXISTS (
        SELECT FROM advocacy_ask AS ask
        WHERE (ask.advocate_id = wanted OR ask.account_id = expected) AND ask.state = 'proposed' AND ask.held_until <= at
    );
    RETURN NEXT;
END
$$;
"""
DROP = """
DROP FUNCTION advocacy_lock_takers(bigint, timestamptz);
DROP FUNCTION advocacy_facts_of_few(bigint[], bigint, text, timestamptz, date, timestamptz);
DROP FUNCTION advocacy_facts_of(bigint[], bigint, text, timestamptz, date, timestamptz);
CREATE FUNCTION advocacy_sections_of_few(wanted bigint[])
RETURNS TABLE (
    advocate_id bigint, section text, verified_at timestamptz, doubted_at timestamptz, due_on date, csm_on date, leaves_on date
) LANGUAGE sql STABLE STRICT AS $$ SELECT * FROM advocacy_sections_of(wanted) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0015_without_unused_choices")]

    operations = [migrations.RunSQL(MAKE + LOCK, DROP)]
