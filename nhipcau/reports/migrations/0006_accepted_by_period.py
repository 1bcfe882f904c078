from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_targets_and_drafts"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="submission",
            name="submission_one_accepted",
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "accepted")),
                fields=("version", "period", "unit"),
                name="submission_one_accepted",
            ),
        ),
    ]
