import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_documents_and_their_review")]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="redo_of",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="redone_as",
                to="documents.correction",
            ),
        ),
    ]
