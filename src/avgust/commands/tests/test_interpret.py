"""`avgust analyse passport | pupil | class | school | territory | request`: results told to their readers."""

import json
from zipfile import ZipFile

import numpy as np
import pytest

from avgust.commands.tests.test_analyse_more import complaint, report, run, write

__all__ = ["complaint", "report"]
ITEMS = [
    {"item": "1", "maximum": 1, "level": "Б", "content": "Дроби", "skill": "Считать"},
    {"item": "2", "maximum": 2, "level": "Б", "content": "Проценты", "skill": "Считать"},
    {"item": "3", "maximum": 1, "level": "П", "content": "Задача", "skill": "Рассуждать"},
    {"item": "4", "maximum": 2, "level": "П", "content": "Задача", "skill": "Рассуждать"},
]
HEADING = ["школа", "класс", "код", "округ", "стаж", "учитель", "журнал", *(item["item"] for item in ITEMS)]


@pytest.fixture
def spec(tmp_path):
    path = tmp_path / "spec.json"
    work = {"title": "Математика", "items": ITEMS, "cuts": {"3": 2, "4": 4, "5": 5}}
    path.write_text(json.dumps(work, ensure_ascii=False), "utf-8")
    return path


@pytest.fixture
def results(tmp_path):
    rng = np.random.default_rng(3)
    rows = []
    for place in range(600):
        school = place % 12
        theta = rng.normal(0.6 * (school % 3 - 1), 1)
        scores = [
            rng.binomial(item["maximum"], 1 / (1 + np.exp(-(theta - (0.2 if item["level"] == "Б" else 1.2)))))
            for item in ITEMS
        ]
        scores[3] = "Х" if scores[3] == 0 and place % 2 else scores[3]
        where = [f"Ш{school:02d}", "5А", f"k{place}", f"О{school % 2}", ["до 5", "от 5"][school % 2]]
        rows.append([*where, f"t{place % 36}", "нет отметки" if place % 50 == 0 else 3, *scores])
    return write(tmp_path / "r.csv", HEADING, rows)


def test_passport_gives_a_verdict(results, spec, report):
    data = report("passport", results, "--spec", spec)
    assert data["n"] == 600
    assert data["readiness"] in ("ready", "mend", "not_ready")
    assert [item["item"] for item in data["items"]] == ["1", "2", "3", "4"]
    assert data["title"] == "Quality passport: Математика"


def test_a_school_is_told_and_no_other(results, spec, report):
    data = report(
        "school", results, "--spec", spec, "--school", "школа", "--class", "класс", "--value", "Ш03"
    )
    assert data["point"]["n"] == 50
    assert data["value_added"] is None
    assert "Ш04" not in json.dumps(data, ensure_ascii=False)


def test_a_territory_lists_schools_by_name(results, spec, report):
    data = report("territory", results, "--spec", spec, "--school", "школа", "--municipality", "округ")
    assert [one["name"] for one in data["schools"]] == [f"Ш{number:02d}" for number in range(12)]


def test_a_class_and_a_pupil(results, spec, report):
    given = [results, "--spec", spec, "--school", "школа", "--class", "класс", "--pupil", "код"]
    one = report("class", *given, "--of", "Ш03", "--value", "5А")
    assert one["meta"][0] == "Pupils: 50"
    pupil = report("pupil", *given, "--value", "k7")
    assert pupil["title"] == "Математика. Result of pupil k7"


def test_a_request_by_groups_of_teachers(results, spec, report):
    given = [results, "--spec", spec, "--school", "школа", "--municipality", "округ"]
    groups = ["--group-by", "experience", "--group-column", "стаж", "--teacher", "учитель"]
    data = report("request", *given, *groups)
    assert "t1" not in json.dumps(data)
    assert data["sections"][0]["tables"][0]["rows"]


@pytest.mark.parametrize("by", ["учитель", "teacher", "класс"])
def test_a_named_teacher_is_refused(results, spec, complaint, by):
    said = complaint(
        "request", results, "--spec", spec, "--school", "школа", "--group-by", by,
        "--group-column", "учитель", "--teacher", "учитель",
    )  # fmt: skip
    assert "rate no teacher" in said


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "text"])
def test_files(results, spec, tmp_path, form):
    target = tmp_path / f"out.{form}"
    given = [results, "--spec", spec, "--school", "школа", "--class", "класс", "--value", "Ш03"]
    assert run("school", *given, "--format", form, "--output", target) == 0
    start = {"docx": b"PK", "pdf": b"%PDF", "xlsx": b"PK", "text": "Математика. Ш03".encode()}[form]
    assert target.read_bytes().startswith(start)


def test_reports_of_all_schools_are_a_zip(results, spec, tmp_path):
    target = tmp_path / "all.zip"
    given = [results, "--spec", spec, "--school", "школа", "--all", "--format", "xlsx", "--output", target]
    assert run("school", *given) == 0
    with ZipFile(target) as made:
        assert made.namelist() == [f"Ш{number:02d}.xlsx" for number in range(12)]
        assert made.testzip() is None


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("3", "is not a score from 0 to 1"),
        ("-1", "is not a score"),
        ("0.5", "is not a score"),
        ("да", "is not a score"),
    ],
)
def test_a_wrong_score_is_named_by_its_line(tmp_path, spec, complaint, cell, says):
    path = write(tmp_path / "bad.csv", ["1", "2", "3", "4"], [[1, 2, 1, 2], [cell, 0, 0, 0]])
    said = complaint("passport", path, "--spec", spec)
    assert "Line 3, item “1”" in said
    assert says in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["school"], "--school"),
        (["school", "--school", "школа"], "Name one with --value: Ш00"),
        (["school", "--school", "школа", "--value", "Ш99"], "Ш00"),
        (["school", "--school", "школа", "--all"], "--output"),
        (["pupil"], "--pupil"),
        (["pupil", "--pupil", "код", "--value", "zz"], "no pupil “zz”"),
        (["passport", "--school", "нет такой"], "no column"),
        (["request", "--school", "школа", "--group-by", "experience"], "--group-column"),
    ],
)
def test_what_is_missing_is_said(results, spec, complaint, arguments, says):
    name, *options = arguments
    assert says in complaint(name, results, "--spec", spec, *options)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"items": []}', '{"items": [{"item": "9"}]}'])
def test_a_wrong_specification_is_said(results, tmp_path, complaint, text):
    path = tmp_path / "spec.json"
    path.write_text(text, "utf-8")
    assert len(complaint("passport", results, "--spec", path)) > 20
