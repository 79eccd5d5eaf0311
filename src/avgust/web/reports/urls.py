"""Addresses of reports."""

from __future__ import annotations

from django.urls import path

from avgust.web.reports import exports, return_pages, views

app_name = "reports"

urlpatterns = [
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/report.docx", exports.docx, name="docx"),
    path("<int:pk>/report.pdf", exports.pdf, name="pdf"),
    path("<int:pk>/report.xlsx", exports.xlsx, name="xlsx"),
    path("<int:pk>/draft.docx", exports.draft, name="draft"),
    path("<int:pk>/send-back/", return_pages.send_back, name="send_back"),
    path("returned/<int:pk>/", return_pages.returned, name="returned"),
    path("returned/<int:pk>/apply/", return_pages.apply_returned, name="returned_apply"),
    path("returned/<int:pk>/drop/", return_pages.drop_returned, name="returned_drop"),
    path("returned/<int:pk>/refused.xlsx", return_pages.refused, name="returned_refused"),
]
