import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0011_delegation_holders"),
        ("tasks", "0014_questions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unreached",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("day", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                (
                    "told",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"),
                ),
            ],
            options={
                "verbose_name": "đơn vị không ai nhận lời nhắc",
                "indexes": [models.Index(fields=["told", "ended_on"], name="tasks_unrea_told_id_c80bf8_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)), fields=("unit", "told"), name="unreached_once"
                    )
                ],
            },
        ),
    ]
