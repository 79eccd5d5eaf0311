"""Addresses of people. No address carries a name or an e-mail."""

from __future__ import annotations

from django.urls import path

from avgust.web.people import files, keeping, views

app_name = "people"

urlpatterns = [
    path("", views.people_list, name="list"),
    path("invite/", views.invite, name="invite"),
    path("import/", files.take, name="import"),
    path("import/write/", files.write, name="import_write"),
    path("people.xlsx", files.xlsx, name="xlsx"),
    path("template.xlsx", files.template, name="template"),
    path("<int:pk>/", views.card, name="card"),
    path("<int:pk>/appoint/", views.appoint, name="appoint"),
    path("posts/<int:pk>/end/", views.end_post, name="end_post"),
    path("<int:pk>/invite-again/", views.invite_again, name="invite_again"),
    path("<int:pk>/correct/", keeping.correct, name="correct"),
    path("<int:pk>/block/", keeping.block, name="block"),
    path("<int:pk>/unblock/", keeping.unblock, name="unblock"),
    path("<int:pk>/second-factor/", keeping.reset_second_factor, name="reset_second_factor"),
    path("<int:pk>/erase/", keeping.erase, name="erase"),
]
