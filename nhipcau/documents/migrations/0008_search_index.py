"""PostgreSQL's search index stands over the terms themselves: no column beside them holds them a second time.

The function says what it costs to split a letter's terms anew, so that the planner asks the index even of a small
table; and nothing is counted about the terms, for that would read all of them and help no search.
"""

from django.db import migrations

TABLE = "documents_searchrow"
INDEX = "documents_searchindex"
FUNCTION = "documents_terms"

ANEW = (
    f"ALTER TABLE {TABLE} DROP COLUMN vector",
    f"CREATE FUNCTION {FUNCTION}(terms text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 "
    "AS $$ BEGIN RETURN array_to_tsvector(string_to_array(terms, ' ')); END $$",
    f"CREATE INDEX {INDEX} ON {TABLE} USING gin ({FUNCTION}(terms))",
    f"ALTER INDEX {INDEX} ALTER COLUMN 1 SET STATISTICS 0",
)
BEFORE = (
    f"DROP INDEX {INDEX}",
    f"DROP FUNCTION {FUNCTION}(text)",
    f"ALTER TABLE {TABLE} ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED",
    f"CREATE INDEX {INDEX} ON {TABLE} USING gin (vector)",
)


def anew(apps, schema_editor):
    _run(schema_editor, ANEW)


def before(apps, schema_editor):
    _run(schema_editor, BEFORE)


def _run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [("documents", "0007_lineage")]

    operations = [migrations.RunPython(anew, before)]
