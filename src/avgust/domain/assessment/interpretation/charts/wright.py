"""Wright map: pupils and items on one scale; where the work measures and where nobody is."""

from __future__ import annotations

from typing import Final

import numpy as np

from avgust.domain.assessment.interpretation.passport.model import Scale as Logits
from avgust.domain.charts.canvas import Canvas, Scale
from avgust.domain.charts.chart import Chart
from avgust.domain.charts.numbers import number
from avgust.domain.charts.table import Table
from avgust.domain.messages import Message, mark

HEIGHT: Final = 340.0
LINE: Final = 15.0  # pixels between labels of items
BARS: Final = 24
SPLIT: Final = 46.0  # percent of the width for pupils
OFF: Final = 1.0  # logits between the means of pupils and items that are too many


def wright_map(found: Logits) -> Chart:
    """Paint abilities to the left, thresholds of items to the right."""

    def paint(canvas: Canvas, language: str) -> None:
        _paint(canvas, language, found)

    rows = tuple((name, number(value, 2)) for name, value in sorted(found.thresholds, key=lambda t: -t[1]))
    return Chart(
        title=Message(mark("Pupils and items on one scale (Wright map)")),
        reading=_reading(found),
        note=Message(
            mark(
                "Left: pupils by ability, right: thresholds of items (item/points), in logits; "
                "the mean of items is 0. Pupils: %(n)d."
            ),
            {"n": found.n},
        ),
        table=Table(
            Message(mark("Thresholds of items, the hardest first")),
            (Message(mark("Item and points")), Message(mark("Threshold, logits"))),
            rows,
        ),
        height=HEIGHT,
        paint=paint,
    )


def _reading(found: Logits) -> Message:
    said = {"mean": number(abs(found.mean), 1)}
    if found.mean > OFF:
        return Message(
            mark("The work is easy for these pupils: on average they stand %(mean)s logits above its items."),
            said,
        )
    if found.mean < -OFF:
        return Message(
            mark("The work is hard for these pupils: on average they stand %(mean)s logits below its items."),
            said,
        )
    if found.gaps:
        low, high = max(found.gaps, key=lambda gap: gap[1] - gap[0])
        return Message(
            mark("Items and pupils meet, but no item measures between %(low)s and %(high)s logits."),
            {"low": number(low), "high": number(high)},
        )
    return Message(mark("Items stand where the pupils are: the work measures the weak and the strong alike."))


def _paint(canvas: Canvas, language: str, found: Logits) -> None:
    values = [value for _name, value in found.thresholds]
    low = min([*values, found.quantile(0.005)])
    high = max([*values, found.quantile(0.995)])
    y = Scale(low - 0.2, high + 0.2, HEIGHT - 10, 14)
    for tick in y.ticks(8):
        canvas.line(0, y(tick), 100, y(tick), "grid")
        canvas.text(0, y(tick) - 3, number(tick, 0 if tick == int(tick) else 1).render(language))
    counts, edges = np.histogram(
        found.abilities, bins=np.linspace(y.low, y.high, BARS + 1), weights=found.counts
    )
    most = max(int(counts.max(initial=1)), 1)
    for count, bottom, top in zip(counts, edges[:-1], edges[1:], strict=True):
        width = (SPLIT - 8) * int(count) / most
        if count:
            canvas.box(
                SPLIT - width, y(float(top)) + 1, width, y(float(bottom)) - y(float(top)) - 2, "ch-bar"
            )
    canvas.line(SPLIT, 4, SPLIT, HEIGHT - 4, "axis")
    _items(canvas, found, y)


def _items(canvas: Canvas, found: Logits, y: Scale) -> None:
    """Write labels in rows of LINE pixels; those that share a row stand beside each other."""
    rows: dict[int, list[tuple[str, float]]] = {}
    for name, value in sorted(found.thresholds, key=lambda t: t[1]):
        canvas.line(SPLIT, y(value), SPLIT + 1.5, y(value), "ch-own-l")
        rows.setdefault(int(y(value) // LINE), []).append((name, value))
    for row, names in rows.items():
        shown = [name for name, _value in names]
        words = "  ".join(shown[:5]) + (" …" if len(shown) > 5 else "")
        canvas.text(SPLIT + 2, row * LINE + LINE * 0.75, words, "em", dx=4)
