"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from avgust.web.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/open/", views.open_notice, name="open"),
    path("settings/", views.choices, name="settings"),
    path("settings/calendar/", views.renew_calendar, name="renew_calendar"),
    path("settings/calendar/off/", views.take_back_calendar, name="take_back_calendar"),
    path("settings/quiet/<int:pk>/", views.quiet_hours, name="quiet_hours"),
]
