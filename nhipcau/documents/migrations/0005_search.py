"""The search index over documents_searchrow: FTS5 with triggers on SQLite, tsvector and GIN on PostgreSQL.

Whoever writes the table, the index follows in the same transaction. Should a later migration make SQLite copy the
table, `constrain` must be called again: the triggers do not survive it (`nhipcau verify` would tell).
"""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "documents_searchrow"
INDEX = "documents_searchindex"

SQLITE = (
    # The terms come parted and folded, so the tokenizer only has to leave them whole. No positions are kept.
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5(terms, content='{TABLE}', content_rowid='document_id', "
    "detail=none, columnsize=0, tokenize=\"ascii tokenchars '=^#@%_~'\")",
    f"CREATE TRIGGER {INDEX}_insert AFTER INSERT ON {TABLE} BEGIN "
    f"INSERT INTO {INDEX}(rowid, terms) VALUES (NEW.document_id, NEW.terms); END",
    f"CREATE TRIGGER {INDEX}_delete AFTER DELETE ON {TABLE} BEGIN "
    f"INSERT INTO {INDEX}({INDEX}, rowid, terms) VALUES ('delete', OLD.document_id, OLD.terms); END",
    f"CREATE TRIGGER {INDEX}_update AFTER UPDATE OF document_id, terms ON {TABLE} BEGIN "
    f"INSERT INTO {INDEX}({INDEX}, rowid, terms) VALUES ('delete', OLD.document_id, OLD.terms); "
    f"INSERT INTO {INDEX}(rowid, terms) VALUES (NEW.document_id, NEW.terms); END",
)
POSTGRESQL = (
    f"ALTER TABLE {TABLE} ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED",
    f"CREATE INDEX {INDEX} ON {TABLE} USING gin (vector)",
)


def constrain(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def release(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN vector")
        return
    for moment in ("insert", "delete", "update"):
        schema_editor.execute(f"DROP TRIGGER {INDEX}_{moment}")
    schema_editor.execute(f"DROP TABLE {INDEX}")


class Migration(migrations.Migration):

    dependencies = [("documents", "0004_entry_key")]

    operations = [
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                ("document", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+", serialize=False, to="documents.document")),
                ("waiting", models.BooleanField()),
                ("dated", models.DateField(null=True)),
                ("unit", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit")),
                ("terms", models.TextField()),
            ],
            options={"verbose_name": "dòng tìm kiếm"},
        ),
        migrations.RunPython(constrain, release),
    ]
