"""The plan of measures as PDF/A-2a, set by typst in PT Serif and PT Sans.

The words go to the template as JSON values, so that nothing in a measure can act as markup. Typst holds the
whole document while it sets it, 130 KB and 2 ms a row: a file of more than `MOST_LINES` is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any, Final

from avgust.domain.messages import translate
from avgust.domain.resolutions.export.plan.paper import APPROVAL, Heading, Line, Paper
from avgust.domain.resolutions.export.printable import printable

MOST_LINES: Final = 2_000
_TEMPLATE: Final = Path(__file__).with_name("plan.typ")
_FONTS: Final = ("fontpkg_pt_sans", "fontpkg_pt_serif")


class TooLongError(ValueError):
    """The plan has more lines than a PDF is set of."""


def plan_pdf(paper: Paper, lines: Iterable[Line], language: str, *, stamp: datetime) -> bytes:
    """Return a PDF file; `stamp` is its date. Raises TooLongError beyond `MOST_LINES`."""
    import typst  # noqa: PLC0415 - a compiler that other formats need not load

    taken = list(islice(lines, MOST_LINES + 1))
    if len(taken) > MOST_LINES:
        raise TooLongError
    done = typst.compile(
        str(_TEMPLATE),
        font_paths=font_folders(),
        ignore_system_fonts=True,
        sys_inputs={"plan": json.dumps(_values(paper, taken, language), ensure_ascii=False)},
        pdf_standards=["a-2a"],
        timestamp=int(stamp.timestamp()),
    )
    return bytes(done)


def _values(paper: Paper, lines: list[Line], language: str) -> dict[str, Any]:
    """Return what the template prints."""
    return {
        "title": printable(paper.title),
        "subtitle": printable(paper.subtitle),
        "note": printable(paper.note),
        "language": language,
        "approval": [translate(line, language) for line in APPROVAL] if paper.approval else [],
        "heads": [translate(column.header, language) for column in paper.columns],
        "widths": [column.width for column in paper.columns],
        "centred": [column.centred for column in paper.columns],
        "lines": [_line(line) for line in lines],
    }


def _line(line: Line) -> str | list[str]:
    return printable(line.text) if isinstance(line, Heading) else [printable(words) for words in line]


@lru_cache(maxsize=1)
def font_folders() -> list[str]:
    """Return the folders of PT Sans and PT Serif, the same on screen and on paper."""
    return [str(Path(str(files(package))) / "files") for package in _FONTS]
