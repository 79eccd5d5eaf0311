"""Addresses of the shared pages."""

from __future__ import annotations

from django.urls import path

from avgust.web.ui import views

urlpatterns = [
    path("", views.home, name="home"),
    path("language/", views.choose_language, name="choose_language"),
    path("theme/", views.choose_theme, name="choose_theme"),
    path("keys/", views.choose_keys, name="choose_keys"),
]
