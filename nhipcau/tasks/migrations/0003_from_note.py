from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_instructions")]

    operations = [
        migrations.AddField(
            model_name="obligation",
            name="from_note",
            field=models.BooleanField(default=False, verbose_name="do bút phê giao, văn bản không yêu cầu"),
        ),
    ]
