import django.db.models.deletion
from django.db import migrations, models

import nhipcau.core.ids

ROLES = [("lead", "chủ trì"), ("support", "phối hợp"), ("inform", "nhận để biết")]
STATES = [("running", "đang giao"), ("done", "đã giao xong"), ("cancelled", "đã dừng, đã thôi giao")]


class Migration(migrations.Migration):
    dependencies = [("org", "0009_closure_from_index"), ("tasks", "0009_reminder_cause")]

    operations = [
        migrations.CreateModel(
            name="FanOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=nhipcau.core.ids.new_uid, editable=False, unique=True)),
                ("kinds", models.JSONField()),
                ("role", models.CharField(choices=ROLES, default="lead", max_length=10)),
                ("expected", models.PositiveIntegerField()),
                ("given", models.PositiveIntegerField(default=0)),
                ("state", models.CharField(choices=STATES, default="running", max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.post"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fan_outs", to="tasks.task"
                    ),
                ),
            ],
            options={
                "verbose_name": "giao cho cả nhánh",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")), fields=("task",), name="fan_out_one_at_a_time"
                    )
                ],
            },
        ),
    ]
