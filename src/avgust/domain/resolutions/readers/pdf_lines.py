"""Lines of a page in reading order: letters on one base line, two columns one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from avgust.domain.resolutions.readers.pdf_page import Segment

_TAB: Final = 2.2  # heights of a letter: a wider gap in a line is a tab
_RAISED: Final = 0.78  # a smaller figure above the base line is the mark of a footnote
_COLUMN_LINES: Final = 5  # a column has at least so many lines
_FILLED: Final = 0.55  # share of the column that a line of prose fills


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A printed line. `flow` tells columns apart: 0 is the whole width, 1 left, 2 right."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    page: int
    flow: int = 0
    marked: bool = False  # begins with a raised figure, as a footnote does


@dataclass
class Row:
    """Segments on one base line."""

    y: float
    size: float
    segments: list[Segment] = field(default_factory=list)


def lines_of(segments: Iterable[Segment], page: int, width: float) -> list[PdfLine]:
    """Return the lines of a page in reading order."""
    rows = rows_of(segments)
    gutter = find_gutter(rows, width)
    if gutter is None:
        return [line_of(row, page) for row in rows]
    first, last, x = gutter
    band = rows[first:last]
    left = [s for row in band for s in row.segments if s.x1 <= x]
    right = [s for row in band for s in row.segments if s.x1 > x]
    lines = [line_of(row, page) for row in rows[:first]]
    for flow, column in ((1, left), (2, right)):
        lines.extend(replace(line_of(row, page), flow=flow) for row in rows_of(column))
    lines.extend(line_of(row, page) for row in rows[last:])
    return lines


def rows_of(segments: Iterable[Segment]) -> list[Row]:
    """Return segments by base line, from top to bottom, each row from left to right."""
    rows: list[Row] = []
    for segment in sorted(segments, key=lambda s: (s.y, s.x0)):
        near = rows[-1] if rows else None
        if near is not None and segment.y - near.y <= _depth(segment.size, near.size):
            near.segments.append(segment)
            if segment.size > near.size:
                near.size, near.y = segment.size, segment.y
        else:
            rows.append(Row(segment.y, segment.size, [segment]))
    for row in rows:
        row.segments.sort(key=lambda s: s.x0)
    return rows


def _depth(one: float, other: float) -> float:
    """Return how far apart base lines of one row may be: more where a small figure is raised."""
    larger = max(one, other)
    return 0.55 * larger if min(one, other) < _RAISED * larger else 0.4 * larger - 1


def line_of(row: Row, page: int) -> PdfLine:
    """Return the line of a row; raised figures are marks of footnotes and no part of the words."""
    pieces: list[str] = []
    end = row.segments[0].x0
    marked = False
    kept = [s for s in row.segments if not _is_mark(s, row)]
    for segment in row.segments:
        if kept and _is_mark(segment, row):
            marked = marked or not pieces
            continue
        gap = segment.x0 - end
        if pieces:
            wide = gap > _TAB * row.size
            pieces.append("\t" if wide else " " if gap > 0.15 * row.size else "")
        pieces.append(segment.text)
        end = max(end, segment.x1)
    letters = sum(segment.letters for segment in kept)
    bold = 0 < letters == sum(segment.bold_letters for segment in kept)
    start = (kept or row.segments)[0].x0
    return PdfLine("".join(pieces), start, end, row.y, row.size, bold, page, marked=marked)


def _is_mark(segment: Segment, row: Row) -> bool:
    small = segment.size < _RAISED * row.size and segment.y < row.y - 0.1 * row.size
    return small and (segment.text.isdigit() or segment.text.strip("*") == "")


def find_gutter(rows: Sequence[Row], width: float) -> tuple[int, int, float] | None:
    """Return (first row, last row, x) of two columns of prose side by side, None where there are none."""
    best: tuple[int, int, float] | None = None
    most = 0
    for x in range(int(width * 0.35), int(width * 0.65), 3):
        for first, last in _free_bands(rows, x):
            lines = _prose_lines(rows[first:last], x)
            if lines > most:
                best, most = (first, last, float(x)), lines
    return best


def _free_bands(rows: Sequence[Row], x: float) -> Iterable[tuple[int, int]]:
    """Yield the runs of rows that print nothing within 4 points of `x`."""
    first = 0
    for at, row in enumerate(rows):
        if any(s.x0 < x + 4 and s.x1 > x - 4 for s in row.segments):
            if at - first >= _COLUMN_LINES:
                yield first, at
            first = at + 1
    if len(rows) - first >= _COLUMN_LINES:
        yield first, len(rows)


def _prose_lines(band: Sequence[Row], x: float) -> int:
    """Return the number of lines when both sides are filled as prose fills a column, else 0."""
    sides: tuple[list[float], list[float]] = ([], [])
    left = min((s.x0 for row in band for s in row.segments), default=x)
    right = max((s.x1 for row in band for s in row.segments), default=x)
    for row in band:
        for side, segments in enumerate(
            ([s for s in row.segments if s.x1 <= x], [s for s in row.segments if s.x1 > x])
        ):
            if segments:
                sides[side].append(sum(s.x1 - s.x0 for s in segments))
    for lengths, room in zip(sides, (x - left, right - x), strict=True):
        full = sum(length >= _FILLED * room for length in lengths)
        if len(lengths) < _COLUMN_LINES or full < 0.6 * len(lengths):
            return 0
    return len(sides[0]) + len(sides[1])
