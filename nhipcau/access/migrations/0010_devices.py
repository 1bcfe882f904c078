import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import nhipcau.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0009_entry_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("uid", models.UUIDField(default=nhipcau.core.ids.new_uid, editable=False, unique=True)),
                ("session_key", models.CharField(max_length=40, unique=True)),
                (
                    "words",
                    models.CharField(
                        blank=True, default="", max_length=60, verbose_name="trình duyệt và hệ điều hành"
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="đăng nhập lúc")),
                ("seen_at", models.DateTimeField(verbose_name="thấy lần cuối")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "thiết bị đang đăng nhập"},
        ),
    ]
