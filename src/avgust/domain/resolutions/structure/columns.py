"""What the columns of a table hold: by the words of its head, or by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from avgust.domain.resolutions.model import Cell
from avgust.domain.resolutions.structure.lines import Row
from avgust.domain.resolutions.structure.own_lines import is_deadline
from avgust.domain.resolutions.structure.verbs import begins_with_order

_HEADS: Final = tuple(
    (role, re.compile(words, re.IGNORECASE))
    for role, words in (
        ("number", r"(?:№|n|no)\s?(?:п\s?[./]?\s?п\.?)?$|№|п\s?[./]\s?п|номер|пункты?$"),
        (
            "note",
            r"отметк|примечан|источник|финансир|объ[её]м|место|форма\s(?:проведения|работы)|участник|"
            r"целев[а-яё]+\s(?:аудит|групп)",
        ),
        ("deadline", r"срок|дат[аы]\b|период|время|когда|месяц"),
        ("executor", r"ответствен|исполнител|организатор|кто\b|соисполн|отв\."),
        ("person", r"ф\.?\s?и\.?\s?о|фамилия|должность|состав"),
        (
            "result",
            r"(?:[а-яё]+\s){0,2}(?:результат|показател|индикатор|эффект)|вид\sдокумента|форма\s|продукт|"
            r"отч[её]тн|итогов",
        ),
        ("group", r"направлени|раздел|задач|блок|цел[ьи]|проблем"),
        (
            "measure",
            r"(?:[а-яё/]+\s){0,3}(?:мероприят|действи|мер[аы]?\b|поручени|содержани|наименовани|работ|решени|"
            r"рекомендац|вопрос|тема|пункт|этап|событи|задани|предложени|что\s)",
        ),
    )
)
_PRIORITY: Final = (
    "мероприят",
    "поручен",
    "действи",
    "меры",
    "мера",
    "рекоменд",
    "содержани",
    "работ",
    "наименовани",
)
_NUMERAL: Final = re.compile(
    r"\(?(?:\d{1,3}(?:\s?\.\s?\d{1,3})*|[IVXLІХ]{1,6}|[а-яa-z])\s?[.)]*", re.IGNORECASE
)
_LONGEST_HEAD: Final = 120
_SAMPLE: Final = 200  # rows looked at where there is no head


@dataclass(frozen=True, slots=True)
class Columns:
    """The roles of grid columns; `heads` are the texts of head rows, `skip` how many rows they take."""

    roles: dict[int, str]
    width: int
    heads: frozenset[tuple[str, ...]]
    skip: int
    printed: bool  # a head is printed

    def role(self, cell: Cell) -> str:
        """Return what a cell holds: the first role among the columns that it covers."""
        for column in range(cell.column, cell.column + max(1, cell.colspan)):
            if self.roles.get(column) == "measure":
                return "measure"
        return self.roles.get(cell.column, "note")

    @property
    def field_count(self) -> int:
        """How many columns state fields."""
        return sum(1 for role in self.roles.values() if role in ("deadline", "executor", "result"))


def row_texts(row: Row) -> tuple[str, ...]:
    """Return the normalised texts of a row's cells, for comparing heads."""
    return tuple(" ".join(cell.text.split()).lower() for cell in row.block.cells)


def is_index_row(row: Row) -> bool:
    """Tell whether a row numbers the columns: 1 | 2 | 3 | 4."""
    texts = [text.rstrip(".") for text in row_texts(row) if text]
    return len(texts) > 1 and texts == [str(n) for n in range(1, len(texts) + 1)]


def is_numeral(text: str) -> bool:
    """Tell whether a cell holds a printed number and nothing else."""
    return bool(_NUMERAL.fullmatch(text.strip()))


def read_columns(rows: Sequence[Row]) -> Columns | None:
    """Return the columns of a plan of measures, None when the table is something else."""
    for at, row in enumerate(rows[:5]):
        roles = _head_roles(row)
        if roles is not None:
            return _with_second_head(rows, at, roles)
        if len([text for text in row_texts(row) if text]) > 1:
            break
    return _inferred(rows)


def _head_roles(row: Row) -> dict[int, str] | None:
    roles: dict[int, str] = {}
    matched = 0
    for cell in row.block.cells:
        text = " ".join(cell.text.split()).strip(" *_.:")
        role = _role_of_head(text) if text and len(text) <= _LONGEST_HEAD else None
        if role is None and text and (len(text) > _LONGEST_HEAD or any(c.isdigit() for c in text)):
            return None
        matched += role is not None
        for column in range(cell.column, cell.column + max(1, cell.colspan)):
            roles[column] = role or ("other" if text else "")
    if matched < 2 or not {"measure", "group", "deadline", "executor"} & set(roles.values()):
        return None
    return roles if _choose_measure(row, roles) else None


def _role_of_head(text: str) -> str | None:
    return next((role for role, pattern in _HEADS if pattern.match(text)), None) or (
        "measure" if re.search(r"мероприят|поручен", text, re.IGNORECASE) else None
    )


def _choose_measure(row: Row, roles: dict[int, str]) -> bool:
    """Leave one measure column; what stands left of it groups the rows. False: there is none."""
    named = {cell.column: cell.text.lower() for cell in row.block.cells}
    measures = [column for column, role in roles.items() if role == "measure" and column in named]
    if not measures:
        measures = [
            column for column, role in roles.items() if role in ("group", "other") and column in named
        ]
        if not measures or not _may_name_no_measure(roles):
            return False
        measures = measures[-1:] if roles[measures[-1]] == "group" else measures[:1]
    chosen = min(measures, key=lambda column: _priority(named[column]))
    for column in measures:
        if column != chosen:
            roles[column] = "group" if column < chosen else "note"
    roles[chosen] = "measure"
    return True


def _may_name_no_measure(roles: dict[int, str]) -> bool:
    """Whether a head without a word for measures («Задача | Срок», «… | Срок | Исполнитель») is of a plan."""
    named = set(roles.values())
    if "person" in named:
        return False
    return {"deadline", "executor"} <= named or ("group" in named and bool({"deadline", "executor"} & named))


def _priority(head: str) -> int:
    return next((n for n, word in enumerate(_PRIORITY) if word in head), len(_PRIORITY))


def _with_second_head(rows: Sequence[Row], at: int, roles: dict[int, str]) -> Columns:
    """Take a second row of the head (parts of a merged cell) and the row of column numbers."""
    heads = {row_texts(rows[at])}
    skip = at + 1
    if skip < len(rows) and _is_second_head(rows[skip], roles):
        for cell in rows[skip].block.cells:
            role = _role_of_head(" ".join(cell.text.split())) if cell.text.strip() else None
            if role is not None and roles.get(cell.column) in ("other", "", None):
                roles[cell.column] = role
        heads.add(row_texts(rows[skip]))
        skip += 1
    if skip < len(rows) and is_index_row(rows[skip]):
        skip += 1
    return Columns(roles, max(roles) + 1, frozenset(heads), skip, printed=True)


def _is_second_head(row: Row, roles: dict[int, str]) -> bool:
    if is_index_row(row):
        return False
    cells = [cell for cell in row.block.cells if cell.text.strip()]
    if not cells or any(len(cell.text) > 60 or is_numeral(cell.text) for cell in cells):
        return False
    if any(cell.header for cell in cells):
        return True
    first = row.block.cells[0]
    above_goes_on = first.continued or not first.text.strip()
    measure = next((cell for cell in row.block.cells if roles.get(cell.column) == "measure"), None)
    return (
        above_goes_on
        and len(cells) > 1
        and (measure is None or measure.continued or not measure.text.strip())
    )


def _inferred(rows: Sequence[Row]) -> Columns | None:
    """Tell the columns of a table without a head by what most of their cells hold."""
    sample = [row for row in rows[:_SAMPLE] if sum(1 for cell in row.block.cells if cell.text.strip()) > 1]
    if not sample:
        return None
    columns: dict[int, list[str]] = {}
    for row in sample:
        for cell in row.block.cells:
            if cell.text.strip():
                columns.setdefault(cell.column, []).append(" ".join(cell.text.split()))
    roles: dict[int, str] = {}
    for column, texts in sorted(columns.items()):
        if 2 * sum(map(is_numeral, texts)) > len(texts) and "number" not in roles.values():
            roles[column] = "number"
        elif 2 * sum(map(is_deadline, texts)) > len(texts):
            roles[column] = "deadline"
    free = [column for column in columns if column not in roles]
    if not free:
        return None
    measure = max(free, key=lambda column: sum(map(len, columns[column])) / len(columns[column]))
    texts = columns[measure]
    ordered = 2 * sum(map(begins_with_order, texts)) > len(texts)
    if "deadline" not in roles.values() and not ("number" in roles.values() and ordered):
        return None
    roles[measure] = "measure"
    for column in free:
        if column != measure:
            roles[column] = "executor" if "executor" not in roles.values() else "note"
    return Columns(roles, max(columns) + 1, frozenset(), 0, printed=False)
