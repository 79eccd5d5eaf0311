"""Addresses of reports on results: a page each, and its file under the same name with a format."""

from __future__ import annotations

from django.urls import path

from avgust.web.readings import views

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
]
