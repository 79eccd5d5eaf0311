"""Schools by mean score with intervals: whether one's own differs from the rest at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from avgust.domain.assessment.interpretation.charts.words import (
    AGAINST,
    CONCLUSION,
    FROM,
    MEAN,
    NAME,
    PUPILS,
    TO,
)
from avgust.domain.assessment.interpretation.schools import Distribution, SchoolPoint, Verdict
from avgust.domain.charts.canvas import Canvas, Scale
from avgust.domain.charts.chart import Chart
from avgust.domain.charts.numbers import number
from avgust.domain.charts.table import Table
from avgust.domain.messages import Message, mark

HEIGHT: Final = 230.0
OWN_READING: Final = {
    Verdict.BELOW: mark("The whole interval of the school lies below the mean of the territory."),
    Verdict.AS: mark(
        "The interval of the school covers the mean of the territory: its place among schools means nothing."
    ),
    Verdict.ABOVE: mark("The whole interval of the school lies above the mean of the territory."),
    Verdict.TOO_FEW: mark("Too few pupils wrote the work for a comparison with other schools."),
}


def caterpillar(
    found: Distribution, own: str = "", similar: Collection[str] = (), *, named: bool = True
) -> Chart:
    """Paint the schools; `own` is a square, `similar` are black. Not `named`: its table is one's own only."""
    points = sorted((p for p in found.points if p.n), key=lambda p: (p.mean, p.name))

    def paint(canvas: Canvas, language: str) -> None:
        _paint(canvas, language, points, found, own, frozenset(similar))

    return Chart(
        title=Message(mark("Schools by mean score with 95 per cent intervals")),
        reading=_reading(found, own),
        note=Message(
            mark(
                "A stroke is the 95 per cent interval of a school's mean. Schools: %(schools)d, "
                "pupils: %(n)d. The list is in the order of means and is no ranking."
            ),
            {"schools": len(points), "n": found.n},
        ),
        table=_table(points, found, own, named=named),
        height=HEIGHT,
        paint=paint,
    )


def _reading(found: Distribution, own: str) -> Message:
    if own:
        return Message(OWN_READING[found.point(own).verdict])
    counts = {verdict: sum(p.verdict is verdict for p in found.points) for verdict in Verdict}
    return Message(
        mark(
            "Of %(all)d schools, %(below)d lie below the mean of the territory and %(above)d "
            "above it; the others cannot be told apart from it."
        ),
        {"all": len(found.points), "below": counts[Verdict.BELOW], "above": counts[Verdict.ABOVE]},
    )


def _paint(
    canvas: Canvas,
    language: str,
    points: Sequence[SchoolPoint],
    found: Distribution,
    own: str,
    similar: frozenset[str],
) -> None:
    compared = [p for p in points if p.verdict is not Verdict.TOO_FEW]
    low = min((p.low for p in compared), default=min((p.mean for p in points), default=0.0))
    high = max((p.high for p in compared), default=max((p.mean for p in points), default=1.0))
    y = Scale(low, high, HEIGHT - 8, 18)
    for tick in y.ticks(6):
        canvas.line(0, y(tick), 100, y(tick), "grid")
        canvas.text(0, y(tick) - 4, number(tick, 0 if tick == int(tick) else 1).render(language))
    step = 92 / max(len(points), 1)
    for place, point in enumerate(points):
        x = 6 + step * (place + 0.5)
        if point.name == own:
            continue
        kind = "ch-near" if point.name in similar else "ch-far"
        if point.verdict is Verdict.TOO_FEW:
            canvas.dot(x, min(max(y(point.mean), 18), HEIGHT - 8), 2.5, "ch-hollow")
            continue
        canvas.line(x, y(point.low), x, y(point.high), f"{kind}-l")
        canvas.dot(x, y(point.mean), 2.5, kind)
    canvas.line(0, y(found.mean), 100, y(found.mean), "ch-mean")
    words = Message(mark("territory %(mean)s"), {"mean": number(found.mean)}).render(language)
    canvas.text(100, y(found.mean) + 16, words, "em halo", anchor="end")
    for place, point in enumerate(points):
        if point.name == own:
            _own(canvas, language, 6 + step * (place + 0.5), point, y)


def _own(canvas: Canvas, language: str, x: float, point: SchoolPoint, y: Scale) -> None:
    canvas.line(x, y(point.low), x, y(point.high), "ch-own-l")
    canvas.square(x, y(point.mean), 9, "ch-own")
    words = Message(mark("our school %(mean)s"), {"mean": number(point.mean)}).render(language)
    anchor = "start" if x < 60 else "end"
    canvas.text(x, max(y(point.high) - 6, 12), words, "act halo", anchor=anchor, dx=-4 if x < 60 else 4)


def _table(points: Sequence[SchoolPoint], found: Distribution, own: str, *, named: bool) -> Table:
    shown = sorted(points, key=lambda p: p.name) if named else [p for p in points if p.name == own]
    rows = [(p.name, p.n, number(p.mean), number(p.low), number(p.high), AGAINST[p.verdict]) for p in shown]
    whole = (Message(mark("Territory")), found.n, number(found.mean), None, None, None)
    return Table(
        Message(mark("Mean scores of schools with intervals, in alphabetical order")),
        (NAME, PUPILS, MEAN, FROM, TO, CONCLUSION),
        (*rows, whole),
    )
