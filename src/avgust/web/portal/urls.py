"""Addresses of public pages; those of others' links, kept for ever (docs/open-data.md)."""

from __future__ import annotations

from django.urls import path

from avgust.web.portal import choosing, contacts, views

app_name = "portal"

urlpatterns = [
    path("public/", views.index, name="index"),
    path("public/<int:pk>/", views.page, name="page"),
    path("public/<int:pk>/measures.csv", views.measures_csv, name="csv"),
    path("public/<int:pk>/measures.json", views.measures_json, name="json"),
    path("public/<int:pk>/measures/<int:measure>/", views.measure, name="measure"),
    path("public/<int:pk>/choice/", choosing.choose, name="choose"),
    path("public/<int:pk>/withdraw/", choosing.withdraw, name="withdraw"),
    path("public/contacts/<int:pk>/", contacts.contact, name="contact"),
    path("embed/<int:pk>/", views.embed, name="embed"),
]
