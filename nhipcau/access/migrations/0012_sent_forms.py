from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0011_identities"),
    ]

    operations = [
        migrations.CreateModel(
            name="SentForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("page", models.CharField(max_length=64, unique=True)),
                ("said", models.CharField(max_length=64)),
                ("at", models.DateTimeField(db_index=True)),
                ("location", models.TextField(blank=True, default="")),
            ],
            options={"verbose_name": "biểu mẫu đã gửi"},
        ),
    ]
