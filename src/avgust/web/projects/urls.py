"""Addresses of projects and plans."""

from __future__ import annotations

from django.urls import path

from avgust.web.projects import (
    calendar_file,
    changes,
    changes_file,
    importing,
    milestones,
    pages,
    parts,
    roadmaps,
)

app_name = "projects"

urlpatterns = [
    path("programmes/<int:pk>/changes/", changes.changes, name="changes"),
    path("programmes/<int:pk>/changes.docx", changes_file.docx, name="changes_docx"),
    path("measures/<int:pk>/", pages.project, name="project"),
    path("measures/<int:pk>/project.ics", calendar_file.ics, name="project_ics"),
    path("measures/<int:pk>/act/", pages.act, name="act"),
    path("<int:pk>/milestones/add/", parts.add_milestone, name="add_milestone"),
    path("<int:pk>/budget/add/", parts.add_line, name="add_line"),
    path("<int:pk>/risks/add/", parts.add_risk, name="add_risk"),
    path("milestones/<int:pk>/", milestones.milestone, name="milestone"),
    path("milestones/<int:pk>/edit/", parts.edit_milestone, name="edit_milestone"),
    path("milestones/<int:pk>/decide/", milestones.decide, name="decide"),
    path("budget/<int:pk>/", parts.edit_line, name="edit_line"),
    path("risks/<int:pk>/", parts.edit_risk, name="edit_risk"),
    path("proof/<int:pk>/", milestones.proof, name="proof"),
    path("programmes/<int:pk>/import/", importing.plan_files, name="plan_files"),
    path("import/<int:pk>/", importing.plan_file, name="plan_file"),
    path("import/<int:pk>/write/", importing.write_plan, name="plan_write"),
    path("import/<int:pk>/undo/", importing.undo_plan, name="plan_undo"),
    path("import/<int:pk>/drop/", importing.drop_plan, name="plan_drop"),
    path("programmes/<int:pk>/plan.json", roadmaps.programme_package, name="plan_package"),
    path("programmes/<int:pk>/keep-plan/", roadmaps.keep_programme, name="plan_keep"),
    path("roadmaps/", roadmaps.roadmaps, name="roadmaps"),
    path("roadmaps/<slug:key>.json", roadmaps.package, name="roadmap_package"),
    path("roadmaps/<int:pk>/drop/", roadmaps.drop, name="roadmap_drop"),
    path("<int:pk>/roadmap/", roadmaps.apply, name="roadmap_apply"),
    path("<int:pk>/roadmap.json", roadmaps.package_of_project, name="roadmap_of_project"),
]
