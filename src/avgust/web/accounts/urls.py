"""Addresses of sign-in and the account."""

from __future__ import annotations

from django.urls import include, path

from avgust.web.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("", include("allauth.urls")),
]
