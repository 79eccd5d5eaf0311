"""Primary scores with the boundaries of marks: whether pupils crowd just above a boundary."""

from __future__ import annotations

from typing import Final

from avgust.domain.assessment.interpretation.territory import ScoreHistogram
from avgust.domain.assessment.interpretation.work import MARKS
from avgust.domain.charts.canvas import Canvas, Scale
from avgust.domain.charts.chart import Chart
from avgust.domain.charts.numbers import number, percent
from avgust.domain.charts.table import Table
from avgust.domain.messages import Message, mark

HEIGHT: Final = 210.0
FOOT: Final = 24.0
INFORMATIVE, ROUGH = 50, 20  # pupils: FIOKO 2026, pp. 13, 24
PEAK: Final = 1.5  # times both neighbours' mean


def histogram(found: ScoreHistogram) -> Chart:
    """Paint pupils by primary score, cut scores as dashed lines."""

    def paint(canvas: Canvas, language: str) -> None:
        _paint(canvas, language, found)

    return Chart(
        title=Message(mark("Pupils by primary score, with the boundaries of marks")),
        reading=_reading(found),
        note=Message(mark("Dashed: the least score of marks “3”, “4”, “5”. Pupils: %(n)d."), {"n": found.n}),
        table=_table(found),
        height=HEIGHT,
        paint=paint,
    )


def peaks(found: ScoreHistogram) -> list[int]:
    """Return the cut scores at which the bar stands out against the bars on either side.

    Only a reason to look closer: a boundary of one school or class is never judged (ASSESSMENT 2.2).
    """
    counts = found.counts
    standing = []
    for cut in found.cuts:
        around = [int(counts[at]) for at in (cut - 1, cut + 1) if 0 <= at < len(counts)]
        usual = sum(around) / len(around)
        if counts[cut] > PEAK * usual and counts[cut] - usual > 3 * max(usual, 1.0) ** 0.5:
            standing.append(cut)
    return standing


def _reading(found: ScoreHistogram) -> Message:
    if found.n < ROUGH:
        return Message(mark("Fewer than 20 pupils: the shape of the distribution says little."))
    high = peaks(found) if found.n >= INFORMATIVE else []
    if high:
        said = {"scores": ", ".join(map(str, high))}
        return Message(
            mark(
                "Many pupils stand exactly at a boundary of marks (%(scores)s points): a "
                "possible marker, to be looked at more closely; it proves nothing by itself."
            ),
            said,
        )
    return Message(mark("No bar at a boundary of marks stands out against its neighbours."))


def _paint(canvas: Canvas, language: str, found: ScoreHistogram) -> None:
    counts = found.counts
    x = Scale(-0.5, len(counts) - 0.5, 5, 100)
    y = Scale(0, max(int(counts.max(initial=1)), 1), HEIGHT - FOOT, 16)
    for tick in y.ticks(5):
        canvas.line(0, y(tick), 100, y(tick), "grid" if tick else "axis")
        if tick:
            canvas.text(0, y(tick) - 4, number(tick, 0).render(language))
    width = 95 / len(counts)
    for score, count in enumerate(counts):
        if count:
            canvas.box(
                x(score) - width * 0.4, y(int(count)), width * 0.8, HEIGHT - FOOT - y(int(count)), "ch-bar"
            )
    every = 1 if len(counts) <= 12 else 2 if len(counts) <= 26 else 5
    for score in range(0, len(counts), every):
        canvas.text(x(score), HEIGHT - 8, str(score), anchor="middle")
    for mark_given, cut in zip(MARKS[1:], found.cuts, strict=False):
        canvas.line(x(cut - 0.5), 4, x(cut - 0.5), HEIGHT - FOOT, "ch-cut")
        canvas.text(x(cut - 0.5), 13, f"«{mark_given}»", "em halo", dx=4)


def _table(found: ScoreHistogram) -> Table:
    total = max(found.n, 1)
    rows = tuple(
        (str(score), int(count), percent(int(count) / total, 1), _mark_at(found, score))
        for score, count in enumerate(found.counts)
    )
    heads = (
        Message(mark("Primary score")),
        Message(mark("Pupils")),
        Message(mark("Share, %")),
        Message(mark("Mark")),
    )
    return Table(Message(mark("Pupils by primary score")), heads, rows)


def _mark_at(found: ScoreHistogram, score: int) -> str:
    return str(MARKS[sum(score >= cut for cut in found.cuts)]) if found.cuts else ""
