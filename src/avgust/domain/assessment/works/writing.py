"""Results as rows of F1 of ФИС ОКО: what the reader of F1 reads back as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from avgust.domain.assessment.works.results import NOT_ATTEMPTED, Line
from avgust.domain.assessment.works.specification import Specification
from avgust.domain.tables import Cell

BEFORE: Final = ("ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант")
AFTER: Final = ("Первичный балл", "Отметка", "Отметка по журналу")


def individual_rows(
    work: Specification, lines: Iterable[Line], *, name: str, subject: str, grade: int, day: date
) -> Iterator[Sequence[Cell]]:
    """Yield the rows of a sheet; lines of a school stand together."""
    width = len(BEFORE) + len(work.items) + len(AFTER)
    for text in (
        "Индивидуальные результаты",
        name,
        f"Предмет: {subject}",
        f"Класс: {grade}",
        f"Максимальный первичный балл: {work.maximum}",
        f"Дата: {day:%d.%m.%Y}",
    ):
        yield (text, *[None] * (width - 1))
    levels = [item.level.value if item.level else None for item in work.items]
    yield (*[None] * len(BEFORE), *levels, *[None] * len(AFTER))
    yield (*BEFORE, *(f"{item.code} ({item.maximum}б)" for item in work.items), *AFTER)
    for school, of_school in groupby(lines, key=lambda line: line.school):
        held = list(of_school)
        banner = f"{school.code} | {school.name} | Кол-во участников: {len(held)}"
        yield (banner, *[None] * (width - 1))
        for line in held:
            yield _row(line, len(work.items))


def _row(line: Line, items: int) -> Sequence[Cell]:
    school = line.school
    journal: Cell = "нет отметки" if line.journal is None else line.journal
    who = (school.code, school.municipality, school.name, line.pupil, line.group, line.variant or None)
    if line.absent:
        return (*who, *[None] * items, None, "отсутствовал", journal)
    scores = ("X" if score == NOT_ATTEMPTED else score for score in line.scores)
    return (*who, *scores, line.primary, line.mark, journal)
