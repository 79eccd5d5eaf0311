"""Writing the workbook: about the file, the report, and the rows to fill, locked but for what may be said.

Every cell is a string: nothing in a report can run. Decisions are chosen from a list in the cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

from avgust.domain.messages import Message, mark, translate
from avgust.domain.reporting.worksheet.keys import KEY_HEAD, Ticket
from avgust.domain.reporting.worksheet.rows import CHOICES, FILLED, HEADS, Choice, Field, WorkRow
from avgust.domain.resolutions.export.printable import cell
from avgust.domain.resolutions.export.sheets import Sheet, write_sheet

ABOUT: Final = mark("About the file")
FILL: Final = mark("To fill in")
FAULT: Final = mark("Why it was not taken")
KEY_WIDTH: Final = 4
HOW: Final = (
    mark(
        "Write in the tinted columns of the sheet “To fill in”; the other cells are locked,"
        " without a password."
    ),
    mark("What was done: the text of the report. It stays a draft until “Send for acceptance” is chosen."),
    mark("Link that proves it: the address of a page. Files are added on the page of the assignment."),
    mark("Decision: chosen from the list in the cell. To return a report, write why beside it."),
    mark("An empty cell changes nothing. Rows may be filtered, deleted or left as they are."),
    mark("Upload the workbook on the page of the report: first the difference is shown, then it is applied."),
)


@dataclass(frozen=True, slots=True)
class About:
    """What the first sheet says."""

    ticket: Ticket
    title: str
    lines: Sequence[tuple[Message, str]]  # a name and its value
    remark: Message | None = None  # why there is nothing to fill in, or not all of it


def write_returnable(
    out: IO[bytes],
    about: About,
    sheets: Iterable[Sheet],
    rows: Iterable[WorkRow],
    language: str,
    *,
    refused: bool = False,
) -> int:
    """Write the workbook to `out`, row after row; return how many rows there are to fill in.

    `refused` rows say beside them why they were not taken.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - 60 ms that other formats need not pay

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": cell(about.title)[:255]})
        formats = _formats(book)
        page = book.add_worksheet(translate(ABOUT, language)[:31])
        _about(page, about, formats, language)
        for sheet in sheets:
            write_sheet(book, sheet, language)
        fill = book.add_worksheet(translate(FILL, language)[:31])
        return _fill(fill, about, rows, formats, language, refused)


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
    lined = {"border": 1, "border_color": "#C8CCD0"}
    return {
        "title": book.add_format(base | {"bold": True, "font_size": 14}),
        "name": book.add_format(base | {"font_color": "#5A6470"}),
        "plain": book.add_format(base),
        "small": book.add_format(base | {"font_size": 8, "font_color": "#8A9099"}),
        "head": book.add_format(base | lined | {"bold": True, "bg_color": "#E9EDF2", "valign": "vcenter"}),
        "locked": book.add_format(base | lined),
        "open": book.add_format(base | lined | {"bg_color": "#FFF8E1", "locked": False}),
        "fault": book.add_format(base | lined | {"font_color": "#A4262C"}),
    }


def _about(page: Any, about: About, formats: dict[str, Any], language: str) -> None:
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, translate(ABOUT, language), formats["title"])
    row = 1
    for name, value in about.lines:
        row += 1
        page.write_string(row, 0, name.render(language), formats["name"])
        page.write_string(row, 1, cell(value), formats["plain"])
    row += 1
    for how in HOW:
        row += 1
        page.write_string(row, 1, translate(how, language), formats["plain"])
    if about.remark:
        row += 2
        page.write_string(row, 1, about.remark.render(language), formats["plain"])
    row += 2
    page.write_string(row, 0, translate(mark("Number of the report"), language), formats["small"])
    page.write_string(row, 1, str(about.ticket), formats["small"])
    page.protect("", {"format_columns": True, "format_rows": True})


def _fill(
    page: Any, about: About, rows: Iterable[WorkRow], formats: dict[str, Any], language: str, refused: bool
) -> int:
    page.set_column(0, 0, KEY_WIDTH, None, {"hidden": True})
    page.write_string(0, 0, KEY_HEAD, formats["head"])
    for column, (head, width) in enumerate(HEADS.values(), start=1):
        page.set_column(column, column, width)
        page.write_string(0, column, translate(head, language), formats["head"])
    fault = len(HEADS) + 1
    if refused:
        page.set_column(fault, fault, 60)
        page.write_string(0, fault, translate(FAULT, language), formats["head"])
    page.set_row(0, 30)
    last, runs = 0, _Runs()
    for last, row in enumerate(rows, start=1):
        page.write_string(last, 0, str(row.key(about.ticket.programme)), formats["locked"])
        _write_row(page, last, row, formats, language)
        if refused:
            page.write_string(last, fault, cell(row.fault), formats["fault"])
        runs.add(last, row.choices)
    _validate(page, runs, language)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, last, len(HEADS))
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
    return last


def _write_row(page: Any, place: int, row: WorkRow, formats: dict[str, Any], language: str) -> None:
    words = row.words(language)
    for column, one in enumerate(HEADS, start=1):
        style = formats["open" if _may_fill(row, one) else "locked"]
        if words[one]:
            page.write_string(place, column, cell(words[one]), style)
        else:
            page.write_blank(place, column, None, style)


def _may_fill(row: WorkRow, one: Field) -> bool:
    if one in (Field.TEXT, Field.LINK):
        return row.reports
    return one in FILLED and (one is Field.CHOICE or Choice.RETURN in row.choices)


class _Runs:
    """Stretches of rows with the same choices: a list of choices is one validation for all its stretches."""

    def __init__(self) -> None:
        self.found: dict[tuple[Choice, ...], list[list[int]]] = {}

    def add(self, place: int, choices: tuple[Choice, ...]) -> None:
        """Add the row at `place`."""
        stretches = self.found.setdefault(choices, [])
        if stretches and stretches[-1][1] == place - 1:
            stretches[-1][1] = place
        else:
            stretches.append([place, place])

    def __iter__(self) -> Iterator[tuple[tuple[Choice, ...], list[list[int]]]]:
        return iter(self.found.items())


def _validate(page: Any, runs: _Runs, language: str) -> None:
    column = list(HEADS).index(Field.CHOICE) + 1
    for choices, stretches in runs:
        if not choices:
            continue
        cells = [[first, column, last, column] for first, last in stretches]
        first, _column, last, _same = cells[0]
        page.data_validation(
            first,
            column,
            last,
            column,
            {
                "validate": "list",
                "source": [translate(CHOICES[choice], language) for choice in choices],
                "error_title": translate(mark("Decision"), language),
                "error_message": translate(mark("Choose from the list, or leave the cell empty."), language),
                "other_cells": cells[1:],
            },
        )
