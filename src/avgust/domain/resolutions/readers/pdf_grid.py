"""Tables from ruled lines: where lines cross there are cells; a missing side merges two of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from avgust.domain.resolutions.readers.pdf_page import Page, Rule

_NEAR: Final = 3.0  # points: lines no farther apart are one line
_MOST_LINES: Final = 600  # ruled lines of one table, a way


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell on the page with its place in the grid."""

    x0: float
    y0: float
    x1: float
    y1: float
    row: int
    column: int
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table of one page."""

    columns: tuple[float, ...]  # x of the vertical lines
    rows: tuple[float, ...]  # y of the horizontal lines
    cells: tuple[RuledCell, ...]  # row by row

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies within the outer lines."""
        return self.columns[0] <= x <= self.columns[-1] and self.rows[0] <= y <= self.rows[-1]


def find_grids(page: Page) -> list[Grid]:
    """Return the ruled tables of `page`, from top to bottom."""
    if len(page.horizontal) < 2 or len(page.vertical) < 3:
        return []
    horizontal, vertical = _merged(page.horizontal), _merged(page.vertical)
    grids = [_grid(h, v) for h, v in _groups(horizontal, vertical)]
    return sorted((grid for grid in grids if grid is not None), key=lambda grid: grid.rows[0])


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Join pieces of one line: cells draw their sides each for itself."""
    out: list[Rule] = []
    lanes: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if lanes and rule.at - lanes[-1][0].at <= _NEAR:
            lanes[-1].append(rule)
        else:
            lanes.append([rule])
    for lane in lanes:
        at = sum(rule.at for rule in lane) / len(lane)
        lane.sort(key=lambda rule: rule.start)
        start, end = lane[0].start, lane[0].end
        for rule in lane[1:]:
            if rule.start > end + _NEAR:
                out.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            else:
                end = max(end, rule.end)
        out.append(Rule(at, start, end))
    return out


def _groups(horizontal: list[Rule], vertical: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return lines that hang together, each group one table."""
    waiting = set(range(len(vertical)))
    used: set[int] = set()
    groups = []
    for seed in range(len(horizontal)):
        if seed in used:
            continue
        used.add(seed)
        rows, columns, fresh = [seed], [], [seed]
        while fresh:
            touched = [v for v in waiting if any(_cross(horizontal[h], vertical[v]) for h in fresh)]
            waiting.difference_update(touched)
            columns.extend(touched)
            fresh = [
                h
                for h in range(len(horizontal))
                if h not in used and any(_cross(horizontal[h], vertical[v]) for v in touched)
            ]
            used.update(fresh)
            rows.extend(fresh)
        groups.append(([horizontal[h] for h in rows], [vertical[v] for v in columns]))
    return groups


def _cross(horizontal: Rule, vertical: Rule) -> bool:
    return (
        horizontal.start - _NEAR <= vertical.at <= horizontal.end + _NEAR
        and vertical.start - _NEAR <= horizontal.at <= vertical.end + _NEAR
    )


def _grid(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> Grid | None:
    ys, xs = _places(horizontal), _places(vertical)
    if len(ys) < 2 or len(xs) < 3 or max(len(ys), len(xs)) > _MOST_LINES:
        return None
    return Grid(xs, ys, tuple(_cells(xs, ys, horizontal, vertical)))


def _places(rules: Iterable[Rule]) -> tuple[float, ...]:
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return tuple(places)


def _cells(
    xs: tuple[float, ...], ys: tuple[float, ...], horizontal: Sequence[Rule], vertical: Sequence[Rule]
) -> Iterable[RuledCell]:
    """Yield cells row by row; each grows right, then down, while no line stops it."""
    taken: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            right, below = column + 1, row + 1
            while (
                right < len(xs) - 1
                and (row, right) not in taken
                and not _ruled(vertical, xs[right], (ys[row] + ys[row + 1]) / 2)
            ):
                right += 1
            while below < len(ys) - 1 and not any(
                _ruled(horizontal, ys[below], (a + b) / 2) for a, b in pairwise(xs[column : right + 1])
            ):
                below += 1
            taken.update((r, c) for r in range(row, below) for c in range(column, right))
            yield RuledCell(
                xs[column], ys[row], xs[right], ys[below], row, column, below - row, right - column
            )


def _ruled(rules: Sequence[Rule], at: float, along: float) -> bool:
    """Tell whether a line runs at `at` through the point `along`."""
    return any(abs(rule.at - at) <= _NEAR and rule.start <= along <= rule.end for rule in rules)
