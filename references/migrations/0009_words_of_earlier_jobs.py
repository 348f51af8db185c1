from importlib import import_module

from django.db import migrations

EARLIER = """
CROSS JOIN LATERAL (
    -- A story stays with its teller when they change jobs: the company it was told at has allowed nothing since.
    SELECT coalesce(string_agg(DISTINCT concat_ws(' ', e.name, e.domain), ' '), '') AS names
    FROM advocacy_story s JOIN advocacy_account e ON e.id = s.account_id
    WHERE s.advocate_id = a.id AND s.account_id IS DISTINCT FROM a.account_id
) earlier
"""
BEFORE = import_module("references.migrations.0008_search_table").ROWS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
PLACES = {
    "\nCROSS JOIN LATERAL (\n    -- The weights say": f"{EARLIER}CROSS JOIN LATERAL (\n    -- The weights say",
    "coalesce(c.domain, '')) AS domain": (
        "coalesce(c.domain, '')) AS domain,\n"
        "        to_tsvector('laurel', earlier.names) || strip(to_tsvector('laurel_plain', earlier.names)) AS earlier"
    ),
    "|| source.domain))": "|| source.domain || source.earlier))",
}

# The clock of the search makes their words anew.
AGAIN = """
SELECT references_log_search(ARRAY(
    SELECT DISTINCT s.advocate_id FROM advocacy_story s JOIN advocacy_advocate a ON a.id = s.advocate_id
    WHERE s.account_id IS DISTINCT FROM a.account_id AND s.account_id IS NOT NULL
), true, false);
"""


def after():
    rows = BEFORE
    for found, instead in PLACES.items():
        assert rows.count(found) == 1, found  # noqa: S101 - an edited migration must not leave the words in silently
        rows = rows.replace(found, instead)
    return rows


class Migration(migrations.Migration):
    dependencies = [("references", "0008_search_table")]

    operations = [migrations.RunSQL(after() + AGAIN, BEFORE)]
