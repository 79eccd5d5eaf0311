"""Refused rows as a workbook to be mended and taken back: where each stood, why, its cells."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext as _

from avgust.domain.assessment.works.heads import Field, field_of
from avgust.domain.resolutions.export.printable import cell as printable_cell
from avgust.web.assessments.models import RefusedRow, Upload
from avgust.web.ui.requests import language

_MOST_SHEETS: Final = 200


def refused_xlsx(upload: Upload) -> bytes:
    """Return the rows that are not mended yet, a sheet for each set of heads."""
    from xlsxwriter import Workbook  # noqa: PLC0415

    out = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        for number, (heads, rows) in enumerate(_by_heads(upload), start=1):
            if number > _MOST_SHEETS:
                break
            _write(book.add_worksheet(f"{_('Rows')} {number}"), heads, rows, head)
        if not book.worksheets():
            book.add_worksheet(_("Rows"))
    return out.getvalue()


def _by_heads(upload: Upload) -> Iterator[tuple[tuple[Any, ...], list[RefusedRow]]]:
    rows = upload.refused_rows.filter(mended_by=None).select_related("file")
    keyed = [(tuple(row.file.heads.get(row.sheet, ())), row) for row in rows]
    keyed.sort(key=lambda pair: (str(pair[0]), pair[1].file.place, pair[1].sheet, pair[1].row))
    for heads, group in groupby(keyed, key=lambda pair: pair[0]):
        yield heads, [row for _heads, row in group]


def _write(page: Any, heads: tuple[Any, ...], rows: list[RefusedRow], bold: Any) -> None:
    said = [str(head) if head is not None else "" for head in heads]
    school = next((place for place, head in enumerate(said) if field_of(head) is Field.SCHOOL), None)
    added = [] if school is not None or not said else ["ОО"]
    before = [_("File"), _("Sheet"), _("Row"), _("Why it was not taken"), *added]
    for column, text in enumerate([*before, *said]):
        page.set_column(column, column, 46 if column == 3 else 12)
        page.write_string(0, column, printable_cell(text), bold)
    for at, row in enumerate(rows, start=1):
        cells = list(row.cells)
        if school is not None and school < len(cells) and cells[school] is None:
            cells[school] = row.school
        own = [row.school] if added else []
        values = [row.file.name, row.sheet, row.row, row.reason.render(language()), *own, *cells]
        for column, value in enumerate(values):
            if isinstance(value, int | float) and not isinstance(value, bool):
                page.write_number(at, column, value)
            elif value is not None:
                page.write_string(at, column, printable_cell(str(value)))
    page.freeze_panes(1, 0)
