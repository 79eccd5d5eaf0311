"""The source text with its fields marked, as well-nested pieces that a template can print.

Spans may overlap in any way (a finding inside a deadline, a reference that runs over the end of a
target). The longest stands outside; where two cross, the inner one is cut at the border of the outer, so
that the markup is always a tree. All text is escaped here and nowhere else.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from avgust.domain.resolutions.model import Block, BlockKind, Span
from avgust.domain.resolutions.review.clause import Review, ReviewedClause


class Mark(NamedTuple):
    """A stretch of the source to be set off. `kind` is a field, "clause", "label" or "finding"."""

    start: int
    end: int
    kind: str
    clause: str = ""


FIELD_CLASSES: Final = {"who": "f-who", "when": "f-when", "goal": "f-goal", "ref": "f-ref"}
_NOTHING: Final = SafeString("")
_LONGEST_FINDING: Final = 400  # a finding about pages of text is told in words, not underlined
_RANK: Final = {"clause": 0, "label": 1, "who": 2, "when": 3, "goal": 4, "ref": 5, "finding": 6}


def marks_of(row: ReviewedClause) -> list[Mark]:
    """Return the marks of one clause: its fields and findings, where they are printed in the source."""
    clause = row.clause
    found = [("who", a.span) for a in (*clause.addressees, *clause.partners)]
    found += [("goal", target.span) for target in clause.targets]
    found += [("ref", reference.span) for reference in clause.references]
    found += [("finding", f.span) for f in row.findings if _points_at_words(f.span, clause.span)]
    if clause.deadline.span is not None:
        found.append(("when", clause.deadline.span))
    return [Mark(span.start, span.end, kind) for kind, span in found if span.start < span.end]


def _points_at_words(finding: Span, clause: Span) -> bool:
    """False for a finding about a clause as a whole: a wavy line under everything shows nothing."""
    return finding.end - finding.start < 0.8 * (clause.end - clause.start)


def place_name(span: Span | None) -> str:
    """Return how a mark and the field that it belongs to name their place, to find each other."""
    return f"{span.start}-{span.end}" if span and span.start < span.end else ""


def row_marks(row: ReviewedClause) -> list[Mark]:
    """Return every mark that a clause makes in the text: itself, its printed number, its fields."""
    clause = row.clause
    if clause.full_span.start == clause.full_span.end:
        return []
    found = [Mark(*clause.full_span, "clause", row.id)]
    if row.measure:
        found += marks_of(row)
        if clause.full_span.start < clause.span.start:
            found.append(Mark(clause.full_span.start, clause.span.start, "label", row.id))
    return found


class Marks:
    """The marks of a review in the order of the text; finds those of a stretch without looking at all."""

    def __init__(self, review: Review, of_row: Callable[[ReviewedClause], list[Mark]] = row_marks) -> None:
        found = {mark for row in review.clauses for mark in of_row(row)}
        whole = {row.clause.span for row in review.clauses} | {row.clause.full_span for row in review.clauses}
        spans = {finding.span for finding in review.document_findings} - whole
        found.update(Mark(*span, "finding") for span in spans if span.end - span.start <= _LONGEST_FINDING)
        self._marks = sorted(mark for mark in found if mark.start < mark.end)
        self._starts = [mark.start for mark in self._marks]
        self._reach = _running_ends(self._marks)

    def within(self, span: Span) -> tuple[Mark, ...]:
        """Return the marks that touch `span`."""
        first = bisect_right(self._reach, span.start)
        last = bisect_left(self._starts, span.end)
        return tuple(mark for mark in self._marks[first:last] if mark.end > span.start)


def marked(text: str, span: Span, marks: Iterable[Mark], since: int | None = None) -> SafeString:
    """Return the characters of `span` as HTML with `marks` around theirs.

    A clause that begins at `since` or after it (where the stretch above ended) has its anchor here: the
    first piece of a clause carries its id.
    """
    inside = [m for m in marks if m.start < span.end and m.end > span.start]
    bounds = {span.start, span.end}
    for mark in inside:
        bounds.update((max(mark.start, span.start), min(mark.end, span.end)))
    places = sorted(bounds)
    first = span.start if since is None else since
    seen = {mark.clause for mark in inside if mark.kind == "clause" and mark.start < first}
    out: list[str] = []
    stack: list[Mark] = []
    for start, end in itertools.pairwise(places):
        cover = [m for m in inside if m.start <= start and m.end >= end]
        cover.sort(key=lambda m: (m.start - m.end, _RANK[m.kind], m.clause))
        same = _common(stack, cover)
        out += [_close(mark) for mark in reversed(stack[same:])]
        out += [_open(mark, seen) for mark in cover[same:]]
        out.append(escape(text[start:end]))
        stack = cover
    out += [_close(mark) for mark in reversed(stack)]
    return mark_safe("".join(out))  # noqa: S308 - every piece of text was escaped above


def _common(first: Sequence[Mark], second: Sequence[Mark]) -> int:
    """Return how many marks at the start are the same."""
    size = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        size += 1
    return size


def _open(mark: Mark, anchored: set[str]) -> str:
    if mark.kind == "clause":
        name = f' id="t-{mark.clause}"' if mark.clause not in anchored else ""
        anchored.add(mark.clause)
        return f'<span class="cl"{name} data-clause="{mark.clause}">'
    if mark.kind == "label":
        return f'<a class="n" href="#p-{mark.clause}">'
    at = f'data-m="{mark.start}-{mark.end}"'
    if mark.kind == "finding":
        return f'<span class="f-bad" {at}>'
    return f'<mark class="{FIELD_CLASSES[mark.kind]}" {at}>'


def _close(mark: Mark) -> str:
    if mark.kind == "label":
        return "</a>"
    return "</span>" if mark.kind in ("clause", "finding") else "</mark>"


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell of a printed row."""

    html: SafeString
    at: int
    colspan: int
    header: bool


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A block ready to print. A run of rows of one table is one block with `rows`.

    `number` is the place of the block in the page; a fragment that exchanges the block names it by that.
    """

    kind: str  # "paragraph", "heading", "footnote", "table"
    number: int
    span: Span
    html: SafeString = _NOTHING
    centered: bool = False
    bold: bool = False
    rows: tuple[tuple[SourceCell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A block, or neighbouring rows of one table, before it is marked; `since`: where the one above ends."""

    number: int
    blocks: tuple[Block, ...]
    span: Span
    since: int

    def printed(self, text: str, marks: Sequence[Mark]) -> SourceBlock:
        """Return the run ready to print."""
        first = self.blocks[0]
        if first.kind is BlockKind.TABLE_ROW:
            return SourceBlock("table", self.number, self.span, rows=tuple(self._rows(text, marks)))
        html = marked(text, first.span, marks, self.since)
        return SourceBlock(first.kind.value, self.number, first.span, html, first.centered, first.bold)

    def _rows(self, text: str, marks: Sequence[Mark]) -> Iterator[tuple[SourceCell, ...]]:
        since = self.since
        for block in self.blocks:
            row = []
            for span, colspan, header in _cells(block):
                html = marked(text, span, marks, since)
                row.append(SourceCell(html, span.start, colspan, header))
                since = span.end
            yield tuple(row)


def _cells(block: Block) -> Iterator[tuple[Span, int, bool]]:
    """Yield (place, columns, header) of the cells of a row; a row without cells is one."""
    if not block.cells:
        yield block.span, 1, False
    for cell in block.cells:
        yield cell.span, max(cell.colspan, 1), cell.header


def runs(blocks: Iterable[Block]) -> Iterator[Run]:
    """Yield neighbouring rows of one table together, every other block alone."""
    since, number = 0, 0
    for _key, group in itertools.groupby(enumerate(blocks), _together):
        found = tuple(block for _at, block in group)
        yield Run(number, found, Span(found[0].span.start, found[-1].span.end), since)
        since, number = found[-1].span.end, number + 1


def _together(numbered: tuple[int, Block]) -> tuple[str, int | None]:
    """Return what neighbouring blocks have in common that are printed as one."""
    at, block = numbered
    return ("table", block.table) if block.kind is BlockKind.TABLE_ROW else ("block", at)


def _running_ends(marks: Sequence[Mark]) -> list[int]:
    """Return, for each mark, the furthest end among it and all before it: never falling, so it bisects."""
    ends: list[int] = []
    for mark in marks:
        ends.append(max(mark.end, ends[-1] if ends else 0))
    return ends
