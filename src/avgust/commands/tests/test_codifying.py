"""`avgust codifier`: tables into packages and back, faults with their rows, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from avgust.cli import main
from avgust.domain.assessment.codifiers import Entry
from avgust.domain.assessment.codifiers.package import from_package, to_package
from avgust.domain.assessment.codifiers.tests.making import SMALL, changed

FACTS = (
    "--subject", "русский язык", "--kind", "элементы содержания", "--edition", "2026", "--since", "01.09.2026",
    "--title", "Элементы содержания, 4 класс", "--grades", "4", "--basis", "Приказ", "--number", "5",
)  # fmt: skip


def run(*arguments: Any) -> int:
    with pytest.raises(SystemExit) as done:
        main([str(argument) for argument in arguments])
    code = done.value.code
    assert isinstance(code, int)
    return code


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Make the table that a methodologist has: codes and titles, nothing else."""
    path = tmp_path / "кодификатор.xlsx"
    with Workbook(path) as book:
        page = book.add_worksheet()
        for number, row in enumerate(
            [("Код", "Элемент содержания"), ("1", "Фонетика"), (1.1, "Звуки"), ("1.2", "Слог")]
        ):
            page.write_row(number, 0, row)
    return path


def test_a_bare_table_becomes_a_package(bare: Path, tmp_path: Path) -> None:
    out = tmp_path / "package.json"
    assert run("codifier", "convert", bare, "--out", out, *FACTS) == 0
    made = from_package(out.read_bytes()).codifier
    assert made is not None
    assert [(one.code, one.parent, one.grades) for one in made.entries] == [
        ("1", "", (4,)),
        ("1.1", "1", (4,)),
        ("1.2", "1", (4,)),
    ]
    assert (made.reference, made.basis.number) == ("ru-4-content/2026", "5")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_there_and_back(tmp_path: Path, suffix: str) -> None:
    first, between, last = tmp_path / "a.json", tmp_path / f"b{suffix}", tmp_path / "c.json"
    first.write_bytes(to_package(SMALL))
    assert run("codifier", "convert", first, "--out", between) == 0
    assert run("codifier", "convert", between, "--out", last) == 0
    assert last.read_bytes() == first.read_bytes()


def test_without_a_path_the_package_goes_to_the_output(tmp_path: Path, capfdbinary: Any) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(to_package(SMALL))
    assert run("codifier", "convert", path) == 0
    assert capfdbinary.readouterr().out == to_package(SMALL)


def test_check_says_that_all_is_well(tmp_path: Path, capfd: Any) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(to_package(SMALL))
    assert run("codifier", "check", path) == 0
    assert capfd.readouterr().out == (
        f"{path}: ru-4-content/2025, записей: 6, действует с 01.09.2025. Ошибок нет.\n"
    )


def test_check_names_every_fault(bare: Path, tmp_path: Path, capfd: Any) -> None:
    value = json.loads(to_package(SMALL))
    value["entries"][1]["code"] = "1"
    value["entries"][2]["title"] = ""
    wrong = tmp_path / "b.json"
    wrong.write_text(json.dumps(value), encoding="utf-8")
    assert run("codifier", "check", wrong, bare, "--lang", "en") == 1
    said = capfd.readouterr().err.splitlines()
    assert len(said) == 2 + 5  # a bare table leaves five facts to be said
    assert (
        said[0]
        == f"avgust: {wrong}: Entry 2: code “1” stands in entry 1 already: change one of them, or delete the row."
    )
    assert all(line.startswith("avgust: ") for line in said)


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [("no file", None, "Такого файла нет"), ("empty", b"", "Файл пуст"), ("a picture", b"\x89PNG\r\n", "Это не таблица")],
)  # fmt: skip
def test_what_cannot_be_read(
    tmp_path: Path, capfd: Any, name: str, data: bytes | None, complaint: str
) -> None:
    path = tmp_path / "x.xlsx"
    if data is not None:
        path.write_bytes(data)
    assert run("codifier", "check", path) == 2, name
    assert run("codifier", "convert", path, "--out", tmp_path / "y.json") == 2
    assert complaint in capfd.readouterr().err
    assert not (tmp_path / "y.json").exists()


def test_a_wrong_request(tmp_path: Path, capfd: Any) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(to_package(SMALL))
    assert run("codifier", "convert", path, "--out", tmp_path / "a.docx") == 2
    assert "должно оканчиваться" in capfd.readouterr().err
    assert run("codifier", "convert", path, "--out", tmp_path / "nowhere" / "a.json") == 2
    assert run("codifier") == 2


@pytest.fixture
def editions(tmp_path: Path) -> tuple[Path, Path]:
    """Write two editions: one entry renamed, one under another code, one added."""
    later = replace(
        changed(SMALL, Entry("2.1", "Безударная гласная в корне", "2", (4,)), Entry("3.1", "Части речи")),
        edition="2026", since=date(2026, 9, 1),
    )  # fmt: skip
    paths = tmp_path / "old.json", tmp_path / "new.json"
    for path, one in zip(paths, (SMALL, later), strict=True):
        path.write_bytes(to_package(one))
    return paths


def test_editions_are_compared_for_people(editions: tuple[Path, Path], capfd: Any) -> None:
    assert run("codifier", "compare", *editions, "--lang", "en") == 0
    said = capfd.readouterr()
    assert said.out.splitlines() == [
        "ru-4-content/2026 against ru-4-content/2025, changes: 2.",
        "Added: 3.1 Части речи",
        "Renamed: 2.1 Безударные гласные в корне → Безударная гласная в корне",
    ]
    assert said.err == ""


def test_editions_are_compared_for_programs(editions: tuple[Path, Path], capfd: Any) -> None:
    assert run("codifier", "compare", *editions, "--format", "json") == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["before"]["edition"], told["after"]["edition"], told["count"]) == ("2025", "2026", 2)
    assert [one["code"] for one in told["added"]] == ["3.1"]
    assert told["renamed"][0]["before"]["title"] == "Безударные гласные в корне"
    assert (told["gone"], told["recoded"], told["moved"], told["regraded"]) == ([], [], [], [])


def test_a_doubtful_comparison_is_remarked_upon(
    editions: tuple[Path, Path], bare: Path, tmp_path: Path, capfd: Any
) -> None:
    old, new = editions
    assert run("codifier", "compare", new, old, "--lang", "en") == 0
    assert "give the earlier one first" in capfd.readouterr().err
    other = tmp_path / "other.json"
    other.write_bytes(to_package(replace(SMALL, name="ru-5-content")))
    assert run("codifier", "compare", old, other, "--lang", "en") == 0
    said = capfd.readouterr()
    assert "different codifiers" in said.err
    assert "are the same" in said.out
    assert run("codifier", "compare", old, bare) == 1  # a bare table leaves facts to be said
    assert run("codifier", "compare", old, tmp_path / "nowhere.json") == 2


def test_it_needs_no_django(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(to_package(SMALL))
    listing = "import sys, avgust.cli\ntry:\n avgust.cli.main()\nfinally:\n print(*sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", listing, "codifier", "check", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(done.stderr.split()) & {"django", "xlsxwriter", "rich", "pymorphy3"}
