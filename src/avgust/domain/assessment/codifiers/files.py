"""A codifier as a workbook or CSV: cells are texts, so that no code becomes a number, a day or a formula."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

from avgust.domain.assessment.codifiers.model import Codifier
from avgust.domain.assessment.codifiers.table import table_of
from avgust.domain.assessment.codifiers.words import HEADS, SHEET
from avgust.domain.resolutions.export.printable import cell, inert

_WIDTHS = (18, 90, 16, 14)


def codifier_xlsx(codifier: Codifier) -> bytes:
    """Return the workbook."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 60 ms that other pages need not pay

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        page = book.add_worksheet(SHEET)
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "bg_color": "#E9EDF2", "text_wrap": True})
        for column, width in enumerate(_WIDTHS):
            page.set_column(column, column, width, text)
        rows = table_of(codifier)
        heads = rows.index(HEADS)
        for number, row in enumerate(rows):
            for column, said in enumerate(row):
                if said:
                    page.write_string(number, column, cell(said), head if number == heads else text)
        page.freeze_panes(heads + 1, 0)
        page.autofilter(heads, 0, len(rows) - 1, len(HEADS) - 1)
    return out.getvalue()


def codifier_csv(codifier: Codifier) -> bytes:
    """Return the table as CSV that a Russian spreadsheet opens."""
    out = StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([inert(said) for said in row] for row in table_of(codifier))
    return out.getvalue().encode("utf-8-sig")
