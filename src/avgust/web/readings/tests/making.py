"""Works of a region of a dozen schools: the same one of two years, and that of the cohort a year before."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from avgust.domain.assessment.works import Item, Level
from avgust.web.assessments import actions, summing
from avgust.web.assessments.models import Work
from avgust.web.territory.models import Membership, Unit
from avgust.web.warehouse.layout import Row
from avgust.web.warehouse.publishing import publish_stage
from avgust.web.warehouse.staging import Stage

ITEMS = (
    Item("1", 1, Level.BASIC, "Дроби", "Вычислять"),
    Item("2", 2, Level.BASIC, "Проценты", "Вычислять"),
    Item("3", 1, Level.ADVANCED, "Задача", "Рассуждать"),
    Item("4", 2, Level.HIGH, "Логика", "Рассуждать"),
)
PUPILS = 30


def schools_of(cast: Any, more: int = 10) -> list[Unit]:
    """Return the two schools of the cast and some more in villages of our municipality."""
    made = [cast.units.school, cast.units.neighbour_school]
    for number in range(more):
        name = f"МБОУ «Сельская средняя школа № {number + 1}»"
        unit = Unit.objects.create(
            kind="school", name=name, short_name=f"Сельская СОШ № {number + 1}", settlement="rural",
            opened=date(2020, 9, 1),
        )  # fmt: skip
        Membership.objects.create(unit=unit, parent=cast.units.municipality, since=date(2020, 9, 1))
        made.append(unit)
    return made


def work_of(cast: Any, schools: list[Unit], year: int, grade: int, *, lasting: int = 0, **more: Any) -> Work:
    """Return a work that all schools wrote; the numbers of pupils begin with `lasting`."""
    said = {"procedure": "vpr", "subject": "ma"} | more
    work = Work.objects.create(
        unit=cast.units.region,
        title=f"ВПР {year}, математика, {grade} класс",
        grade=grade,
        school_year=year - 1,
        held_on=date(year, 4, 15),
        added_by=cast.analyst,
        **said,
    )
    actions.set_specification(
        work, actor=cast.analyst, items=ITEMS, cuts={3: 2, 4: 4, 5: 5}, since=work.held_on
    )
    fill(work, schools, lasting=lasting)
    return work


def fill(work: Work, schools: list[Unit], *, lasting: int = 0, seed: int = 0) -> None:
    """Publish results of the schools: they differ, and the journal is as the mark for most."""
    maxima = [item.maximum for item in ITEMS]
    with Stage(len(ITEMS)) as stage:
        for number, school in enumerate(schools):
            rng = np.random.default_rng([work.school_year, work.grade, number, seed])
            level = 0.2 + 0.5 * (number / len(schools))
            points = rng.binomial(maxima, level, (PUPILS, len(ITEMS))).tolist()
            stage.add(
                [
                    Row(
                        school.pk, f"{work.grade}{'АБ'[k % 2]}", lasting + 1000 * number + k + 1, "1",
                        sum(row), None, min(5, 2 + sum(row) // 2), True, 1, tuple(row),
                    )
                    for k, row in enumerate(points)
                ]
            )  # fmt: skip
        publish_stage(work.dataset, [item.code for item in ITEMS], stage)
    summing.keep(work, summing.found(work))
