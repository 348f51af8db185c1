"""The search takes the days of freshness from where they are said, and knows from when on a profile fades."""

from datetime import date
from importlib import import_module

from django.db import migrations, models

table = import_module("references.migrations.0008_search_table")
BEFORE = import_module("references.migrations.0009_words_of_earlier_jobs").after()

FRESH = """JOIN (
    SELECT advocate_id, min(due_on) AS until, min(csm_on) AS fades_on, min(leaves_on) AS leaves_on,
        max((verified_at AT TIME ZONE 'UTC')::date) AS verified_on
    FROM advocacy_sections_of(wanted) WHERE section <> 'consent' GROUP BY 1
) fresh ON fresh.advocate_id = a.id
"""
START, END = "CROSS JOIN LATERAL (\n    -- As advocacy.freshness has it", "CROSS JOIN LATERAL (\n    -- 0-46"
COLUMNS = [*table.COLUMNS, "fades_on"]


def rows():
    """As before, with the days that `advocacy_sections_of` says."""
    start, end = BEFORE.index(START), BEFORE.index(END)
    text = BEFORE[:start] + FRESH + BEFORE[end:]
    text = text.replace("fresh.until + 60", "fresh.leaves_on")
    days = "        '9999-12-31'\n    )\n)::references_searchrow"
    assert text.count(days) == 1  # noqa: S101 - an edited migration must not leave the column out silently
    return text.replace(days, "        '9999-12-31'\n    ),\n    fresh.fades_on\n)::references_searchrow")


def refresh(columns):
    text = table.REFRESH.format(columns=", ".join(columns), excluded=", ".join(f"excluded.{column}" for column in columns))
    return text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


def triggers():
    """A doubt bears on its profile, a changed policy on everybody."""
    for name, ids, may_wait in (
        ("profiledoubt", "SELECT advocate_id FROM changed", "false"),
        ("freshnesspolicy", "SELECT id FROM advocacy_advocate WHERE EXISTS (SELECT FROM changed)", "true"),
    ):
        for event, (referencing, changed) in table.EVENTS.items():
            body = (
                f"ids := ARRAY(WITH changed AS ({changed}) {ids}); "
                f"IF cardinality(ids) > 0 THEN PERFORM references_search_changed(ids, {may_wait}); END IF;"
            )
            yield table._trigger(f"advocacy_{name}", event, f"REFERENCING {referencing}", body)


def drop_triggers():
    for name in ("profiledoubt", "freshnesspolicy"):
        for event in table.EVENTS:
            yield f"DROP FUNCTION search_{name}_{event} CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0012_freshness_in_sql"), ("references", "0009_words_of_earlier_jobs")]

    operations = [
        migrations.AddField(
            model_name="searchrow",
            name="fades_on",
            field=models.DateField(
                default=date(9999, 12, 31), help_text="The ranking begins to fall, because nobody has answered."
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="searchrank",
            name="changes_on",
            field=models.DateField(help_text="First day on which an ask is no longer of late, or the score falls a step."),
        ),
        migrations.RunSQL(rows() + refresh(COLUMNS), BEFORE + refresh(table.COLUMNS)),
        migrations.RunSQL("UPDATE references_searchrow SET fades_on = fresh_until + 14", migrations.RunSQL.noop),
        migrations.RunSQL("".join(triggers()), "".join(drop_triggers())),
        # All counts and ranks are made anew by the next search or the clock.
        migrations.RunSQL("DELETE FROM references_searchstate", migrations.RunSQL.noop),
    ]
