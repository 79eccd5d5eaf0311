"""Synthetic works and lines, and strategies for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from avgust.domain.assessment.works import NOT_ATTEMPTED, Item, Level, Line, School, Specification
from avgust.domain.assessment.works.writing import individual_rows

WORK = Specification(
    items=(Item("1", 2, Level.BASIC), Item("2", 1, Level.BASIC), Item("4К1", 3, Level.ADVANCED)),
    cuts={3: 2, 4: 4, 5: 6},
)
BOROVAYA = School("edu000001", "МБОУ «Боровская СОШ»", "Заозёрный округ")
LUGOVAYA = School("edu000002", "МБОУ «Луговская СОШ»", "Луговской округ")


def line(pupil: str = "10001", scores: tuple[int | None, ...] = (2, 1, 0), **said: Any) -> Line:
    points = sum(score for score in scores if score and score > 0)
    values = {"primary": points, "mark": WORK.mark_of(points), "school": BOROVAYA, "group": "4А"} | said
    return Line(sheet="Лист1", row=0, pupil=pupil, scores=scores, **values)


def sheet(lines: list[Line], work: Specification = WORK) -> list[tuple[Any, ...]]:
    rows = individual_rows(
        work, lines, name="ВПР 2026. 4 класс", subject="Русский язык", grade=4, day=date(2026, 4, 15)
    )
    return [tuple(row) for row in rows]


_codes = st.lists(
    st.tuples(st.integers(1, 30), st.sampled_from(["", ".1", ".2", "К1", "К2"])),
    min_size=1,
    max_size=8,
    unique=True,
)


@st.composite
def works(draw: Any) -> Specification:
    items = [
        Item(f"{task}{part}", draw(st.integers(1, 5)), draw(st.sampled_from([None, *Level])))
        for task, part in draw(_codes)
    ]
    return Specification(tuple(items))


@st.composite
def classes(draw: Any, work: Specification) -> list[Line]:
    """Lines of schools, each school's together, with absences, gaps and X."""
    lines: list[Line] = []
    for number in range(draw(st.integers(1, 3))):
        school = School(f"edu{number:06}", f"Школа № {number}", "Округ")
        for pupil in range(draw(st.integers(1, 5))):
            journal = draw(st.sampled_from([None, 2, 3, 4, 5]))
            if draw(st.integers(0, 9)) == 0:
                lines.append(Line("", 0, school, f"{pupil:05}", "4Б", "", journal=journal, absent=True))
                continue
            scores = [draw(st.sampled_from([NOT_ATTEMPTED, None, *range(i.maximum + 1)])) for i in work.items]
            if all(score is None for score in scores):
                scores[0] = 0
            points = sum(score for score in scores if score and score > 0)
            variant = draw(st.sampled_from(["", "1", "2"]))
            lines.append(
                Line("", 0, school, f"{pupil:05}", "4Б", variant, tuple(scores), points, journal=journal)
            )
    return lines
