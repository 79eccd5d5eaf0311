import avgust.web.ui.search
from django.db import migrations


def fill(apps, _schema_editor):
    """Compute the two columns of the people who are there already."""
    for user in apps.get_model('accounts', 'User').objects.order_by('pk').iterator():
        user.save(update_fields=['search', 'order'])


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_people_and_posts'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='user',
            options={'ordering': ('order', 'id'), 'verbose_name': 'person', 'verbose_name_plural': 'people'},
        ),
        migrations.AddField(
            model_name='user',
            name='order',
            field=avgust.web.ui.search.OrderField('full_name', 'email', db_index=True, max_length=1000),
        ),
        migrations.AddField(
            model_name='user',
            name='search',
            field=avgust.web.ui.search.SearchField('full_name', 'email', max_length=1000),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
