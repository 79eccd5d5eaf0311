"""Addresses of sign-in and the account."""

from __future__ import annotations

from django.urls import include, path

from avgust.web.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
    path("demo/", views.demo_sign_in, name="demo_sign_in"),
    path("login/", views.SignIn.as_view(), name="account_login"),
    # allauth's, one by one: what its next version adds opens no door here
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("3rdparty/", include("allauth.socialaccount.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
