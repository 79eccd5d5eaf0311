"""Writing in a downloaded workbook, as an office program does."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from avgust.domain.tables.reading import read_sheets

SHEET: Final = "Заполнить"
TEXT, LINK, CHOICE, REASON = 7, 8, 9, 10  # columns of the sheet
Cells = dict[tuple[int, int], Any]
Change = Callable[[Cells], None]


def filled(data: bytes, change: Change) -> bytes:
    """Return the workbook after somebody wrote in it."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for sheet in read_sheets(data):
            cells = {(r, c): one for r, row in enumerate(sheet.rows) for c, one in enumerate(row)}
            if sheet.name == SHEET:
                change(cells)
            page = book.add_worksheet(sheet.name)
            for (row, column), value in cells.items():
                page.write(row, column, value)
    return out.getvalue()
