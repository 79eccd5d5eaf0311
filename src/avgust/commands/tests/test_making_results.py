"""`avgust demo-results`: what it writes is what the import reads, and the truth stands beside."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest

from avgust.cli import build_parser, main
from avgust.commands.making_results import run
from avgust.domain.assessment.simulation import PROFILES
from avgust.domain.assessment.works import Line
from avgust.domain.assessment.works.checks import fault_of
from avgust.domain.assessment.works.csv_rows import csv_rows
from avgust.domain.assessment.works.readers import read_table
from avgust.domain.tables.reading import read_sheets

RU4 = PROFILES["ru4"].specification


def make(folder: Path, *arguments: str) -> SimpleNamespace:
    options = build_parser("en").parse_args(
        ["demo-results", str(folder), "--schools", "2", "--pupils", "8", *arguments]
    )
    assert run(options, "en") == 0
    return SimpleNamespace(
        truth=json.loads((folder / "truth.json").read_text()), files=sorted(folder.glob("*.*"))
    )


def test_workbooks(tmp_path):
    made = make(tmp_path, "--broken", "1")
    faults = []
    for path in tmp_path.glob("*.xlsx"):
        (sheet,) = read_sheets(path.read_bytes())
        lines = [one for one in read_table(sheet.name, sheet.rows).rows if isinstance(one, Line)]
        assert len(lines) == 16
        faults.append(sum(fault_of(line, RU4) is not None for line in lines))
    assert min(faults) == 0
    assert max(faults) > 0  # a mistake may fall on who was absent, whose row has no scores to check
    assert [one["school"] for one in made.truth["schools"]] == ["edu000001", "edu000002"]
    assert len(made.truth["items"]) == 15


def test_parquet(tmp_path):
    made = make(tmp_path, "--format", "parquet")
    table = pq.read_table(tmp_path / "results.parquet")
    assert table.num_rows == 32
    assert sum(table["present"].to_pylist()) == sum(one["pupils"] for one in made.truth["schools"])


def test_csv_is_read_without_a_mapping(tmp_path):
    make(tmp_path, "--format", "csv")
    lines = list(read_table("CSV", csv_rows(tmp_path / "results.csv")).rows)
    assert [type(line) for line in lines] == [Line] * 32
    assert all(fault_of(line, RU4) is None for line in lines)
    with (tmp_path / "results.csv").open() as file:
        assert len(next(csv.reader(file, delimiter=";"))) == 6 + 15 + 3


@pytest.mark.parametrize("seed", ["1", "2"])
def test_same_seed_same_files(tmp_path, seed):
    one, other = tmp_path / "one", tmp_path / "other"
    make(one, "--format", "csv", "--seed", seed)
    make(other, "--format", "csv", "--seed", seed)
    assert (one / "results.csv").read_bytes() == (other / "results.csv").read_bytes()


def test_what_is_made_is_told_school_by_school(tmp_path: Path, capfd: Any) -> None:
    """The two commands by which anybody makes the reports of a region; who was absent is no participant."""
    made = ("demo-results", tmp_path, "--format", "csv", "--schools", "6", "--pupils", "12")
    for arguments in (
        made,
        ("analyse", "school", tmp_path / "results.csv", "--spec", tmp_path / "work.json", "--school", "ОО",
         "--class", "Класс", "--all", "--format", "xlsx", "--output", tmp_path / "all.zip"),
    ):  # fmt: skip
        with pytest.raises(SystemExit) as done:
            main([str(one) for one in arguments])
        assert not done.value.code
    with ZipFile(tmp_path / "all.zip") as archive:
        assert len(archive.namelist()) == 6
    with pytest.raises(SystemExit):
        main(["analyse", "territory", str(tmp_path / "results.csv"), "--spec", str(tmp_path / "work.json"),
              "--school", "ОО", "--format", "json"])  # fmt: skip
    said = capfd.readouterr().out
    told = json.loads(said[said.index("{") :])
    rows = (tmp_path / "results.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    written = [row for row in rows if "отсутствовал" not in row]
    assert sum(school["n"] for school in told["schools"]) == len(written) < len(rows)
