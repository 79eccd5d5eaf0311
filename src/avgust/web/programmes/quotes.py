"""Clauses as a measure quotes them: the words of the source, with the places of their fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from avgust.domain.resolutions.model import Span
from avgust.domain.resolutions.review.clause import ReviewedClause
from avgust.web.documents.highlight import Mark, marked, marks_of
from avgust.web.documents.models import Document
from avgust.web.documents.standing import Standing
from avgust.web.programmes.models import Measure, MeasureClause


@dataclass(frozen=True, slots=True)
class Quote:
    """A clause of a document as it is printed there; `by_merger` names the measure that brought it."""

    link: MeasureClause
    document: Document
    html: SafeString


def quoted(measure: Measure, standing: Standing, row: ReviewedClause) -> MeasureClause:
    """Return the link of a measure to a clause, with the clause's words; not yet saved.

    A clause that a person typed stands nowhere in the source: its words are its text, without marks.
    """
    span, text = row.clause.span, standing.resolution.document.text
    printed = text[span.start : span.end]
    return MeasureClause(
        measure=measure,
        document=standing.document,
        clause=row.id,
        label=(row.clause.label or "")[:40],
        quote=printed or row.clause.text,
        marks=_within(span, marks_of(row)) if printed else [],
    )


def _within(span: Span, marks: Iterable[Mark]) -> list[list[int | str]]:
    """Return marks by their places within `span`; what lies outside it is left out."""
    inside = (mark for mark in marks if mark.start < span.end and mark.end > span.start)
    return [
        [max(mark.start, span.start) - span.start, min(mark.end, span.end) - span.start, mark.kind]
        for mark in inside
    ]


def quotes_of(measure: Measure) -> list[Quote]:
    """Return the clauses that a measure carries out, in one query."""
    links = measure.clauses.select_related("document", "origin")
    return [Quote(link, link.document, printed(link)) for link in links]


def printed(link: MeasureClause) -> SafeString:
    """Return the words of a linked clause with its fields marked."""
    marks = [Mark(start, end, kind) for start, end, kind in link.marks]
    return marked(link.quote, Span(0, len(link.quote)), marks)
