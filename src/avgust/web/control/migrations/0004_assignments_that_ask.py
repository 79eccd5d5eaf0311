from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('control', '0003_index_of_coverage'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(condition=models.Q(('asked_due__isnull', False)), fields=['asked_due'], name='control_asked'),
        ),
    ]
