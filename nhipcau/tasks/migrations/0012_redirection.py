
import django.db.models.deletion
import nhipcau.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('org', '0009_closure_from_index'),
        ('tasks', '0011_announcements'),
    ]

    operations = [
        migrations.CreateModel(
            name='Redirection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=nhipcau.core.ids.new_uid, editable=False, unique=True)),
                ('reason', models.TextField()),
                ('belongs_to', models.CharField(blank=True, default='', max_length=250)),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('asked', 'chờ đơn vị giao việc'), ('handed_on', 'đã chuyển đúng đơn vị'), ('insisted', 'đơn vị vẫn phải làm'), ('taken_back', 'đã thôi giao')], default='asked', max_length=10)),
                ('answer', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.post')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.post')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='redirections', to='tasks.assignment')),
                ('handed_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='came_from', to='tasks.assignment')),
            ],
            options={
                'verbose_name': 'trả lại vì không đúng nơi nhận',
                'ordering': ['assignment', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('assignment',), name='redirection_asked_once')],
            },
        ),
    ]
