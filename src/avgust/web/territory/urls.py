"""Addresses of the territory."""

from __future__ import annotations

from django.urls import path

from avgust.web.territory import editing, views
from avgust.web.territory.imports import exports
from avgust.web.territory.imports import views as imports

app_name = "territory"

urlpatterns = [
    path("", views.unit_list, name="list"),
    path("add/", editing.add, name="add"),
    path("files/", imports.files, name="files"),
    path("files/<int:pk>/", imports.file, name="file"),
    path("files/<int:pk>/mend/", imports.mend, name="file_mend"),
    path("files/<int:pk>/write/", imports.write, name="file_write"),
    path("files/<int:pk>/undo/", imports.undo, name="file_undo"),
    path("files/<int:pk>/drop/", imports.drop, name="file_drop"),
    path("files/<int:pk>/marked.xlsx", exports.marked, name="file_marked"),
    path("tree.xlsx", exports.tree, name="tree"),
    path("template.xlsx", exports.template, name="template"),
    path("oneroster.zip", exports.orgs, name="oneroster"),
    path("<int:pk>/", views.unit_card, name="card"),
    path("<int:pk>/describe/", editing.describe, name="describe"),
    path("<int:pk>/rename/", editing.rename, name="rename"),
    path("<int:pk>/move/", editing.move, name="move"),
    path("<int:pk>/close/", editing.close, name="close"),
    path("<int:pk>/merge/", editing.merge, name="merge"),
    path("<int:pk>/events/<slug:kind>/<slug:day>/", editing.event, name="event"),
]
