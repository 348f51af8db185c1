"""The words of titles, names and stories, for those who misspell them.

Triggers only leave the texts of a statement behind, in one row without an index to wait for: writers of one
word never meet. `references.vocabulary` takes the words from there.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models

# Small letters without accents; no numbers, and no address of anybody.
WORDS = r"""
CREATE FUNCTION references_words(text) RETURNS SETOF text LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT DISTINCT word
FROM regexp_split_to_table(lower(unaccent(regexp_replace($1, '\S+@\S+|https?://\S+', ' ', 'g'))), '[^[:alpha:]]+') AS word
WHERE length(word) BETWEEN 4 AND 30
$$;
"""

STORY = "concat_ws(' ', headline, challenge, solution, results_text, human_element, quote)"
# Table -> its words.
SOURCES = {
    "advocacy_advocate": "name || ' ' || title",
    "advocacy_account": "name",
    "advocacy_story": STORY,
}


def triggers():
    for table, words in SOURCES.items():
        short = table.removeprefix("advocacy_")
        yield f"""
        CREATE FUNCTION words_{short}_insert() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO references_wordchange (added, gone)
            SELECT words, '' FROM (SELECT string_agg({words}, ' ') AS words FROM new_rows) every WHERE words <> '';
            RETURN NULL;
        END
        $$;
        CREATE FUNCTION words_{short}_update() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO references_wordchange (added, gone)
            SELECT added, gone FROM (
                SELECT string_agg(n.words, ' ') AS added, string_agg(o.words, ' ') AS gone
                FROM (SELECT id, {words} AS words FROM old_rows) o
                JOIN (SELECT id, {words} AS words FROM new_rows) n USING (id)
                WHERE o.words IS DISTINCT FROM n.words
            ) every WHERE added <> '' OR gone <> '';
            RETURN NULL;
        END
        $$;
        CREATE FUNCTION words_{short}_delete() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO references_wordchange (added, gone)
            SELECT '', words FROM (SELECT string_agg({words}, ' ') AS words FROM old_rows) every WHERE words <> '';
            RETURN NULL;
        END
        $$;
        CREATE TRIGGER words_{short}_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION words_{short}_insert();
        CREATE TRIGGER words_{short}_update AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION words_{short}_update();
        CREATE TRIGGER words_{short}_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows
            FOR EACH STATEMENT EXECUTE FUNCTION words_{short}_delete();
        """  # noqa: S608 - built from the table above, never from input


def drop_triggers():
    for table in SOURCES:
        for event in ("insert", "update", "delete"):
            yield f"DROP FUNCTION words_{table.removeprefix('advocacy_')}_{event} CASCADE;"


# What is there already waits for the task like everything later.
BEGIN = "".join(
    f"INSERT INTO references_wordchange (added, gone) SELECT string_agg({words}, ' '), '' FROM {table} "  # noqa: S608 - as above
    f"GROUP BY id / 1000 HAVING string_agg({words}, ' ') <> '';"
    for table, words in SOURCES.items()
)


class Migration(migrations.Migration):
    dependencies = [("references", "0006_requests_that_wait_for_a_person")]

    operations = [
        migrations.CreateModel(
            name="WordChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("added", models.TextField(blank=True)),
                ("gone", models.TextField(blank=True)),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[("word", models.CharField(max_length=30, primary_key=True, serialize=False))],
            options={
                "ordering": ["word"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="search_word_trigram", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.RunSQL(WORDS, "DROP FUNCTION references_words(text);"),
        migrations.RunSQL("".join(triggers()), "".join(drop_triggers())),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
    ]
