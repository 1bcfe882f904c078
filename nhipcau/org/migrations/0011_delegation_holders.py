import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from nhipcau.core.clock import local_date


def find_holders(apps, schema_editor):
    """Who held the two posts when it was given; one whose holders are not known holds no longer."""
    appointments = apps.get_model("org", "Appointment").objects
    for given in apps.get_model("org", "Delegation").objects.all():
        day = local_date(given.given_at)
        held = appointments.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)
        given.giver_held = held.filter(post=given.giver_id).first()
        given.taker_held = held.filter(post=given.taker_id).first()
        given.save(update_fields=["giver_held", "taker_held"])


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0010_delegations_and_directory"),
    ]

    operations = [
        migrations.AddField(
            model_name="delegation",
            name="giver_held",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.appointment"
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="taker_held",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.appointment"
            ),
        ),
        migrations.RunPython(find_holders, migrations.RunPython.noop),
    ]
