"""Addresses of reports."""

from __future__ import annotations

from django.urls import path

from avgust.web.reports import views

app_name = "reports"

urlpatterns = [
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/report.docx", views.docx, name="docx"),
    path("<int:pk>/report.pdf", views.pdf, name="pdf"),
    path("<int:pk>/report.xlsx", views.xlsx, name="xlsx"),
    path("<int:pk>/draft.docx", views.draft, name="draft"),
]
