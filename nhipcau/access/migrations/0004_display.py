from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_must_change"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="theme",
            field=models.CharField(
                blank=True,
                choices=[("", "Theo máy"), ("light", "Sáng"), ("dark", "Tối")],
                default="",
                max_length=5,
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="density",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Theo cỡ màn hình"),
                    ("compact", "Gọn, cho bàn làm việc"),
                    ("touch", "Rộng, cho ngón tay"),
                ],
                default="",
                max_length=7,
            ),
        ),
    ]
