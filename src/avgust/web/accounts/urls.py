"""Addresses of sign-in and the account."""

from __future__ import annotations

from django.urls import include, path

from avgust.web.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("demo/", views.demo_sign_in, name="demo_sign_in"),
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("", include("allauth.urls")),
]
