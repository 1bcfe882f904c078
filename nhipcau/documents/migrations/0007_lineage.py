import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("documents", "0006_scans")]

    operations = [
        migrations.AddField("citation", "kind", models.CharField(choices=[("cites", "viện dẫn"), ("ground", "căn cứ"), ("implements", "thực hiện"), ("replies", "trả lời"), ("replaces", "thay thế"), ("amends", "sửa đổi, bổ sung"), ("recalls", "thu hồi, bãi bỏ")], default="cites", max_length=10)),
        migrations.AddField("citation", "possible", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="documents.document")),
        migrations.AddField("citation", "declined", models.BooleanField(default=False)),
        migrations.AddField("citation", "waived", models.CharField(blank=True, default="", max_length=250, verbose_name="lý do không cần")),
    ]
