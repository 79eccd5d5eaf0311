"""An answer knows its municipality, so that coverage is counted without the units of programmes."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill_places(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Take the unit of the programme, or the place it last stood in where it is no municipality itself."""
    Answer = apps.get_model("programmes", "Answer")
    Membership = apps.get_model("territory", "Membership")
    for answer in Answer.objects.select_related("measure__programme__unit"):
        unit = answer.measure.programme.unit
        while unit.kind != "municipality":
            held = Membership.objects.filter(unit=unit).order_by("-since").select_related("parent").first()
            if held is None:
                break
            unit = held.parent
        answer.place_id = unit.pk
        answer.save(update_fields=("place",))


class Migration(migrations.Migration):
    """Add the municipality of an answer."""

    atomic = False  # PostgreSQL alters no table while the foreign keys of changed rows wait to be checked

    dependencies = (
        ("territory", "0001_units_and_places"),
        ("programmes", "0006_saved_views_and_kinds"),
    )

    operations = (
        migrations.AddField(
            model_name="answer",
            name="place",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territory.unit",
            ),
        ),
        migrations.RunPython(fill_places, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="answer",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.unit"
            ),
        ),
        migrations.RemoveIndex(model_name="answer", name="programmes_answers_by_status"),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["answered", "status", "place"], name="programmes_answers_by_place"),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["place", "answered"], name="programmes_answers_of_place"),
        ),
    )
