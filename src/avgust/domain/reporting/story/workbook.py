"""A story as XLSX: a sheet of what it says, and a sheet for each table with numbers as numbers."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from avgust.domain.charts.table import BAD, BORDER, FEW
from avgust.domain.messages import mark, translate
from avgust.domain.reporting.story.record import story_record
from avgust.domain.reporting.story.story import Story
from avgust.domain.resolutions.export.printable import cell as fitting

FILLS: Final = {BAD: "#FBE6E2", BORDER: "#F8ECD2", FEW: "#ECEFF0"}
_FORBIDDEN: Final = str.maketrans("", "", "[]:*?/\\'")
NAME: Final = 31  # characters of a sheet's name that Excel allows


def story_xlsx(story: Story, language: str) -> bytes:
    """Return an XLSX file of the story; no cell is ever a formula or a link."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - 60 ms that other formats need not pay

    told = story_record(story, language)
    out = BytesIO()
    with Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": fitting(told["title"])[:255]})
        formats = _formats(book)
        names: set[str] = set()
        _summary(book.add_worksheet(_name(translate(mark("Report"), language), names)), told, formats)
        for part in told["sections"]:
            for table in [*part["tables"], *(chart["table"] for chart in part["charts"])]:
                if table["rows"]:
                    _table(book.add_worksheet(_name(table["caption"], names)), table, formats)
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
    made = {
        "text": book.add_format(base),
        "head": book.add_format(base | {"bold": True, "bottom": 2}),
        "title": book.add_format(base | {"bold": True, "font_size": 14}),
    }
    for shade, colour in FILLS.items():
        made[shade] = book.add_format(base | {"bg_color": colour, "bold": shade == BAD})
    return made


def _name(words: str, taken: set[str]) -> str:
    """Return a name for a sheet that Excel takes and no other sheet has."""
    plain = words.translate(_FORBIDDEN).strip() or "—"
    name, number = plain[:NAME], 1
    while name.casefold() in taken:
        number += 1
        tail = f" {number}"
        name = plain[: NAME - len(tail)] + tail
    taken.add(name.casefold())
    return name


def _summary(page: Any, told: dict[str, Any], formats: dict[str, Any]) -> None:
    page.set_column(0, 0, 44)
    page.set_column(1, 2, 40)
    lines: list[tuple[str, list[str]]] = [("title", [told["title"]]), ("text", [told["lede"]])]
    lines += [("text", [line]) for line in told["meta"]]
    lines += [("text", [fact["label"], fact["value"], fact["note"]]) for fact in told["facts"]]
    for part in told["sections"]:
        lines.append(("head", [part["title"]]))
        lines += [
            ("text", [text]) for text in [part["reading"], *(c["reading"] for c in part["charts"])] if text
        ]
        lines += [("text", [point["text"], point["ground"]]) for point in part["points"]]
    lines += [("text", [text]) for text in told["method"]]
    for row, (kind, cells) in enumerate(lines):
        for column, text in enumerate(cells):
            page.write_string(row, column, fitting(text), formats[kind])


def _table(page: Any, table: dict[str, Any], formats: dict[str, Any]) -> None:
    for column, words in enumerate(table["heads"]):
        page.write_string(0, column, fitting(words), formats["head"])
        page.set_column(column, column, 34 if column == 0 else 16)
    for row, cells in enumerate(table["rows"], start=1):
        for column, cell in enumerate(cells):
            look = formats.get(cell["shade"], formats["text"])
            if cell["value"] is not None:
                page.write_number(row, column, cell["value"], look)
            else:
                page.write_string(row, column, fitting(cell["text"]), look)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(table["rows"]), len(table["heads"]) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
