"""What antiword prints: a line for every paragraph, list numbers as printed, rows between pipes.

With `-w 0` a paragraph is one line. A row of a table is one or more lines `|a |b |`, since long cells
wrap; rows are told apart by the first cell, which is empty in the lines that go on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from avgust.domain.resolutions.model import SourceDocument
from avgust.domain.resolutions.readers.assemble import Assembler, CellDraft, Look
from avgust.domain.resolutions.readers.numbering import BULLET

_ROW: Final = re.compile(r"\s*\|.*\|\s*")
_BULLET: Final = re.compile(r"\s*[·•▪●\uf0b7*]\s+")


def read_output(output: bytes) -> SourceDocument:
    """Return the document that antiword printed as UTF-8."""
    out = Assembler()
    rows: list[list[str]] = []
    for line in output.decode("utf-8", "replace").splitlines():
        if _ROW.fullmatch(line):
            rows.append([cell.strip() for cell in line.strip()[1:-1].split("|")])
            continue
        _write_table(rows, out)
        rows = []
        bullet = _BULLET.match(line)
        if bullet:
            out.paragraph(f"{BULLET} {line[bullet.end() :]}", Look(auto_label=BULLET))
        else:
            out.paragraph(line)
    _write_table(rows, out)
    return out.document("doc")


def _write_table(lines: Sequence[Sequence[str]], out: Assembler) -> None:
    """Write the rows of a table; a line with an empty first cell goes on with the row above."""
    rows: list[list[str]] = []
    for line in lines:
        above = rows[-1] if rows else None
        if above is not None and len(above) == len(line) and not line[0] and any(line):
            for at, words in enumerate(line):
                above[at] = f"{above[at]} {words}".strip()
        else:
            rows.append(list(line))
    if not rows:
        return
    if all(len(row) < 2 for row in rows):
        for row in rows:
            out.paragraph(row[0])
        return
    number = out.new_table()
    for row in rows:
        out.row([CellDraft(words, column) for column, words in enumerate(row)], number)
