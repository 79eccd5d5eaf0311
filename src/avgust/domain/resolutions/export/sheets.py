"""Sheets of a workbook that people work in: frozen header, filter, wrapped text, real widths.

Every cell is written as a string, never as a formula or link, so that nothing in a document can run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from avgust.domain.messages import translate
from avgust.domain.resolutions.export.printable import cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: msgid of its header and its width in characters."""

    header: str
    width: int
    number: bool = False  # values are whole numbers where they look so


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: msgid of its name, columns, rows of texts."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    title: str = ""  # printed in the page header


def workbook_bytes(sheets: Iterable[Sheet], language: str, title: str = "") -> bytes:
    """Return an XLSX file with `sheets`."""
    out = BytesIO()
    write_workbook(out, sheets, language, title)
    return out.getvalue()


def write_workbook(out: IO[bytes], sheets: Iterable[Sheet], language: str, title: str = "") -> None:
    """Write an XLSX file with `sheets` to `out`, row after row: no more than one row is held in memory."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 60 ms that other formats need not pay

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": cell(title)[:255]})
        for sheet in sheets:
            write_sheet(book, sheet, language)


def write_sheet(book: Any, sheet: Sheet, language: str) -> None:
    """Add `sheet` to a workbook that is being written."""
    base = {"font_name": "Arial", "font_size": 10, "valign": "top", "border": 1, "border_color": "#C8CCD0"}
    head = {"bold": True, "bg_color": "#E9EDF2", "text_wrap": True, "valign": "vcenter"}
    formats = {
        "head": book.add_format(base | head),
        "text": book.add_format(base | {"text_wrap": True}),
        "number": book.add_format(base | {"align": "center"}),
    }
    _write(book.add_worksheet(translate(sheet.name, language)[:31]), sheet, formats, language)


def _write(page: Any, sheet: Sheet, formats: dict[str, Any], language: str) -> None:
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width)
        page.write_string(0, index, translate(column.header, language), formats["head"])
    page.set_row(0, 30)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for index, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            if column.number and value.isascii() and value.isdigit() and len(value) < 10:
                page.write_number(last, index, int(value), formats["number"])
            else:
                page.write_string(last, index, cell(value), formats["text"])
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&C&P / &N")
    if sheet.title:
        page.set_header("&L" + cell(sheet.title)[:120].replace("&", "&&"))
