"""Words of clauses stand with the clause, once, and links of measures lead there."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import avgust.web.ui.search


def move_words(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Make a clause of each linked one; where its words were not kept yet, those of the measure."""
    AdoptedClause = apps.get_model("programmes", "AdoptedClause")
    MeasureClause = apps.get_model("programmes", "MeasureClause")
    made: dict[tuple[int, str], int] = {}
    for link in MeasureClause.objects.select_related("measure").order_by("measure__order", "pk"):
        key = (link.document_id, link.clause)
        if key not in made:
            made[key] = AdoptedClause.objects.create(
                document_id=link.document_id,
                clause=link.clause,
                order=link.measure.order,
                label=link.label or link.measure.label,
                section=link.measure.section,
                quote=link.quote or link.measure.text,
                marks=link.marks if link.quote else [],
            ).pk
        link.source_id = made[key]
        link.save(update_fields=("source",))


class Migration(migrations.Migration):
    """From words in each link to words in one place."""

    atomic = False  # PostgreSQL alters no table while the foreign keys of changed rows wait to be checked

    dependencies = (
        ("documents", "0001_documents_and_their_review"),
        ("programmes", "0004_measures_by_hand"),
    )

    operations = (
        migrations.CreateModel(
            name="AdoptedClause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clause", models.CharField(max_length=80)),
                ("order", models.PositiveIntegerField()),
                ("label", models.CharField(blank=True, max_length=40, verbose_name="number")),
                ("section", models.TextField(blank=True, verbose_name="section")),
                ("quote", models.TextField()),
                ("marks", models.JSONField(default=list)),
                (
                    "search",
                    avgust.web.ui.search.SearchField("label", "quote", "section", max_length=8000),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adopted_clauses",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "clause of an adopted document",
                "verbose_name_plural": "clauses of adopted documents",
                "ordering": ("document", "order"),
            },
        ),
        migrations.AddConstraint(
            model_name="adoptedclause",
            constraint=models.UniqueConstraint(
                fields=("document", "clause"), name="programmes_adopted_clause_once"
            ),
        ),
        migrations.AddField(
            model_name="measureclause",
            name="source",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="programmes.adoptedclause",
            ),
        ),
        migrations.RunPython(move_words, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="measureclause",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="programmes.adoptedclause",
            ),
        ),
        migrations.RemoveConstraint(model_name="measureclause", name="programmes_clause_once"),
        migrations.RemoveIndex(model_name="measureclause", name="programmes_measures_of_clause"),
        migrations.RemoveField(model_name="measureclause", name="document"),
        migrations.RemoveField(model_name="measureclause", name="clause"),
        migrations.RemoveField(model_name="measureclause", name="label"),
        migrations.RemoveField(model_name="measureclause", name="quote"),
        migrations.RemoveField(model_name="measureclause", name="marks"),
        migrations.AddConstraint(
            model_name="measureclause",
            constraint=models.UniqueConstraint(fields=("measure", "source"), name="programmes_clause_once"),
        ),
    )
