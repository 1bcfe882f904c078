
import django.db.models.deletion
import nhipcau.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('org', '0009_closure_from_index'),
        ('tasks', '0013_occurrence'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('values', models.JSONField(default=dict)),
                ('sent_at', models.DateTimeField(null=True)),
                ('assignment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sheet', to='tasks.assignment')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.post')),
            ],
            options={
                'verbose_name': 'phiếu trả lời',
            },
        ),
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=nhipcau.core.ids.new_uid, editable=False, unique=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.post')),
                ('obligation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='questionnaire', to='tasks.obligation')),
            ],
            options={
                'verbose_name': 'biểu hỏi',
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=10)),
                ('label', models.CharField(max_length=250)),
                ('measure', models.CharField(blank=True, default='', max_length=40, verbose_name='đơn vị tính')),
                ('options', models.JSONField(blank=True, default=list)),
                ('required', models.BooleanField(default=True)),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='tasks.questionnaire')),
            ],
            options={
                'verbose_name': 'câu hỏi',
                'ordering': ['questionnaire', 'position'],
                'constraints': [models.UniqueConstraint(fields=('questionnaire', 'position'), name='question_place')],
            },
        ),
    ]
