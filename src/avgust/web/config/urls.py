"""Addresses, station by station."""

from __future__ import annotations

from django.urls import include, path

from avgust.web.notices.views import calendar_feed, caught_mail

urlpatterns = [
    path("", include("avgust.web.ui.urls")),
    path("", include("avgust.web.portal.urls")),
    path("", include("avgust.web.api.urls")),
    path("accounts/", include("avgust.web.accounts.urls")),
    path("territory/", include("avgust.web.territory.urls")),
    path("people/", include("avgust.web.people.urls")),
    path("documents/", include("avgust.web.documents.urls")),
    path("notices/", include("avgust.web.notices.urls")),
    path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed"),
    path("demo/mail/", caught_mail, name="caught_mail"),
    path("files/", include("avgust.web.prepared.urls")),
    path("journal/", include("avgust.web.journal.urls")),
    path("reports/", include("avgust.web.reports.urls")),
    path("projects/", include("avgust.web.projects.urls")),
    path("acts/", include("avgust.web.acts.urls")),
    path("decisions/", include("avgust.web.decisions.urls")),
    path("readings/", include("avgust.web.readings.urls")),
    path("results/", include("avgust.web.assessments.urls")),
    path("control/", include("avgust.web.control.urls")),
    path("programmes/", include("avgust.web.programmes.urls")),
]

handler400 = "avgust.web.ui.errors.bad_request"
handler403 = "avgust.web.ui.errors.permission_denied"
handler404 = "avgust.web.api.problems.not_found"
handler500 = "avgust.web.ui.errors.server_error"
