"""Addresses of control."""

from __future__ import annotations

from django.urls import path

from avgust.web.control import (
    board,
    cards,
    covering,
    errand_pages,
    evidence_pages,
    mine,
    report_pages,
    requiring,
    starting_pages,
)

app_name = "control"

urlpatterns = [
    path("", board.board, name="board"),
    path("decide/", board.decide_many, name="decide_many"),
    path("programmes/<int:pk>/", covering.programme, name="programme"),
    path("measures/<int:pk>/", covering.measure, name="measure"),
    path("measures/<int:pk>/requirement/", requiring.requirement, name="requirement"),
    path("measures/<int:pk>/start/", starting_pages.start, name="start"),
    path("mine/", mine.mine, name="mine"),
    path("<int:pk>/", cards.assignment, name="assignment"),
    path("<int:pk>/act/", cards.act, name="act"),
    path("<int:pk>/report/", report_pages.report, name="report"),
    path("<int:pk>/errands/", errand_pages.give, name="give"),
    path("errands/<int:pk>/", errand_pages.errand, name="errand"),
    path("evidence/<int:pk>/", evidence_pages.evidence, name="evidence"),
    path("evidence/<int:pk>/picture/", evidence_pages.picture, name="picture"),
]
