"""Resolutions as CSV for a spreadsheet program: UTF-8 with a mark, semicolons, as Russian Excel opens it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from avgust.domain.messages import mark, translate
from avgust.domain.resolutions.export.plan.spreadsheet import plan_sheet
from avgust.domain.resolutions.export.printable import inert
from avgust.domain.resolutions.export.rows import plan_rows
from avgust.domain.resolutions.model import Resolution


def resolutions_csv(documents: Iterable[tuple[str, Resolution]], language: str) -> bytes:
    """Return the measures of named documents; a cell that would run as a formula is made inert."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    headers = [mark("Document"), *(column.header for column in plan_sheet("", ()).columns)]
    writer.writerow([translate(header, language) for header in headers])
    for name, resolution in documents:
        for row in plan_sheet("", plan_rows(resolution, language)).rows:
            writer.writerow([inert(value) for value in (name, *row)])
    return out.getvalue().encode("utf-8-sig")
