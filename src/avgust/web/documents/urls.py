"""Addresses of documents."""

from __future__ import annotations

from django.urls import path

from avgust.web.documents import reviewing, views, whom

app_name = "documents"

urlpatterns = [
    path("", views.document_list, name="list"),
    path("upload/", views.upload, name="upload"),
    path("<int:pk>/", reviewing.review, name="review"),
    path("<int:pk>/correct/", reviewing.correct, name="correct"),
    path("<int:pk>/understood/", reviewing.understood, name="understood"),
    path("<int:pk>/who/", whom.whom, name="whom"),
    path("<int:pk>/undo/", reviewing.undo, name="undo"),
    path("<int:pk>/redo/", reviewing.redo, name="redo"),
    path("<int:pk>/describe/", views.describe, name="describe"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/file/", views.original, name="file"),
    path("<int:pk>/gold.json", views.gold, name="gold"),
]
