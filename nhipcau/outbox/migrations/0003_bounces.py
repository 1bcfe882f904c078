import hashlib

from django.db import migrations, models


def name_them(apps, schema_editor):
    """Mail that is on its way bears this name already, in its Message-ID."""
    for mail in apps.get_model("outbox", "Mail").objects.iterator():
        mail.ref = hashlib.sha256(mail.key.encode()).hexdigest()[:32]
        mail.save(update_fields=["ref"])


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0002_mail"),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="ref",
            field=models.CharField(db_index=True, default="", editable=False, max_length=32),
        ),
        migrations.RunPython(name_them, migrations.RunPython.noop),
    ]
