"""The source text with its fields marked, as well-nested pieces that a template can print.

Spans may overlap in any way (a finding inside a deadline, a reference that runs over the end of a
target). The longest stands outside; where two cross, the inner one is cut at the border of the outer, so
that the markup is always a tree. All text is escaped here and nowhere else.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
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


def marks_of_review(review: Review) -> list[Mark]:
    """Return every mark of the document, with the clauses themselves and their printed numbers."""
    found: set[Mark] = set()
    for row in review.clauses:
        clause = row.clause
        if clause.full_span.start == clause.full_span.end:
            continue
        found.add(Mark(*clause.full_span, "clause", row.id))
        if row.measure:
            found.update(marks_of(row))
            if clause.label and clause.full_span.start < clause.span.start:
                found.add(Mark(clause.full_span.start, clause.span.start, "label", row.id))
    whole = {row.clause.span for row in review.clauses} | {row.clause.full_span for row in review.clauses}
    spans = {finding.span for finding in review.document_findings} - whole
    found.update(Mark(*span, "finding") for span in spans if span.end - span.start <= _LONGEST_FINDING)
    return sorted(mark for mark in found if mark.start < mark.end)


def marked(text: str, span: Span, marks: Iterable[Mark], anchored: set[str] | None = None) -> SafeString:
    """Return the characters of `span` as HTML with `marks` around theirs.

    `anchored` gathers the clauses that already have their anchor: the first piece of a clause carries
    its id.
    """
    inside = [m for m in marks if m.start < span.end and m.end > span.start]
    bounds = {span.start, span.end}
    for mark in inside:
        bounds.update((max(mark.start, span.start), min(mark.end, span.end)))
    places = sorted(bounds)
    seen = set() if anchored is None else anchored
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
    if mark.kind == "finding":
        return '<span class="f-bad">'
    return f'<mark class="{FIELD_CLASSES[mark.kind]}">'


def _close(mark: Mark) -> str:
    if mark.kind == "label":
        return "</a>"
    return "</span>" if mark.kind in ("clause", "finding") else "</mark>"


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell of a printed row."""

    html: SafeString
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


def source_blocks(text: str, blocks: Sequence[Block], review: Review) -> list[SourceBlock]:
    """Return the document as it is printed, marked by the fields of `review`."""
    page = _Page(text, marks_of_review(review))
    return [page.block(number, kind, run) for number, (kind, run) in enumerate(_runs(blocks))]


def changed_blocks(
    text: str, blocks: Sequence[Block], before: Review, after: Review, also: Iterable[Span] = ()
) -> list[SourceBlock]:
    """Return the blocks that read otherwise after a correction, and those that `also` touches.

    A mark that came or went tells which; a finding settled elsewhere in the text is found as well.
    """
    moved = set(marks_of_review(before)) ^ set(marks_of_review(after))
    touched = [Span(mark.start, mark.end) for mark in moved] + list(also)
    if not touched:
        return []
    return [
        block
        for block in source_blocks(text, blocks, after)
        if any(span.start < block.span.end and span.end > block.span.start for span in touched)
    ]


def _runs(blocks: Iterable[Block]) -> Iterator[tuple[BlockKind, list[Block]]]:
    """Yield neighbouring rows of one table together, every other block alone."""
    rows: list[Block] = []
    for block in blocks:
        if rows and (block.kind is not BlockKind.TABLE_ROW or block.table != rows[0].table):
            yield BlockKind.TABLE_ROW, rows
            rows = []
        if block.kind is BlockKind.TABLE_ROW:
            rows.append(block)
        else:
            yield block.kind, [block]
    if rows:
        yield BlockKind.TABLE_ROW, rows


class _Page:
    """Finds the marks of a stretch without looking at all of them."""

    def __init__(self, text: str, marks: list[Mark]) -> None:
        self._text = text
        self._marks = marks
        self._starts = [mark.start for mark in marks]
        self._reach = _running_ends(marks)
        self._anchored: set[str] = set()

    def html(self, span: Span) -> SafeString:
        """Return the characters of `span`, marked."""
        first = bisect_right(self._reach, span.start)
        last = bisect_left(self._starts, span.end)
        return marked(self._text, span, self._marks[first:last], self._anchored)

    def block(self, number: int, kind: BlockKind, run: list[Block]) -> SourceBlock:
        """Return a block, or a run of rows of one table, ready to print."""
        first, last = run[0], run[-1]
        if kind is BlockKind.TABLE_ROW:
            whole = Span(first.span.start, last.span.end)
            return SourceBlock("table", number, whole, rows=tuple(self.row(block) for block in run))
        html = self.html(first.span)
        return SourceBlock(first.kind.value, number, first.span, html, first.centered, first.bold)

    def row(self, block: Block) -> tuple[SourceCell, ...]:
        """Return the cells of a table row."""
        if not block.cells:
            return (SourceCell(self.html(block.span), 1, header=False),)
        return tuple(SourceCell(self.html(c.span), max(c.colspan, 1), c.header) for c in block.cells)


def _running_ends(marks: Sequence[Mark]) -> list[int]:
    """Return, for each mark, the furthest end among it and all before it: never falling, so it bisects."""
    ends: list[int] = []
    for mark in marks:
        ends.append(max(mark.end, ends[-1] if ends else 0))
    return ends
