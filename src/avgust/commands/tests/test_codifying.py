"""`avgust codifier`: tables into packages and back, faults with their rows, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from avgust.cli import main
from avgust.domain.assessment.codifiers.package import from_package, to_package
from avgust.domain.assessment.codifiers.tests.making import SMALL

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
