"""Addresses of results."""

from __future__ import annotations

from django.urls import path

from avgust.web.assessments import uploads, views
from avgust.web.assessments.codifiers import chosen
from avgust.web.assessments.codifiers import drafts as codifier_drafts
from avgust.web.assessments.codifiers import views as codifiers
from avgust.web.assessments.drafts import views as drafts

app_name = "assessments"

urlpatterns = [
    path("", views.work_list, name="list"),
    path("add/", views.add, name="add"),
    path("mappings/", uploads.mappings, name="mappings"),
    path("mappings/<int:pk>.json", uploads.mapping, name="mapping"),
    path("tables/<int:pk>/", drafts.draft, name="draft"),
    path("uploads/<int:pk>/", uploads.upload, name="upload"),
    path("uploads/<int:pk>/refused.xlsx", uploads.refused, name="refused"),
    path("uploads/<int:pk>/mend/", uploads.mend, name="mend"),
    path("uploads/<int:pk>/again/", uploads.again, name="again"),
    path("uploads/<int:pk>/withdraw/", uploads.withdraw, name="withdraw"),
    path("codifiers/", codifiers.codifiers, name="codifiers"),
    path("codifiers/import/", codifier_drafts.import_, name="codifier_import"),
    path("codifiers/drafts/<int:pk>/", codifier_drafts.draft, name="codifier_draft"),
    path("codifiers/drafts/<int:pk>/apply/", codifier_drafts.apply, name="codifier_apply"),
    path("codifiers/drafts/<int:pk>/drop/", codifier_drafts.drop, name="codifier_drop"),
    path("codifiers/<int:pk>/", codifiers.codifier, name="codifier"),
    path("codifiers/<int:pk>/entry/", codifiers.entry, name="codifier_entry"),
    path("codifiers/<int:pk>/changes/", codifiers.changes, name="codifier_changes"),
    path("codifiers/<int:pk>/undo/", codifiers.undo, name="codifier_undo"),
    path("codifiers/<int:pk>.json", codifiers.package, name="codifier_package"),
    path("codifiers/<int:pk>.xlsx", codifiers.workbook, name="codifier_workbook"),
    path("<int:pk>/", views.work, name="work"),
    path("<int:pk>/table/", drafts.send_table, name="send_table"),
    path("<int:pk>/upload/", uploads.send, name="send"),
    path("<int:pk>/codifiers/", chosen.choose, name="choose_codifiers"),
    path("<int:pk>/specification/", views.specify, name="specify"),
    path("<int:pk>/specification.xlsx", views.specification_file, name="specification"),
]
