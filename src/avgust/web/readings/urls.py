"""Addresses of reports on results: a page each, and its file under the same name with a format."""

from __future__ import annotations

from django.urls import path

from avgust.web.readings import advice_pages, batch_pages, pupil_pages, views

app_name = "readings"

urlpatterns = [
    path("<int:pk>/passport/", views.passport, name="passport"),
    path("<int:pk>/passport.<str:form>", views.passport, name="passport_file"),
    path("<int:pk>/territory/<int:unit>/", views.territory, name="territory"),
    path("<int:pk>/territory/<int:unit>.<str:form>", views.territory, name="territory_file"),
    path("<int:pk>/request/<int:unit>/", views.development, name="request"),
    path("<int:pk>/request/<int:unit>.<str:form>", views.development, name="request_file"),
    path("<int:pk>/school/<int:unit>/", views.school, name="school"),
    path("<int:pk>/school/<int:unit>.<str:form>", views.school, name="school_file"),
    path("<int:pk>/class/<int:unit>/", views.school_class, name="class"),
    path("<int:pk>/class/<int:unit>.<str:form>", views.school_class, name="class_file"),
    path("<int:pk>/pupils/<int:unit>/", pupil_pages.pupils, name="pupils"),
    path("<int:pk>/pupils/<int:unit>.pdf", pupil_pages.sheets, name="sheets"),
    path("<int:pk>/pupils/<int:unit>/<slug:key>/", pupil_pages.pupil, name="pupil"),
    path("<int:pk>/pupils/<int:unit>/<slug:key>.<str:form>", pupil_pages.pupil, name="pupil_file"),
    path("<int:pk>/all/<int:unit>/", batch_pages.ask, name="ask"),
    path("all/<int:pk>/", batch_pages.batch, name="batch"),
    path("all/<int:pk>/reports.zip", batch_pages.archive, name="archive"),
    path("recommendations/", advice_pages.start, name="advice_start"),
    path("recommendations/<int:unit>/", advice_pages.advice, name="advice"),
    path("recommendations/<int:unit>.json", advice_pages.package, name="advice_package"),
    path("recommendations/<int:unit>/<str:code>/", advice_pages.words, name="words"),
]
