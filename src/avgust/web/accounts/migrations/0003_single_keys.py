from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_people_search")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="single_keys",
            field=models.BooleanField(default=True, verbose_name="keys of one letter"),
        ),
    ]
