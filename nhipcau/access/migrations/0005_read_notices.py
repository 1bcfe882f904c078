import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_display"),
        ("org", "0012_handover"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("key", models.CharField(max_length=100)),
                ("day", models.DateField()),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.post"),
                ),
            ],
            options={
                "verbose_name": "tin đã đọc",
                "constraints": [models.UniqueConstraint(fields=("post", "key"), name="readnotice_once")],
            },
        ),
    ]
