"""Addresses of prepared files."""

from __future__ import annotations

from django.urls import path

from avgust.web.prepared import views

app_name = "prepared"

urlpatterns = [
    path("", views.file_list, name="list"),
    path("<int:pk>/", views.file, name="file"),
    path("<int:pk>/file/", views.download, name="download"),
]
