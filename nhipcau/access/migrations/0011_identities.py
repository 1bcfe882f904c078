import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import nhipcau.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0010_devices"),
    ]

    operations = [
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("uid", models.UUIDField(default=nhipcau.core.ids.new_uid, editable=False, unique=True)),
                ("issuer", models.CharField(max_length=250, verbose_name="hệ thống cấp")),
                ("subject", models.CharField(max_length=255, verbose_name="mã ở đó")),
                ("linked_at", models.DateTimeField(verbose_name="liên kết lúc")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "danh tính một cửa",
                "constraints": [models.UniqueConstraint(fields=("issuer", "subject"), name="identity_once")],
            },
        ),
    ]
