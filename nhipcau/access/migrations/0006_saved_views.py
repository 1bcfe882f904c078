import django.db.models.deletion
from django.db import migrations, models

import nhipcau.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_read_notices"),
        ("org", "0012_handover"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("uid", models.UUIDField(default=nhipcau.core.ids.new_uid, editable=False, unique=True)),
                ("page", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=60, verbose_name="tên")),
                ("query", models.CharField(max_length=500)),
                ("default", models.BooleanField(default=False, verbose_name="mở trang là thấy")),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.post"),
                ),
            ],
            options={
                "verbose_name": "cách xem đã lưu",
                "constraints": [
                    models.UniqueConstraint(fields=("post", "page", "name"), name="savedview_name"),
                    models.UniqueConstraint(
                        condition=models.Q(("default", True)), fields=("post", "page"), name="savedview_one_default"
                    ),
                ],
            },
        ),
    ]
