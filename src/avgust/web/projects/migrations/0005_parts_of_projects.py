"""What a written package gave to a measure: its milestones, now with lines of the budget and risks."""

from typing import Any

from django.db import migrations, models


def to_parts(apps: Any, _schema: Any) -> None:
    """Keep the milestones of written rows as one kind of parts."""
    line = apps.get_model("projects", "PlanFileLine")
    for row in line.objects.exclude(milestones=[]).iterator():
        row.parts = {"milestones": row.milestones, "budget": [], "risks": []}
        row.save(update_fields=["parts"])


def to_milestones(apps: Any, _schema: Any) -> None:
    """Keep of the parts the milestones alone."""
    line = apps.get_model("projects", "PlanFileLine")
    for row in line.objects.exclude(parts={}).iterator():
        row.milestones = row.parts["milestones"]
        row.save(update_fields=["milestones"])


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_packages_of_programmes")]

    operations = [
        migrations.AddField("planfileline", "parts", models.JSONField(default=dict)),
        migrations.RunPython(to_parts, to_milestones),
        migrations.RemoveField("planfileline", "milestones"),
    ]
