import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0003_photos"),
        ("org", "0010_delegations_and_directory"),
    ]

    operations = [
        migrations.AddField(
            model_name="activitypartner",
            name="heir",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
            ),
        ),
        migrations.AlterField(
            model_name="activitypartner",
            name="answer",
            field=models.CharField(
                choices=[
                    ("asked", "chờ xác nhận"),
                    ("confirmed", "đã xác nhận"),
                    ("declined", "báo không cùng làm"),
                    ("lapsed", "đã kết thúc, không ai trả lời"),
                ],
                default="asked",
                max_length=10,
            ),
        ),
    ]
