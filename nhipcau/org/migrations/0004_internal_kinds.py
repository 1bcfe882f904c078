"""A kind may stand for a part of an office instead of a level of the union: departments are such."""

from django.db import migrations, models

INTERNAL = ("department",)


def mark(apps, schema_editor):
    apps.get_model("org", "UnitKind").objects.filter(code__in=INTERNAL).update(internal=True)


class Migration(migrations.Migration):
    dependencies = [("org", "0003_kinds")]
    operations = [
        migrations.AddField(
            model_name="unitkind",
            name="internal",
            field=models.BooleanField(default=False, verbose_name="bộ phận trong cơ quan, không phải một cấp công đoàn"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
