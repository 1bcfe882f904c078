from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0004_closing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="campaignstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opened", "mở chiến dịch"),
                    ("extended", "gia hạn"),
                    ("closed", "kết thúc"),
                    ("cancelled", "hủy bỏ"),
                    ("passed", "chuyển đơn vị tổ chức"),
                ],
                max_length=10,
            ),
        ),
    ]
