"""Schools by size and mean: what differs by more than the chance of small numbers."""

from __future__ import annotations

from typing import Final

import numpy as np

from avgust.domain.assessment.interpretation.charts.words import CONCLUSION, MEAN, NAME, PUPILS
from avgust.domain.assessment.interpretation.schools import Distribution, SchoolPoint
from avgust.domain.charts.canvas import Canvas, Scale
from avgust.domain.charts.chart import Chart
from avgust.domain.charts.numbers import number
from avgust.domain.charts.table import Table
from avgust.domain.messages import Message, mark

HEIGHT: Final = 250.0
FOOT: Final = 24.0
Z: Final = (1.959963984540054, 2.5758293035489004)  # limits of 95 and 99 per cent


def funnel(found: Distribution, own: str = "", *, named: bool = True) -> Chart:
    """Paint schools by number of pupils with two-level limits around the mean."""
    points = [p for p in found.points if np.isfinite(p.mean)]
    outside = [p for p in points if _outside(found, p)]

    def paint(canvas: Canvas, language: str) -> None:
        _paint(canvas, language, found, points, own)

    return Chart(
        title=Message(mark("Mean score by number of pupils")),
        reading=_reading(found, points, outside, own),
        note=Message(
            mark(
                "Curves: limits within which 95 and 99 per cent of schools lie when they differ "
                "as the two-level model says. Schools: %(schools)d."
            ),
            {"schools": len(points)},
        ),
        table=_table(found, outside if named else [], own),
        height=HEIGHT,
        paint=paint,
    )


def _outside(found: Distribution, point: SchoolPoint) -> bool:
    low, high = found.limits(np.array([float(point.n)]), Z[1])
    return bool(point.mean < low[0] or point.mean > high[0])


def _reading(found: Distribution, points: list[SchoolPoint], outside: list[SchoolPoint], own: str) -> Message:
    if not np.isfinite(found.between):
        return Message(mark("Too few schools for limits: the picture shows means and sizes only."))
    if own:
        beyond = any(p.name == own for p in outside)
        return Message(
            mark("The school lies outside the limits of chance.")
            if beyond
            else mark("The school lies within the limits that its size allows.")
        )
    if not outside:
        values = {"all": len(points)}
        return Message(mark("None of %(all)d schools lies outside the 99 per cent limits."), values)
    return Message(
        mark("Outside the 99 per cent limits lie %(n)d of %(all)d schools: look there first, high ones too."),
        {"n": len(outside), "all": len(points)},
    )


def _paint(canvas: Canvas, language: str, found: Distribution, points: list[SchoolPoint], own: str) -> None:
    largest = max((p.n for p in points), default=1)
    x = Scale(0, largest * 1.04, 6, 99)
    sizes = np.linspace(max(largest / 60, 2.0), largest * 1.04, 60)
    curves = [found.limits(sizes, z) for z in Z] if np.isfinite(found.between) else []
    means = [p.mean for p in points] or [0.0]
    low, high = min(means), max(means)
    if curves:
        wide = curves[0]
        low, high = min(low, float(wide[0][3])), max(high, float(wide[1][3]))
    y = Scale(low - 0.02 * (high - low), high + 0.02 * (high - low), HEIGHT - FOOT - 4, 12)
    for tick in y.ticks(6):
        canvas.line(0, y(tick), 100, y(tick), "grid")
        canvas.text(0, y(tick) - 4, number(tick, 0 if tick == int(tick) else 1).render(language))
    canvas.line(0, HEIGHT - FOOT, 100, HEIGHT - FOOT, "axis")
    for tick in x.ticks(6):
        if tick:
            canvas.text(x(tick), HEIGHT - 8, number(tick, 0).render(language), anchor="middle")
    canvas.text(6, HEIGHT - 8, Message(mark("pupils:")).render(language))
    canvas.line(6, y(found.mean), 100, y(found.mean), "ch-mean")
    for pair in curves:
        for limit in pair:
            inside = [(x(s), y(v)) for s, v in zip(sizes, limit, strict=True) if y.low <= v <= y.high]
            canvas.curve(inside, "ch-limit")
    for point in points:
        if point.name != own:
            canvas.dot(x(point.n), y(point.mean), 3, "ch-near" if _outside(found, point) else "ch-far")
    for point in points:
        if point.name == own:
            canvas.square(x(point.n), y(point.mean), 10, "ch-own")


def _table(found: Distribution, outside: list[SchoolPoint], own: str) -> Table:
    shown = list(outside)
    if own and all(p.name != own for p in shown):
        shown.append(found.point(own))
    rows = []
    for point in sorted(shown, key=lambda p: p.name):
        low, high = found.limits(np.array([float(point.n)]), Z[1])
        word = (
            Message(mark("below the limits"))
            if point.mean < low[0]
            else Message(mark("above the limits"))
            if point.mean > high[0]
            else Message(mark("within the limits"))
        )
        rows.append(
            (point.name, point.n, number(point.mean), number(float(low[0])), number(float(high[0])), word)
        )
    return Table(
        Message(mark("Schools outside the limits, in alphabetical order")),
        (NAME, PUPILS, MEAN, Message(mark("Lower limit")), Message(mark("Upper limit")), CONCLUSION),
        tuple(rows),
    )
