from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0007_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="SharedCount",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
            options={"verbose_name": "lượt đếm chung"},
        ),
    ]
