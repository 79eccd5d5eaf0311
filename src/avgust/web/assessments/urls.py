"""Addresses of results."""

from __future__ import annotations

from django.urls import path

from avgust.web.assessments import uploads, views
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
    path("<int:pk>/", views.work, name="work"),
    path("<int:pk>/table/", drafts.send_table, name="send_table"),
    path("<int:pk>/upload/", uploads.send, name="send"),
    path("<int:pk>/specification/", views.specify, name="specify"),
    path("<int:pk>/specification.xlsx", views.specification_file, name="specification"),
]
