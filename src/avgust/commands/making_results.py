"""`avgust demo-results`: results of a work of any size, as F1 workbooks, Parquet or CSV, with the truth."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from avgust.domain.messages import Message, mark, translate

if TYPE_CHECKING:
    from avgust.domain.assessment.simulation import Plan, Profile, Truth
    from avgust.domain.assessment.works import Line

WORKS: Final = ("ru4", "ma4", "ru5", "ma5")
FORMATS: Final = ("f1", "parquet", "csv")
SUBJECTS: Final = {"ru": "Русский язык", "ma": "Математика"}
_LOGIN: Final = "edu{:06}"


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the arguments."""

    def add(name: str, sentence: str, **options: Any) -> None:
        parser.add_argument(name, help=translate(sentence, language), **options)

    add("folder", mark("where the files go"), type=Path)
    add("--work", mark("which work (default: ru4)"), choices=WORKS, default="ru4")
    add("--format", mark("F1 workbooks, Parquet or CSV"), choices=FORMATS, default="f1")
    add("--schools", mark("how many schools (default: 20)"), type=int, default=20)
    add("--classes", mark("classes of a school (default: 2)"), type=int, default=2)
    add("--pupils", mark("pupils of a class (default: 25)"), type=int, default=25)
    add("--seed", mark("the same seed gives the same results"), type=int, default=1)
    add("--day", mark("day of the work"), type=date.fromisoformat, default=date(2026, 4, 14))
    add("--lifted", mark("schools that lift pupils over a mark (the first ones)"), type=int, default=0)
    add("--broken", mark("F1 workbooks with mistakes (the first ones)"), type=int, default=0)


def run(options: argparse.Namespace, language: str) -> int:
    """Write the files, `truth.json` and the specification that `avgust analyse` reads, `work.json`."""
    from avgust.domain.assessment.simulation import PROFILES, simulate

    profile, plan = PROFILES[options.work], _plan(options)
    options.folder.mkdir(parents=True, exist_ok=True)
    truths: list[Truth] = []

    def schools() -> Iterator[list[Line]]:
        for truth, lines in simulate(profile, plan, [options.seed]):
            truths.append(truth)
            yield lines

    write = {"f1": _books, "parquet": _parquet, "csv": _csv}[options.format]
    write(schools(), profile, options)
    _truth(options.folder / "truth.json", profile, truths)
    _specification(options.folder / "work.json", profile)
    pupils = sum(truth.pupils for truth in truths)
    said = Message(
        mark("%(pupils)d participants of %(schools)d schools are in %(folder)s."),
        {"pupils": pupils, "schools": len(truths), "folder": str(options.folder)},
    )
    print(said.render(language))
    return 0


def _plan(options: argparse.Namespace) -> Plan:
    from avgust.domain.assessment.simulation import Plan, SchoolPlan
    from avgust.domain.assessment.works import School

    return Plan(
        tuple(
            SchoolPlan(
                School(_LOGIN.format(number), f"МБОУ «Школа № {number}»", f"Округ № {1 + number % 20}"),
                (options.pupils,) * options.classes,
                lifted=0.8 if number <= options.lifted else 0.0,
            )
            for number in range(1, options.schools + 1)
        )
    )


def _books(schools: Iterable[list[Line]], profile: Profile, options: argparse.Namespace) -> None:
    """Write a workbook for each school."""
    from avgust.demo.results import book_of

    for number, lines in enumerate(schools):
        data = book_of(profile, options.work, options.day, lines, wrong=number < options.broken)
        (options.folder / f"F1_{lines[0].school.code}.xlsx").write_bytes(data)


def _parquet(schools: Iterable[list[Line]], profile: Profile, options: argparse.Namespace) -> None:
    """Write one file with the columns of the warehouse; a pupil's code is the number of the row."""
    from avgust.web.warehouse.layout import Row
    from avgust.web.warehouse.staging import write_rows

    def rows() -> Iterator[list[Row]]:
        count = 0
        for school, lines in enumerate(schools, start=1):
            yield [_row(line, school, count + place, len(profile.items)) for place, line in enumerate(lines)]
            count += len(lines)

    write_rows(options.folder / "results.parquet", len(profile.items), rows())


def _row(line: Line, school: int, pupil: int, items: int) -> Any:
    from avgust.web.warehouse.layout import Row

    scores = line.scores or (None,) * items
    points = None if line.absent else line.points
    return Row(
        school, line.group, pupil, line.variant, points, line.mark, line.journal, not line.absent, 0, scores
    )


def _csv(schools: Iterable[list[Line]], profile: Profile, options: argparse.Namespace) -> None:
    """Write one wide table that the import reads without a mapping."""
    from avgust.domain.assessment.works.writing import AFTER, BEFORE

    heads = [*BEFORE, *(f"{one.item.code} ({one.item.maximum}б)" for one in profile.items), *AFTER]
    with (options.folder / "results.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";")
        out.writerow(heads)
        for lines in schools:
            out.writerows(_cells(line, len(profile.items)) for line in lines)


def _cells(line: Line, items: int) -> list[Any]:
    school = line.school
    who = [school.code, school.municipality, school.name, line.pupil, line.group, line.variant]
    if line.absent:
        return [*who, *[""] * items, "", "отсутствовал", line.journal]
    return [
        *who,
        *("X" if score == -1 else score for score in line.scores),
        line.primary,
        line.mark,
        line.journal,
    ]


def _truth(path: Path, profile: Profile, truths: list[Truth]) -> None:
    said = {
        "items": [
            {"item": one.item.code, "maximum": one.item.maximum, "slope": one.slope, "steps": one.steps}
            for one in profile.items
        ],
        "schools": [
            {"school": one.school.code, "effect": one.effect, "lifted": one.lifted, "pupils": one.pupils}
            for one in truths
        ],
    }
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")


def _specification(path: Path, profile: Profile) -> None:
    levels = {"Б": "basic", "П": "raised", "В": "high"}
    said = {
        "title": f"{SUBJECTS[profile.subject]}, {profile.grade} класс",
        "cuts": {str(mark_): least for mark_, least in profile.cuts.items()},
        "items": [
            {
                "item": one.item.code,
                "maximum": one.item.maximum,
                "level": levels[(one.item.level or "Б")],
                "content": one.item.content,
                "skill": one.item.skill,
            }
            for one in profile.items
        ],
    }
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
