"""Shares of marks side by side: the school, comparable schools, the territory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from avgust.domain.assessment.interpretation.marks import Marks
from avgust.domain.charts.canvas import Canvas
from avgust.domain.charts.chart import Chart
from avgust.domain.charts.numbers import number, percent
from avgust.domain.charts.table import Table
from avgust.domain.messages import Message, mark

ROW: Final = 46.0
BAR: Final = 24.0
NARROW: Final = 0.05  # of the width; a figure does not fit in less


def mark_bars(rows: Sequence[tuple[Message, Marks]], z: float) -> Chart:
    """Paint a bar for each row; the first is one's own and is compared with the last."""

    def paint(canvas: Canvas, language: str) -> None:
        for place, (name, marks) in enumerate(rows):
            _bar(canvas, language, place * ROW, name, marks)

    return Chart(
        title=Message(mark("Shares of marks")),
        reading=_reading(rows[0][1], rows[-1][1], z) if len(rows) > 1 else _alone(rows[0][1]),
        note=Message(mark("From left to right: “2”, “3”, “4”, “5”, per cent.")),
        table=Table(
            Message(mark("Shares of marks, per cent")),
            (Message(mark("Whose results")), Message(mark("Pupils")), "«2»", "«3»", "«4»", "«5»"),
            tuple((name, marks.n, *(percent(share, 1) for share in marks.shares)) for name, marks in rows),
        ),
        height=ROW * len(rows),
        paint=paint,
    )


def _alone(own: Marks) -> Message:
    return Message(mark("%(share)s %% of pupils have mark “2”."), {"share": percent(own.shares[0])})


def _reading(own: Marks, other: Marks, z: float) -> Message:
    difference = own.shares[0] - other.shares[0]
    error = float(np.hypot(own.lowest_error, other.lowest_error))
    said = {
        "share": percent(own.shares[0]),
        "other": percent(other.shares[0]),
        "points": number(100 * abs(difference), 0),
    }
    if abs(difference) <= z * error:
        return Message(
            mark(
                "Mark “2” was given to %(share)s %% of pupils, in the territory to %(other)s %%; "
                "the difference is within the error."
            ),
            said,
        )
    if difference > 0:
        return Message(
            mark(
                "Mark “2” was given to %(share)s %% of pupils, %(points)s points more than in the territory."
            ),
            said,
        )
    return Message(
        mark("Mark “2” was given to %(share)s %% of pupils, %(points)s points fewer than in the territory."),
        said,
    )


def _bar(canvas: Canvas, language: str, top: float, name: Message, marks: Marks) -> None:
    canvas.text(0, top + 13, name.render(language), "em")
    at, y = 0.0, top + 18
    for kind, share in zip(("ch-m2", "ch-m3", "ch-m4", "ch-m5"), marks.shares, strict=True):
        if share:
            canvas.box(at, y, 100 * share, BAR, kind)
        if share >= NARROW:
            on_ink = kind in ("ch-m5",)
            words = percent(share).render(language)
            canvas.text(at + 50 * share, y + 17, words, "ch-onink" if on_ink else "em halo", anchor="middle")
        at += 100 * share
    canvas.box(0, y, 100, BAR, "ch-edge")
