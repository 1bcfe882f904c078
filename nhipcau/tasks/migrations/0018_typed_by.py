from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0017_work_counted_from_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="answersheet",
            name="typed_by",
            field=models.JSONField(default=dict),
        ),
    ]
