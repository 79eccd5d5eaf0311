"""A school and its territory over the years, with the intervals of the school."""

from __future__ import annotations

from typing import Final

from avgust.domain.assessment.interpretation.trend import Trend, TrendPoint
from avgust.domain.charts.canvas import Canvas, Scale
from avgust.domain.charts.chart import Chart
from avgust.domain.charts.numbers import percent
from avgust.domain.charts.table import Table
from avgust.domain.messages import Message, mark

HEIGHT: Final = 210.0
FOOT: Final = 26.0


def trend_chart(trend: Trend, reading: Message, z: float) -> Chart:
    """Paint the years; a year that may not be compared stands hollow and no line leads to it."""

    def paint(canvas: Canvas, language: str) -> None:
        _paint(canvas, language, trend.points, z)

    return Chart(
        title=Message(mark("Share of points by year")),
        reading=reading,
        note=Message(
            mark(
                "Squares: the school with its 95 per cent interval; dots: the territory. Hollow: other "
                "content was asked, not to be compared."
            )
        ),
        table=_table(trend.points, z),
        height=HEIGHT,
        paint=paint,
    )


def _table(points: tuple[TrendPoint, ...], z: float) -> Table:
    heads = (
        Message(mark("Year")),
        Message(mark("Pupils")),
        Message(mark("Points got, %")),
        Message(mark("Lower end")),
        Message(mark("Upper end")),
        Message(mark("Territory, %")),
        Message(mark("“2”, %")),
        Message(mark("Comparable")),
    )
    rows = tuple(
        (
            p.label,
            p.n,
            percent(p.share, 1),
            percent(p.interval(z).low, 1),
            percent(p.interval(z).high, 1),
            percent(p.territory, 1),
            None if p.lowest is None else percent(p.lowest, 1),
            Message(mark("yes")) if p.comparable else Message(mark("no: other content was asked")),
        )
        for p in points
    )
    return Table(Message(mark("Results by year")), heads, rows)


def _paint(canvas: Canvas, language: str, points: tuple[TrendPoint, ...], z: float) -> None:
    ends = [value for p in points for value in (p.interval(z).low, p.interval(z).high, p.territory)]
    known = [value for value in ends if value == value] or [0.0, 1.0]  # noqa: PLR0124 - nan
    y = Scale(100 * min(known) - 2, 100 * max(known) + 2, HEIGHT - FOOT, 14)
    for tick in y.ticks(5):
        canvas.line(0, y(tick), 100, y(tick), "grid")
        canvas.text(0, y(tick) - 4, percent(tick / 100).render(language))
    canvas.line(0, HEIGHT - FOOT, 100, HEIGHT - FOOT, "axis")
    places = [14 + 72 * (k + 0.5) / len(points) for k in range(len(points))]
    alike = [(x, p) for x, p in zip(places, points, strict=True) if p.comparable]
    canvas.curve([(x, y(100 * p.territory)) for x, p in alike], "ch-limit")
    canvas.curve([(x, y(100 * p.share)) for x, p in alike], "ch-curve")
    for x, p in zip(places, points, strict=True):
        canvas.text(x, HEIGHT - 8, p.label, anchor="middle")
        canvas.dot(x, y(100 * p.territory), 3, "ch-near")
        interval = p.interval(z)
        if interval.low == interval.low:
            canvas.line(x, y(100 * interval.low), x, y(100 * interval.high), "ch-own-l")
        canvas.square(x, y(100 * p.share), 10, "ch-own" if p.comparable else "ch-hollow")
    last = points[-1]
    own, theirs = y(100 * last.share), y(100 * last.territory)
    apart = 0 if abs(own - theirs) > 16 else 14
    up = own <= theirs
    canvas.text(
        places[-1], own + (-apart / 2 if up else apart / 2) + 4, Message(mark("school")).render(language),
        "act halo", dx=10,
    )  # fmt: skip
    canvas.text(
        places[-1], theirs + (apart / 2 if up else -apart / 2) + 4,
        Message(mark("territory")).render(language), "em halo", dx=10,
    )  # fmt: skip
