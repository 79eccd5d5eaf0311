"""The draft of the next resolution: what is carried over, put as clauses that the parser reads back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from avgust.domain.reporting.memory import Next, conclude
from avgust.domain.reporting.report import ExecutionReport, ReportRow
from avgust.domain.resolutions.export.printable import printable

_NUMBER: Final = re.compile(r"^\s*\d+(?:\.\d+)*[.)]?\s*")
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
TAKEN: Final = (Next.CHECK, Next.OTHERWISE, Next.CARRY_OVER)


def draft_lines(report: ExecutionReport, year: str) -> Iterator[str]:
    """Yield the paragraphs of a draft in the official language, for the school year `year`.

    Dates move on by a year; whoever edits the draft decides about each. A clause to be put otherwise keeps
    its words: the parser's findings in the review say what is wrong with them.
    """
    yield f"Проект резолюции {year} учебного года"
    yield "Участники конференции РЕШИЛИ:"
    number = 0
    for section in report.sections:
        rows = [row for row in section.rows if conclude(row) in TAKEN]
        if not rows:
            continue
        number += 1
        yield f"{number}. {_NUMBER.sub('', section.title).rstrip(' .:')}:"
        for place, row in enumerate(rows, start=1):
            yield f"{number}.{place}. {next_year(row)}"


def next_year(row: ReportRow) -> str:
    """Return the words of a measure with its years moved on by one, closed by a full stop."""
    moved = _YEAR.sub(lambda year: str(int(year[1]) + 1), row.text)
    return moved.rstrip(" .;") + "."


def draft_docx(lines: Iterator[str]) -> bytes:
    """Return the draft as a DOCX file."""
    from docx import Document  # noqa: PLC0415 - a library that other formats need not load

    document = Document()
    for place, line in enumerate(lines):
        if place == 0:
            document.add_heading(printable(line), level=0)
        else:
            document.add_paragraph(printable(line))
    out = BytesIO()
    document.save(out)
    return out.getvalue()
