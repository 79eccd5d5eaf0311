"""Addresses of the territory."""

from __future__ import annotations

from django.urls import path

from avgust.web.territory import editing, views

app_name = "territory"

urlpatterns = [
    path("", views.unit_list, name="list"),
    path("add/", editing.add, name="add"),
    path("<int:pk>/", views.unit_card, name="card"),
    path("<int:pk>/describe/", editing.describe, name="describe"),
    path("<int:pk>/rename/", editing.rename, name="rename"),
    path("<int:pk>/move/", editing.move, name="move"),
    path("<int:pk>/close/", editing.close, name="close"),
    path("<int:pk>/merge/", editing.merge, name="merge"),
    path("<int:pk>/events/<slug:kind>/<slug:day>/", editing.event, name="event"),
]
