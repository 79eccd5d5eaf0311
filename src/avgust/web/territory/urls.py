"""Addresses of the territory."""

from __future__ import annotations

from django.urls import path

from avgust.web.territory import views

app_name = "territory"

urlpatterns = [
    path("", views.unit_list, name="list"),
    path("<int:pk>/", views.unit_card, name="card"),
]
