from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_mail_and_calendar"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="must_change",
            field=models.BooleanField(default=False, verbose_name="phải đổi mật khẩu"),
        ),
    ]
