"""The tree as a workbook that imports back with no difference, and the empty workbook to fill in.

Cells are strings and days, never formulas.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Final

from avgust.domain.messages import mark, translate
from avgust.domain.resolutions.export.printable import cell
from avgust.domain.tables import Cell, Sheet
from avgust.domain.territory.imports.columns import CHOICES, HEADERS, WIDTHS, Field, choice_text
from avgust.domain.territory.imports.rows import shown

_LAST: Final = 2_000  # rows of the template that offer lists of choices


@dataclass(frozen=True, slots=True)
class Exported:
    """One unit as a row: days are days, choices are codes."""

    values: Mapping[Field, str | date | int | None]


def tree_xlsx(rows: Iterable[Exported], language: str) -> bytes:
    """Return the workbook of `rows`."""
    return _book(rows, language, template=False)


def template_xlsx(language: str) -> bytes:
    """Return an empty workbook with the heads, lists of choices, and what each column means."""
    return _book((), language, template=True)


def _book(rows: Iterable[Exported], language: str, *, template: bool) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415 - 60 ms that other pages need not pay

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bg_color": "#E9EDF2", "text_wrap": True, "valign": "vcenter"})
        formats = {"day": book.add_format({"num_format": "dd.mm.yyyy", "align": "left"}), "text": None}
        page = book.add_worksheet(translate(mark("Organisations"), language)[:31])
        last = 0
        for column, name in enumerate(Field):
            page.set_column(column, column, WIDTHS.get(name, 16))
            page.write_string(0, column, translate(HEADERS[name], language), head)
        for last, row in enumerate(rows, start=1):
            _write_row(page, last, row, formats, language)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, last, len(Field) - 1)
        _offer_choices(page, max(last, _LAST if template else last), language)
        if template:
            _explain(book.add_worksheet(translate(mark("How to fill in"), language)[:31]), head, language)
    return out.getvalue()


def _write_row(page: Any, number: int, row: Exported, formats: Mapping[str, Any], language: str) -> None:
    for column, name in enumerate(Field):
        value = row.values.get(name)
        if value is None or value == "":
            continue
        if isinstance(value, date):
            if value.year < 1900:  # no spreadsheet counts such days
                page.write_string(number, column, f"{value:%d.%m.%Y}")
            else:
                page.write_datetime(number, column, value, formats["day"])
        elif name in CHOICES:
            page.write_string(number, column, choice_text(name, str(value), language))
        elif isinstance(value, int):
            page.write_number(number, column, value)
        else:
            page.write_string(number, column, cell(value))


def _offer_choices(page: Any, last: int, language: str) -> None:
    for column, name in enumerate(Field):
        if name in CHOICES and last:
            words = [translate(msgid, language) for msgid in CHOICES[name].values()]
            page.data_validation(1, column, last, column, {"validate": "list", "source": words})


_EXPLAINED: Final[dict[Field, str]] = {
    Field.NUMBER: mark("Comes from an exported file. Leave it empty for a new organisation."),
    Field.INN: mark("Ten digits. By it the organisation is found in the register."),
    Field.NAME: mark("As in the charter. Needed for a new organisation."),
    Field.SHORT_NAME: mark("As lists show it."),
    Field.KIND: mark("One of the list. Needed for a new organisation."),
    Field.PLACE: mark("The municipality or region, by its name. Another one than in the register is a move."),
    Field.SINCE: mark("From which day it stands there; without it a move is of the day of the upload."),
    Field.FOUNDER: mark("One of the list."),
    Field.SETTLEMENT: mark("One of the list."),
    Field.OPENED: mark(
        "01.09.1974, a date or a text. Without it a new organisation opens on the day of the upload."
    ),
    Field.CLOSED: mark("The last day of work. Filled in, it closes the organisation."),
    Field.SUCCESSOR: mark("Tax number or name of the organisation that takes over, for a merger."),
    Field.BASIS: mark("The act that ordered the opening, the move or the closing."),
}


def _explain(page: Any, head: Any, language: str) -> None:
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 100)
    page.write_string(0, 0, translate(mark("Column"), language), head)
    page.write_string(0, 1, translate(mark("What to write"), language), head)
    for number, (name, sentence) in enumerate(_EXPLAINED.items(), start=1):
        page.write_string(number, 0, translate(HEADERS[name], language))
        page.write_string(number, 1, translate(sentence, language))
    page.write_string(len(_EXPLAINED) + 2, 0, translate(mark("An empty cell changes nothing."), language))


def marked_xlsx(sheets: Sequence[Sheet], notes: Mapping[str, Mapping[str, str]]) -> bytes:
    """Return the uploaded sheets with `notes` (sheet → cell → sentence) as comments on red cells."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - as above

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        wrong = book.add_format({"bg_color": "#F7D9D5"})
        for number, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(_sheet_name(sheet.name, number))
            for index, row in enumerate(sheet.rows):
                for column, value in enumerate(row):
                    _write_plain(page, index, column, value)
            for place, sentence in notes.get(sheet.name, {}).items():
                _mark(page, place, sentence, sheet, wrong)
    return out.getvalue()


def _sheet_name(name: str, number: int) -> str:
    """Return a name that spreadsheets accept; the number keeps two names apart."""
    clean = "".join(letter for letter in name if letter not in "[]:*?/\\'")[:28]
    return clean if number == 1 and clean else f"{clean or 'Sheet'} {number}"


def _write_plain(page: Any, row: int, column: int, value: Cell) -> None:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, cell(shown(value)))


def _mark(page: Any, place: str, sentence: str, sheet: Sheet, wrong: Any) -> None:
    from xlsxwriter.utility import xl_cell_to_rowcol  # noqa: PLC0415 - as above

    row, column = xl_cell_to_rowcol(place)
    page.write_string(row, column, cell(shown(sheet.rows[row][column])), wrong)
    page.write_comment(row, column, sentence)
