import django.db.models.deletion
from django.db import migrations, models

import nhipcau.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0011_delegation_holders"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("uid", models.UUIDField(default=nhipcau.core.ids.new_uid, editable=False, unique=True)),
                ("contents", models.JSONField(default=list, verbose_name="nội dung bàn giao")),
                ("made_at", models.DateTimeField(verbose_name="lập lúc")),
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handover", to="org.appointment"
                    ),
                ),
            ],
            options={
                "verbose_name": "bàn giao",
            },
        ),
    ]
