"""Clauses of adopted documents as pages quote them: the words of the source, their fields marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from avgust.domain.resolutions.model import Span
from avgust.domain.resolutions.review.clause import ReviewedClause
from avgust.web.documents.highlight import Mark, marked, marks_of
from avgust.web.documents.models import Document
from avgust.web.documents.standing import Standing
from avgust.web.programmes.models import AdoptedClause, Measure, MeasureClause


@dataclass(frozen=True, slots=True)
class Quote:
    """A clause that a measure carries out, as it is printed in its document."""

    link: MeasureClause
    source: AdoptedClause
    document: Document
    html: SafeString


def adopted_clause(standing: Standing, row: ReviewedClause, order: int) -> AdoptedClause:
    """Return a clause with its words; not yet saved.

    A clause that a person typed stands nowhere in the source: its words are its text, without marks.
    """
    span, text = row.clause.span, standing.resolution.document.text
    printed = text[span.start : span.end]
    return AdoptedClause(
        document=standing.document,
        clause=row.id,
        order=order,
        label=(row.clause.label or "")[:40],
        section=row.clause.headings[-1].text if row.clause.headings else "",
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
    links = measure.clauses.select_related("source__document", "origin")
    return [Quote(link, link.source, link.source.document, quote_html(link.source)) for link in links]


def quote_html(source: AdoptedClause) -> SafeString:
    """Return the words of a clause with its fields marked."""
    marks = [Mark(start, end, kind) for start, end, kind in source.marks]
    return marked(source.quote, Span(0, len(source.quote)), marks)
