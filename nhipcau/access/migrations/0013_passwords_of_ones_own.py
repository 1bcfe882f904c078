from django.contrib.auth.hashers import make_password
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def end_handed_passwords(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Whoever never changed the password that somebody else knows asks the level above for a code."""
    apps.get_model("access", "Account").objects.filter(must_change=True).update(password=make_password(None))


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0012_sent_forms"),
    ]

    operations = [
        migrations.RunPython(end_handed_passwords, migrations.RunPython.noop),
        migrations.RemoveField(model_name="account", name="must_change"),
    ]
