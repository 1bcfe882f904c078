from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0008_extension")]

    operations = [
        migrations.AddField("reminder", "cause", models.CharField(blank=True, default="", max_length=10)),
        migrations.AddField("reminder", "counted_from", models.DateField(null=True)),
    ]
