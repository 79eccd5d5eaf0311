"""Addresses of control."""

from __future__ import annotations

from django.urls import path

from avgust.web.control import board, covering

app_name = "control"

urlpatterns = [
    path("", board.board, name="board"),
    path("decide/", board.decide_many, name="decide_many"),
    path("programmes/<int:pk>/", covering.programme, name="programme"),
    path("measures/<int:pk>/", covering.measure, name="measure"),
]
