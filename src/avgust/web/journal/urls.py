"""Addresses of the journal."""

from __future__ import annotations

from django.urls import path

from avgust.web.journal import exports, views

app_name = "journal"
urlpatterns = [
    path("", views.entry_list, name="list"),
    path("journal.xlsx", exports.xlsx, name="xlsx"),
    path("<int:pk>/", views.entry, name="entry"),
]
