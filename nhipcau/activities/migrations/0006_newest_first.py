from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0005_planned_activities"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["-held_on", "-id"], name="activity_newest"),
        ),
    ]
