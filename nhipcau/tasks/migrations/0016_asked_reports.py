from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0015_unreached"),
    ]

    operations = [
        migrations.AddField(
            model_name="obligation",
            name="report_code",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="biểu mẫu phải gửi"),
        ),
        migrations.AddField(
            model_name="obligation",
            name="report_period",
            field=models.CharField(blank=True, default="", max_length=12),
        ),
    ]
