"""A small work, its lines as workbooks, and sending them: what tests of uploads share."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from xlsxwriter import Workbook

from avgust.domain.assessment.works import Item, Level, Line, School, Specification
from avgust.domain.assessment.works.writing import individual_rows
from avgust.web.assessments import actions, importing
from avgust.web.assessments.models import Upload, Work
from avgust.web.warehouse.results import open_results

WORK = Specification(
    (Item("1", 2, Level.BASIC), Item("2", 1), Item("4К1", 3, Level.ADVANCED)), {3: 2, 4: 4, 5: 6}
)
OURS = School("edu000001", "МБОУ «Средняя общеобразовательная школа № 3»", "Заозёрный округ")
THEIRS = School("edu000002", "МБОУ «Луговская средняя школа»", "Луговской округ")


def line(
    pupil: str, scores: tuple[Any, ...] = (2, 1, 0), school: School = OURS, group: str = "4А", **said: Any
) -> Line:
    points = sum(score for score in scores if isinstance(score, int) and score > 0)
    values: dict[str, Any] = {"primary": points, "mark": WORK.mark_of(points), "variant": "1"} | said
    return Line("", 0, school, pupil, group, scores=scores, **values)


def book(*lines: Line, work: Specification = WORK) -> bytes:
    rows = individual_rows(work, lines, name="ВПР", subject="Русский язык", grade=4, day=date(2026, 4, 15))
    return sheet(rows)


def sheet(rows: Any) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet("Лист1")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


def send(work: Work, actor: Any, *sent: tuple[str, bytes], **said: Any) -> Upload:
    upload = actions.upload_results(work, actor=actor, sent=sent, **said)
    importing.carry_out(upload.pk)
    upload.refresh_from_db()
    return upload


def stand(work: Work) -> list[tuple[int | None, int]]:
    """Return (points, upload) of each participant."""
    with open_results(work.dataset) as results:
        rows = results.rows.to_pyarrow().to_pylist() if results else []
    return sorted((row["points"] or 0, row["upload"]) for row in rows)
