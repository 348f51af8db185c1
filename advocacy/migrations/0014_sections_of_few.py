"""The sections of a few people by a plan that is kept.

`advocacy_sections_of` is planned anew in each statement it stands in, which is right for thousands and takes longer than
the answer for one. A strict function is not woven into its statement: PostgreSQL 18 keeps its plan for the session.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION advocacy_sections_of_few(wanted bigint[])
RETURNS TABLE (
    advocate_id bigint, section text, verified_at timestamptz, doubted_at timestamptz, due_on date, csm_on date, leaves_on date
) LANGUAGE sql STABLE STRICT AS $$ SELECT * FROM advocacy_sections_of(wanted) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0013_jobs")]

    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION advocacy_sections_of_few(bigint[]);")]
