"""Characteristic curve of an item: expected points by ability, and what groups of pupils really got."""

from __future__ import annotations

from typing import Final

import numpy as np

from avgust.domain.assessment.interpretation.passport.model import Curve, Fault, ItemPassport
from avgust.domain.charts.canvas import Canvas, Scale
from avgust.domain.charts.chart import Chart
from avgust.domain.charts.numbers import number, percent
from avgust.domain.charts.table import Table
from avgust.domain.messages import Message, mark

HEIGHT: Final = 150.0
FOOT: Final = 20.0


def item_curve(curve: Curve, passport: ItemPassport) -> Chart:
    """Paint one item: the line is the model, dots are groups of pupils."""

    def paint(canvas: Canvas, language: str) -> None:
        _paint(canvas, language, curve)

    rows = tuple(
        (number(a, 2), n, percent(share), percent(_model(curve, a))) for a, share, n in curve.observed
    )
    heads = (
        Message(mark("Ability of the group, logits")),
        Message(mark("Pupils")),
        Message(mark("Points got, %")),
        Message(mark("Expected, %")),
    )
    return Chart(
        title=Message(mark("Item %(item)s"), {"item": curve.item.name}),
        reading=_reading(curve, passport),
        note=Message(mark("Line: expected share of points; dots: groups of pupils.")),
        table=Table(Message(mark("Item %(item)s"), {"item": curve.item.name}), heads, rows),
        height=HEIGHT,
        paint=paint,
        small=True,
    )


def _model(curve: Curve, ability: float) -> float:
    return float(np.interp(ability, curve.theta, curve.expected))


def _reading(curve: Curve, passport: ItemPassport) -> Message:
    said = {"item": curve.item.name, "share": percent(passport.classical.difficulty)}
    if Fault.NEGATIVE in passport.faults:
        return Message(mark("Item %(item)s: strong pupils do it worse than weak ones."), said)
    if Fault.MISFIT in passport.faults:
        return Message(
            mark("Item %(item)s: pupils' points stray from the curve, something else answers it too."), said
        )
    if Fault.WEAK in passport.faults:
        return Message(mark("Item %(item)s hardly tells strong pupils from weak ones."), said)
    return Message(mark("Item %(item)s works as expected; %(share)s %% of points are got."), said)


def _paint(canvas: Canvas, language: str, curve: Curve) -> None:
    x = Scale(-4, 4, 2, 98)
    y = Scale(0, 1, HEIGHT - FOOT, 10)
    for tick in (0.0, 0.5, 1.0):
        canvas.line(0, y(tick), 100, y(tick), "grid" if tick else "axis")
        if tick:
            canvas.text(0, y(tick) + (12 if tick == 1 else -3), percent(tick).render(language))
    for tick in (-3, 0, 3):
        canvas.text(x(tick), HEIGHT - 5, number(tick, 0).render(language), anchor="middle")
    points = zip(curve.theta, curve.expected, strict=True)
    canvas.curve([(x(float(a)), y(float(share))) for a, share in points], "ch-curve")
    for ability, share, _n in curve.observed:
        if -4 <= ability <= 4:
            canvas.dot(x(ability), y(share), 3.5, "ch-item")
