
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0009_unread_scans'),
        ('org', '0009_closure_from_index'),
        ('tasks', '0012_redirection'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='task',
            name='task_once',
        ),
        migrations.AddField(
            model_name='task',
            name='occurrence',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='task',
            name='stopped_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(condition=models.Q(('occurrence__isnull', True), ('parent__isnull', True)), fields=('obligation', 'issued_by'), name='task_once'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(condition=models.Q(('occurrence__isnull', False), ('parent__isnull', True)), fields=('obligation', 'issued_by', 'occurrence'), name='task_once_an_occurrence'),
        ),
    ]
