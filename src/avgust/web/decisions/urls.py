"""Addresses of decisions and causes."""

from __future__ import annotations

from django.urls import path

from avgust.web.decisions import cards, causes, exports, lists, typing_pages, uploading

app_name = "decisions"

urlpatterns = [
    path("", lists.decision_list, name="list"),
    path("decisions.xlsx", exports.xlsx, name="xlsx"),
    path("type/", typing_pages.typed, name="type"),
    path("type/understood/", typing_pages.understood_row, name="understood"),
    path("upload/", uploading.upload, name="upload"),
    path("of-document/<int:pk>/", uploading.of_document, name="of_document"),
    path("causes/", lists.cause_list, name="causes"),
    path("causes/new/", causes.new, name="new_cause"),
    path("causes/<int:pk>/", causes.cause, name="cause"),
    path("causes/<int:pk>/edit/", causes.edit, name="edit_cause"),
    path("causes/<int:pk>/delete/", causes.delete, name="delete_cause"),
    path("<int:pk>/", cards.decision, name="decision"),
    path("<int:pk>/link/", cards.link, name="link"),
    path("unlink/<int:pk>/", cards.unlink, name="unlink"),
]
