from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Dataset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                ("version", models.CharField(blank=True, max_length=40, verbose_name="version")),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("items", models.JSONField(default=list)),
                ("published_at", models.DateTimeField(null=True, verbose_name="published")),
            ],
            options={"verbose_name": "set of rows", "verbose_name_plural": "sets of rows"},
        ),
    ]
