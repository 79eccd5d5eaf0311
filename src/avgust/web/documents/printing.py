"""What a process keeps of printed reviews, so that a page prints anew only what changed.

A clause that no correction touched is the same object in the next review, and a block whose marks are the
same reads the same: both are looked up, not rendered. Nothing here holds a form, a token or a name of a
reader; what a reader may press is asked for with it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Final, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from avgust.domain.resolutions.model import Span
from avgust.domain.resolutions.review.clause import Review, ReviewedClause
from avgust.web.documents.highlight import Mark, Marks, Run, row_marks, runs
from avgust.web.documents.standing import IN_USE, Standing


class Block(NamedTuple):
    """A printed block of the text; `number` is its place in the page."""

    number: int
    html: SafeString


class Printed:
    """The printed pieces of one document in one language, for readers who may press the same."""

    def __init__(self, standing: Standing) -> None:
        document = standing.resolution.document
        self._text = document.text
        self._runs = list(runs(document.blocks))
        self._rows: dict[str, tuple[ReviewedClause, SafeString]] = {}
        self._marks: dict[str, tuple[ReviewedClause, list[Mark]]] = {}
        self._whole: tuple[Review, list[Block]] | None = None
        self._blocks: dict[int, tuple[tuple[Mark, ...], SafeString]] = {}

    def row(self, row: ReviewedClause, render: Callable[[], str]) -> SafeString:
        """Return a closed clause, rendered where it is not the one printed last."""
        known = self._rows.get(row.id)
        if known is None or known[0] is not row:
            known = self._rows[row.id] = (row, SafeString(render()))
        return known[1]

    def source(self, review: Review) -> list[Block]:
        """Return the text of the document, marked by the fields of `review`."""
        if self._whole is None or self._whole[0] is not review:
            marks = Marks(review, self._marks_of)
            blocks = [Block(run.number, self._block(run, marks.within(run.span))) for run in self._runs]
            self._whole = (review, blocks)
        return self._whole[1]

    def changed(self, before: Review, after: Review, also: Iterable[Span] = ()) -> list[Block]:
        """Return, as parts of a fragment, the blocks that read otherwise, and those that `also` touches."""
        moved = self._told_apart(before, after) ^ self._told_apart(after, before)
        places = [*also, *(Span(mark.start, mark.end) for mark in moved)]
        places += {f.span for f in before.document_findings} ^ {f.span for f in after.document_findings}
        touched = [run for run in self._runs if any(_meet(place, run.span) for place in places)]
        if not touched:
            return []
        marks = Marks(after, self._marks_of)
        return [Block(run.number, self._render(run, marks.within(run.span), oob=True)) for run in touched]

    def _told_apart(self, review: Review, other: Review) -> set[Mark]:
        """Return the marks of the clauses of `review` that `other` has not, or has otherwise."""
        rows = (row for row in review.clauses if other.find(row.id) is not row)
        return {mark for row in rows for mark in row_marks(row)}

    def _marks_of(self, row: ReviewedClause) -> list[Mark]:
        known = self._marks.get(row.id)
        if known is None or known[0] is not row:
            known = self._marks[row.id] = (row, row_marks(row))
        return known[1]

    def _block(self, run: Run, marks: tuple[Mark, ...]) -> SafeString:
        known = self._blocks.get(run.number)
        if known is None or known[0] != marks:
            known = self._blocks[run.number] = (marks, self._render(run, marks))
        return known[1]

    def _render(self, run: Run, marks: tuple[Mark, ...], *, oob: bool = False) -> SafeString:
        context = {"block": run.printed(self._text, marks), "oob": oob}
        return SafeString(render_to_string("documents/_block.html", context))


_kept: Final[OrderedDict[object, Printed]] = OrderedDict()
_lock: Final = Lock()


def printed(standing: Standing, language: str, *, may: bool) -> Printed:
    """Return what is kept of a document for such readers."""
    key = (standing.key, language, may)
    with _lock:
        found = _kept.setdefault(key, Printed(standing)) if key not in _kept else _kept[key]
        _kept.move_to_end(key)
        while len(_kept) > IN_USE:
            _kept.popitem(last=False)
    return found


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and one.end > other.start


def together(pieces: Iterable[str]) -> SafeString:
    """Return printed pieces as one; each of them was rendered by a template."""
    return mark_safe("".join(pieces))  # noqa: S308 - templates escaped them
