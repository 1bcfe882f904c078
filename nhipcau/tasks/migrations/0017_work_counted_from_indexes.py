from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0016_asked_reports"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["task", "state", "role", "own_due", "unit"], name="assignment_counted"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                fields=["task", "own_due"],
                name="assignment_own_due",
                condition=models.Q(("own_due__isnull", False)),
            ),
        ),
    ]
