"""A report too long for one page: its summary whole, its clauses a part at a time.

The summary needs of each measure its coverage alone, which is one query; words, acts and evidence are read
for the clauses that are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Page, Paginator

from avgust.domain.proof import Coverage
from avgust.domain.reporting.report import ExecutionReport, ReportRow, ReportSection
from avgust.web.control.models import AssignmentQuerySet
from avgust.web.programmes.models import Measure, Programme
from avgust.web.reports.building import build, covered
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

WHOLE: Final = 300  # measures of a report that is one page
PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Part:
    """What is shown of a long report: the summary of all of it, and the clauses of a section by pages."""

    whole: ExecutionReport  # rows without words
    shown: ExecutionReport
    number: int  # of the section, from 1
    page: Page[Any]


def is_long(programme: Programme) -> bool:
    """Return whether the report of a programme is shown part by part."""
    return programme.measure_count > WHOLE


def summary(
    programme: Programme, scope: AssignmentQuerySet, day: date, *, place: Unit | None
) -> ExecutionReport:
    """Return the report with nothing but numbers: which measures there are and how each stands."""
    found = covered(programme, scope, day, place=place)
    sections: list[tuple[str, list[ReportRow]]] = []
    rows = programme.measures.order_by("order").values_list("pk", "label", "order", "section", "status")
    for pk, label, order, section, status in rows.iterator():
        if place is not None and pk not in found:
            continue
        if not sections or sections[-1][0] != section:
            sections.append((section, []))
        coverage = found.get(pk, Coverage())
        counted = status == Measure.Status.IN_FORCE or coverage.total > 0
        row = ReportRow(pk, label or str(order), "", "", "", coverage, counted=counted)
        sections[-1][1].append(row)
    return ExecutionReport(
        title=programme.title,
        author=str(programme.unit),
        place=str(place) if place else "",
        day=day,
        sections=tuple(ReportSection(title, tuple(inner)) for title, inner in sections),
    )


def part_of(
    programme: Programme,
    scope: AssignmentQuerySet,
    day: date,
    *,
    place: Unit | None,
    language: str,
    asked: Mapping[str, str],
) -> Part:
    """Return the part that an address asks for: `part` is a section, `page` a page of it."""
    whole = summary(programme, scope, day, place=place)
    number = _number(asked.get("part", ""), len(whole.sections))
    ids = [row.id for row in whole.sections[number - 1].rows] if whole.sections else []
    page: Page[Any] = Paginator(ids, PAGE).get_page(asked.get("page"))
    only = list(page.object_list)
    shown = build(programme, scope, day, place=place, language=language, only=only)
    return Part(whole, shown, number, page)


def _number(text: str, most: int) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    return min(max(number, 1), max(most, 1))
