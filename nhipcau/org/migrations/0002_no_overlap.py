"""Two rows of the same child and axis, of the same code, or of the same post never hold on the same day.

PostgreSQL says it with exclusion constraints, SQLite with triggers; the promise is the same.
"""

from django.db import migrations

# table, columns that must not coincide while the dates overlap
DATED = [
    ("org_placement", ("child_id", "axis")),
    ("org_unitname", ("unit_id",)),
    ("org_unitname", ("code",)),
    ("org_appointment", ("post_id",)),
]


def constrain(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    if postgres:
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for table, columns in DATED:
        name = f"{table}_{'_'.join(columns)}_no_overlap"
        if postgres:
            same = ", ".join(f"{column} WITH =" for column in columns)
            schema_editor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist "
                f"({same}, daterange(valid_from, valid_to) WITH &&)"
            )
            continue
        same = " AND ".join(f"o.{column} = NEW.{column}" for column in columns)
        for moment in ("INSERT", "UPDATE"):
            schema_editor.execute(
                f"CREATE TRIGGER {name}_{moment.lower()} BEFORE {moment} ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} o WHERE {same} AND o.id IS NOT NEW.id "
                "AND o.valid_from < COALESCE(NEW.valid_to, '9999-12-31') "
                "AND NEW.valid_from < COALESCE(o.valid_to, '9999-12-31')) "
                f"BEGIN SELECT RAISE(ABORT, 'overlap: {name}'); END"
            )


def release(apps, schema_editor):
    for table, columns in DATED:
        name = f"{table}_{'_'.join(columns)}_no_overlap"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        else:
            for moment in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER {name}_{moment}")


class Migration(migrations.Migration):
    dependencies = [("org", "0001_initial")]
    operations = [migrations.RunPython(constrain, release)]
