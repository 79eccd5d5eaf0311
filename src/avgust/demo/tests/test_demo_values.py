"""The demo's values: the same everywhere, whole, and read by the product's own rules as they were written."""

import re
from datetime import date

import pytest

from avgust.demo.docx import write_docx
from avgust.demo.script import NAMES, later, script, years_since_written
from avgust.demo.territory import REGION, units
from avgust.domain.resolutions.model import PartKind
from avgust.domain.resolutions.readers import read
from avgust.domain.resolutions.stages import parse

MISSION = {
    *(f"P{n}" for n in range(1, 7)), *(f"Q{n}" for n in range(1, 8)), *(f"T{n}" for n in range(1, 10)),
    *(f"C{n}" for n in range(1, 8)), *(f"E{n}" for n in range(1, 5)), *(f"S{n}" for n in range(1, 4)),
}  # fmt: skip
NO_MEASURES = {"regional-2025": 3, "municipal-2025": 0, "draft-2026": 0}


def parsed(name: str):
    return parse(read(write_docx(script(name), name), f"{name}.docx"))


def test_every_row_of_the_mission_is_touched() -> None:
    assert {row for name in NAMES for line in script(name) for row in line.rows} == MISSION


def test_territory_is_a_tree_of_about_170_organisations() -> None:
    made = list(units())
    keys = [unit.key for unit in made]
    places = {REGION} | {unit.key for unit in made if unit.kind == "municipality"}
    assert len(set(keys)) == len(keys)
    assert all(unit.parent in keys[: keys.index(unit.key)] for unit in made if unit.key != REGION)
    assert len(places) == 11
    assert len(made) - len(places) == 168
    assert sum(unit.kind == "school" for unit in made) == 57


def test_names_close_their_quotes() -> None:
    """By the rule of Russian typography nested quotes of one shape share the closing mark."""
    assert not [unit.name for unit in units() if "«" in unit.name and unit.name.count("»") == 0]


@pytest.mark.parametrize("name", NAMES)
def test_files_are_the_same_every_time(name: str) -> None:
    assert write_docx(script(name), name) == write_docx(script(name), name)


def test_texts_are_told_in_the_school_year_of_the_day() -> None:
    assert years_since_written(date(2026, 8, 31)) == 0
    assert years_since_written(date(2026, 9, 1)) == 1
    assert later("27 августа 2025 года, 2025/2026, 2024/25, № 12025", 2) == (
        "27 августа 2027 года, 2027/2028, 2026/27, № 12025"
    )
    told = parse(read(write_docx(script("regional-2025", 3), "x"), "x.docx"))
    assert told.header.adopted and told.header.adopted.value == "2028-08-27"
    assert [f.kind for f in told.findings if f.severity == "severe"] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_written_clause_is_read(name: str) -> None:
    written = [re.sub(r"[.;]$", "", line.text) for line in script(name) if line.mark == "="]
    resolution = parsed(name)
    clauses = {clause.text for clause in resolution.clauses}
    kept_apart = {clause.text for clause in resolution.others}
    assert [text for text in written if text not in clauses | kept_apart] == []
    assert len(resolution.clauses) == len(written) - NO_MEASURES[name]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_untaken(name: str) -> None:
    resolution = parsed(name)
    untaken = [
        part.span.of(resolution.document.text) for part in resolution.parts if part.kind is PartKind.UNTAKEN
    ]
    assert untaken == []


def test_adopted_resolutions_have_no_severe_defect_and_the_draft_has() -> None:
    severe = {name: [f.kind for f in parsed(name).findings if f.severity == "severe"] for name in NAMES}
    assert severe["regional-2025"] == severe["municipal-2025"] == []
    assert severe["draft-2026"]
