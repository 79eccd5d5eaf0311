"""A filled-in report that waits for its officer: what she decided in a spreadsheet, and what is not taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from avgust.domain.reporting.worksheet.rows import WorkRow
    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit

FILE: Final = "Отчёт об исполнении, решения по сводкам.xlsx"
ROWS: Final = 12
REASON: Final = "Приложите подписанный протокол, в отчёте только проект."


def send_back(people: dict[str, User], places: dict[str, Unit]) -> None:
    """Leave a filled-in report: most reports accepted, one returned, one decision forgotten its reason."""
    from avgust.domain.reporting.worksheet.reading import read_returned
    from avgust.domain.reporting.worksheet.writing import write_returnable
    from avgust.domain.tables.reading import read_sheets
    from avgust.web.programmes.models import Programme
    from avgust.web.reports.files import about_file
    from avgust.web.reports.models import ReturnedFile
    from avgust.web.reports.returning import settle_read
    from avgust.web.reports.work_rows import work_ids, work_rows

    officer = people["region@avgust.example"]
    programme = Programme.objects.get(unit=places["region"])
    rows = _filled(work_rows(work_ids(programme, officer, None), officer))
    out = BytesIO()
    write_returnable(out, about_file(programme, place=None), [], rows, "ru")
    data = out.getvalue()
    file = ReturnedFile.objects.create(
        programme=programme, file_name=FILE, size=len(data), uploaded_by=officer
    )
    settle_read(file, ReturnedFile.Status.CHECKING, found=read_returned(read_sheets(data)))


def _filled(rows: Iterable[WorkRow]) -> list[WorkRow]:
    """Return the rows with decisions: accepted, the first returned, the second returned without a reason."""
    from avgust.domain.reporting.worksheet.rows import Choice

    decided = [row for row in rows if Choice.ACCEPT in row.choices][:ROWS]
    said = [(Choice.RETURN, REASON), (Choice.RETURN, "")] + [(Choice.ACCEPT, "")] * len(decided)
    return [
        replace(row, choice=choice, reason=reason)
        for row, (choice, reason) in zip(decided, said, strict=False)
    ]
