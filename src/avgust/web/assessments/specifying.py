"""A specification as a workbook: taken out, filled in a spreadsheet, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from avgust.domain.assessment.works import Item, form
from avgust.domain.assessment.works.cells import (
    BadCellError,
    item_head,
    level_of,
    number_of,
    plain,
    text_of,
)
from avgust.domain.resolutions.export.printable import cell as printable_cell
from avgust.domain.tables import Cell
from avgust.isolation import read_table_isolated
from avgust.web.assessments.codifiers.choosing import asked_of
from avgust.web.assessments.codifiers.models import CodifierEdition
from avgust.web.assessments.models import SpecificationOfWork

_WIDTHS: Final = (10, 10, 10, 44, 44, 60, 44, 44)

_CODIFIERS: Final = (form.CONTENT_CODIFIER, form.SKILL_CODIFIER)


@dataclass(frozen=True)
class Sheet:
    """What a workbook says."""

    items: tuple[Item, ...]
    cuts: dict[int, int]
    variants: tuple[str, ...]
    basis: str
    since: date | None
    # «ru-4-content/2026»; "" for none, None where the workbook has no such row and nothing changes
    content_codifier: str | None = None
    skill_codifier: str | None = None


def specification_xlsx(found: SpecificationOfWork | None) -> bytes:
    """Return the workbook; an empty one without a specification."""
    from xlsxwriter import Workbook  # noqa: PLC0415

    out = BytesIO()
    with Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
        page, head = book.add_worksheet(form.SHEET), book.add_format({"bold": True, "text_wrap": True})
        cuts = {int(mark): least for mark, least in found.cuts.items()} if found else {}
        top: list[tuple[str, Any]] = [(form.CUT.format(mark=mark), cuts.get(mark)) for mark in (3, 4, 5)]
        top += [
            (form.VARIANTS, ", ".join(found.variants) if found else ""),
            (form.BASIS, found.basis if found else ""),
            (form.SINCE, f"{found.since:%d.%m.%Y}" if found else ""),
            (form.CONTENT_CODIFIER, _reference(found.content_codifier if found else None)),
            (form.SKILL_CODIFIER, _reference(found.skill_codifier if found else None)),
        ]
        for row, (name, value) in enumerate(top):
            page.write_string(row, 0, name, head)
            if isinstance(value, int):
                page.write_number(row, 1, value)
            else:
                page.write_string(row, 1, printable_cell(value or ""))
        first = len(top) + 1
        for column, (name, width) in enumerate(zip((*form.HEADS, *form.MEANINGS), _WIDTHS, strict=True)):
            page.set_column(column, column, width)
            page.write_string(first, column, name, head)
        asked = asked_of(found) if found else ()
        for row, (item, known) in enumerate(
            zip(found.items.all() if found else (), asked, strict=True), start=first + 1
        ):
            page.write_string(row, 0, item.code)
            page.write_number(row, 1, item.maximum)
            said = (item.level, item.content, item.skill, item.criteria)
            meanings = (
                "; ".join(known.contents) if found and found.content_codifier else "",
                "; ".join(known.skills) if found and found.skill_codifier else "",
            )
            told = (
                "" if written == meaning else meaning
                for written, meaning in zip((item.content, item.skill), meanings, strict=True)
            )
            for column, text in enumerate((*said, *told), start=2):
                page.write_string(row, column, printable_cell(text))
    return out.getvalue()


def _reference(edition: CodifierEdition | None) -> str:
    return edition.reference if edition else ""


def read_specification(data: bytes) -> Sheet:
    """Return what a workbook says. Raises TableError for no table, ValidationError for no specification."""
    for sheet in read_table_isolated(data):
        for number, row in enumerate(sheet.rows):
            if plain(text_of(row[0])) != plain(form.ITEM):
                continue
            return _sheet(sheet.rows, number, row)
    raise ValidationError(_("No sheet has the heads of the specification. Download it from the work's page."))


def _sheet(rows: Sequence[Sequence[Cell]], number: int, heads: Sequence[Cell]) -> Sheet:
    columns = {plain(text_of(cell)): column for column, cell in enumerate(heads)}
    faults: list[str] = []
    items = [
        item
        for at, row in enumerate(rows[number + 1 :], start=number + 2)
        if (item := _item(row, columns, at, faults)) is not None
    ]
    above = {plain(text_of(row[0])): row[1] if len(row) > 1 else None for row in rows[:number]}
    cuts: dict[int, int] = {}
    for mark in (3, 4, 5):
        try:
            least = number_of(above.get(plain(form.CUT.format(mark=mark))))
        except BadCellError as error:
            said = _("The cut score of %(mark)s: “%(cell)s” is no number.")
            faults.append(said % {"mark": mark, "cell": error})
        else:
            cuts |= {mark: least} if least is not None else {}
    if faults:
        raise ValidationError(faults)
    variants = tuple(
        one.strip() for one in text_of(above.get(plain(form.VARIANTS))).split(",") if one.strip()
    )
    basis, since = text_of(above.get(plain(form.BASIS)))[:300], _day(above.get(plain(form.SINCE)))
    named = {label: text_of(above[plain(label)]) if plain(label) in above else None for label in _CODIFIERS}
    return Sheet(tuple(items), cuts, variants, basis, since, *named.values())


def _item(row: Sequence[Cell], columns: dict[str, int], at: int, faults: list[str]) -> Item | None:
    def text(name: str, longest: int = 200) -> str:
        column = columns.get(plain(name))
        return text_of(row[column])[:longest] if column is not None and column < len(row) else ""

    if not text(form.ITEM):
        return None
    head = item_head(text(form.ITEM))
    try:
        maximum = number_of(text(form.MAXIMUM))
        if head is None or maximum is None:
            raise BadCellError(text(form.ITEM))
        level = level_of(text(form.LEVEL))
        content, skill, criteria = text(form.CONTENT), text(form.SKILL), text(form.CRITERIA, 1000)
        return Item(head.code, maximum, level, content, skill, criteria)
    except ValueError:
        faults.append(
            _("Row %(row)s: an item needs its number, as “4К1”, and its maximum of 1 to 100.") % {"row": at}
        )
        return None


def _day(cell: Cell) -> date | None:
    if isinstance(cell, date):
        return cell
    parts = text_of(cell).split(".")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else None
    except ValueError:
        return None
