import django.db.models.deletion
from django.db import migrations, models

import nhipcau.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0004_heirs_of_partners"),
        ("org", "0011_delegation_holders"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedActivity",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("uid", models.UUIDField(default=nhipcau.core.ids.new_uid, editable=False, unique=True)),
                ("client_key", models.CharField(editable=False, max_length=60, null=True, unique=True)),
                ("day", models.DateField(verbose_name="ngày dự kiến")),
                ("title", models.CharField(blank=True, default="", max_length=300, verbose_name="nội dung")),
                ("place", models.CharField(blank=True, default="", max_length=200, verbose_name="địa điểm")),
                (
                    "dropped_reason",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="lý do thôi"),
                ),
                ("planned_at", models.DateTimeField()),
                (
                    "activity",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned",
                        to="activities.activity",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.post"),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="activities.activitytype"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned_activities",
                        to="org.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "hoạt động dự kiến",
                "indexes": [models.Index(fields=["unit", "day"], name="activities__unit_id_ebfb96_idx")],
            },
        ),
    ]
