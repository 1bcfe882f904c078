"""The kinds of unit every federation starts with; they are data and may be added to or renamed."""

from django.db import migrations

KINDS = [
    ("confederation", "tổng liên đoàn", "national confederation", 1),
    ("province", "liên đoàn lao động tỉnh, thành phố", "provincial federation", 2),
    ("sector", "công đoàn ngành, tổng công ty", "sector or corporation union", 3),
    ("industrial_zones", "công đoàn các khu công nghiệp", "industrial zones' union", 3),
    ("district", "liên đoàn lao động huyện", "district federation", 3),
    ("commune", "công đoàn xã, phường, đặc khu", "commune union", 3),
    ("local", "công đoàn cơ sở", "local union", 4),
    ("department", "ban, bộ phận", "department of an office", 9),
]


def add(apps, schema_editor):
    kind = apps.get_model("org", "UnitKind")
    for code, label, label_en, rank in KINDS:
        kind.objects.get_or_create(code=code, defaults={"label": label, "label_en": label_en, "rank": rank})


class Migration(migrations.Migration):
    dependencies = [("org", "0002_no_overlap")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
