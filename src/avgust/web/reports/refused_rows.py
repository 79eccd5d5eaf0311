"""Rows that were not taken, as a workbook with the reason beside each, to be mended and sent back again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import IO, TYPE_CHECKING

from avgust.domain.messages import Message, message_of
from avgust.domain.reporting.worksheet.judging import Does, Verdict
from avgust.domain.reporting.worksheet.rows import Choice, WorkRow
from avgust.domain.reporting.worksheet.writing import write_returnable
from avgust.web.reports.files import about_file
from avgust.web.reports.models import ReturnedFile, ReturnedRow
from avgust.web.reports.standings import CHUNK
from avgust.web.reports.work_rows import work_rows

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


def write_refused(out: IO[bytes], file: ReturnedFile, user: User, language: str) -> int:
    """Write the workbook; return how many rows it has."""
    about = about_file(file.programme, place=None)
    return write_returnable(out, about, [], _rows(file, user, language), language, refused=True)


def _rows(file: ReturnedFile, user: User, language: str) -> Iterator[WorkRow]:
    """Yield the rows as their assignments stand now, with what was written in them."""
    against = file.rows.exclude(verdict=Verdict.READY.value).order_by("pk")
    ids = list(against.values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        rows = list(against.filter(pk__in=ids[start : start + CHUNK]))
        known = {row.assignment_id: row for row in rows if row.assignment_id}
        found = {one.assignment: one for one in work_rows(list(known), user)}
        for row in rows:
            now = found.get(row.assignment_id or 0)
            yield _filled(now, row, language) if now else _bare(row, language)


def _filled(now: WorkRow, row: ReturnedRow, language: str) -> WorkRow:
    choice = None if row.does in ("", Does.DRAFT.value) else Choice(row.does)
    return replace(
        now,
        choice=choice if choice in now.choices else None,
        said=row.text,
        link=row.link,
        reason=row.reason,
        fault=_why(row, language),
    )


def _bare(row: ReturnedRow, language: str) -> WorkRow:
    """Return a row about which nothing can be said now: it is read, and sent back it is refused again."""
    return WorkRow(
        0, 0, row.number, "", row.organisation, "", "", Message(""), "", (),
        said=row.text, link=row.link, reason=row.reason, fault=_why(row, language),
    )  # fmt: skip


def _why(row: ReturnedRow, language: str) -> str:
    message = message_of(row.why)
    return message.render(language) if message else ""
