"""The contract of `avgust analyse` under odd files: an estimate with its status, or a sentence and exit code 1."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avgust.cli import main

CHANCE = np.random.default_rng(3)
PERSONS, ITEMS = 240, 6
ABILITY = CHANCE.normal(size=(PERSONS, 1))
PLAIN = (CHANCE.random((PERSONS, ITEMS)) < 1 / (1 + np.exp(np.linspace(-1.5, 1.5, ITEMS) - ABILITY))).astype(
    int
)
SEX = np.arange(PERSONS) % 2
HEADS = [f"q{j}" for j in range(ITEMS)]


def written(rows: Any, heads: list[str]) -> str:
    return (
        "\n".join([",".join(heads), *(",".join("" if c is None else str(c) for c in row) for row in rows)])
        + "\n"
    )


def plain(extra: Any = None, head: str = "extra") -> str:
    rows = [[*row, sex] for row, sex in zip(PLAIN.tolist(), SEX, strict=True)]
    if extra is None:
        return written(rows, [*HEADS, "sex"])
    return written([[*row, more] for row, more in zip(rows, extra, strict=True)], [*HEADS, "sex", head])


def changed(cell: str) -> str:
    rows = [[str(c) for c in row] for row in PLAIN.tolist()]
    rows[5][2] = cell
    return written(rows, HEADS)


def divided() -> str:
    rows = [
        [*row[:3], *[None] * 3] if n % 4 < 2 else [*[None] * 3, *row[3:]]
        for n, row in enumerate(PLAIN.tolist())
    ]
    return written([[*row, sex] for row, sex in zip(rows, SEX, strict=True)], [*HEADS, "sex"])


GUTTMAN = written([[*(int(n % 7 > j) for j in range(ITEMS)), n % 2] for n in range(70)], [*HEADS, "sex"])
SAME = written([[*[1] * ITEMS, sex] for sex in SEX], [*HEADS, "sex"])
ALONE = written([[row[0], sex] for row, sex in zip(PLAIN.tolist(), SEX, strict=True)], ["q0", "sex"])
RUSSIAN = plain().replace("q", "Задание ").replace(",", ";")
SEPARATED = written(
    [[int(sex), *row[1:], sex] for row, sex in zip(PLAIN.tolist(), SEX, strict=True)], [*HEADS, "sex"]
)
WEIGHTS, DIF = ("--weights", "weight"), ("--group", "sex", "--focal", "1")
TWO_PL, GPCM, MML = ("--model", "2pl"), ("--model", "gpcm"), ("--model", "rasch", "--estimator", "mml")

CASES: list[tuple[str, str, bytes, tuple[str, ...], int, str]] = [
    ("a byte order mark", "items", plain().encode("utf-8-sig"), (), 0, '"status": "converged"'),
    ("Windows-1251 and semicolons", "items", RUSSIAN.encode("cp1251"), (), 0, "Задание 5"),
    ("UTF-16", "items", RUSSIAN.encode("utf-16"), (), 0, "Задание 5"),
    ("a blank column", "items", plain([None] * PERSONS, "q6").encode(), (), 0, '"status": "converged"'),
    ("an item that all have right", "items", plain([1] * PERSONS, "q6").encode(), (), 0, '"status": "boundary"'),
    ("one respondent", "items", written([[1, 0, 1]], HEADS[:3]).encode(), (), 1, '"status": "too_few"'),
    ("one item", "items", ALONE.encode(), (), 1, '"status": "too_few"'),
    ("all answer alike", "items", SAME.encode(), TWO_PL, 1, '"loglik": null'),
    ("a perfect scale", "items", GUTTMAN.encode(), ("--model", "rasch"), 1, '"status": "unidentified"'),
    ("a perfect scale, free slopes", "items", GUTTMAN.encode(), TWO_PL, 1, '"status": "boundary"'),
    ("booklets without common items", "items", divided().encode(), (), 1, '"status": "unidentified"'),
    ("scores 0 and 2", "items", written((PLAIN * 2).tolist(), HEADS).encode(), GPCM, 0, '"categories"'),
    ("weights that are no whole numbers", "items", plain(CHANCE.random(PERSONS) + 0.3, "weight").encode(), WEIGHTS, 0, '"converged": true'),
    ("some weights of 0", "items", plain(SEX, "weight").encode(), WEIGHTS, 0, '"n": 120.0'),
    ("all weights 0", "items", plain([0] * PERSONS, "weight").encode(), WEIGHTS, 1, "равны 0"),
    ("a negative weight", "items", plain([-1] * PERSONS, "weight").encode(), WEIGHTS, 1, "не вес"),
    ("a blank weight", "items", plain([None, *[1] * (PERSONS - 1)], "weight").encode(), WEIGHTS, 1, "не вес"),
    ("the same head twice", "items", written(PLAIN.tolist(), ["q0", *HEADS[:5]]).encode(), (), 1, "дважды"),
    ("words in a column of scores", "items", changed("abc").encode(), (), 1, "«abc»"),
    ("half a point", "items", changed("1.5").encode(), (), 1, "«1.5»"),
    ("a negative score", "items", changed("-1").encode(), (), 1, "«-1»"),
    ("no rows", "items", b"q0,q1\n", (), 1, "avgust:"),
    ("a row that is short", "items", b"q0,q1\n1,0\n1\n", (), 1, "avgust:"),
    ("no text at all", "items", bytes(range(256)) * 20, (), 1, "avgust:"),
    ("groups that answer opposite", "dif", SEPARATED.encode(), DIF, 0, '"status": "boundary"'),
    ("a group of everybody", "dif", written([[*row, 1] for row in PLAIN.tolist()], [*HEADS, "sex"]).encode(), DIF, 1, "сравнивать не с кем"),
    ("nothing to compare", "dif", ALONE.encode(), DIF, 1, '"status": "unidentified"'),
    ("booklets without common items", "dif", divided().encode(), DIF, 1, '"status": "too_few"'),
    ("all answer alike", "persons", SAME.encode(), (), 1, "avgust:"),
    ("a perfect scale", "persons", GUTTMAN.encode(), TWO_PL, 1, '"status": "boundary"'),
]  # fmt: skip


def run(*arguments: Any) -> int:
    with pytest.raises(SystemExit) as done:
        main([str(one) for one in arguments])
    return int(done.value.code or 0)


def asked(capfdbinary: Any, *arguments: Any) -> tuple[int, str]:
    code = run(*arguments, "--format", "json")
    out, error = capfdbinary.readouterr()
    said = out.decode() + error.decode()
    assert "Traceback" not in said
    assert "Сбой" not in said
    if out.strip():
        json.loads(out, parse_constant=pytest.fail)  # no NaN, no Infinity
    return code, said


@pytest.mark.parametrize(
    ("name", "data", "more", "code", "said"),
    [case[1:] for case in CASES],
    ids=[f"{case[1]}: {case[0]}" for case in CASES],
)
def test_an_odd_file(
    capfdbinary: Any, tmp_path: Path, name: str, data: bytes, more: tuple[str, ...], code: int, said: str
) -> None:
    file = tmp_path / "answers.csv"
    file.write_bytes(data)
    found, told = asked(capfdbinary, "analyse", name, file, *more)
    assert found == code, told[-500:]
    assert said in told


PAIRS = [
    ("link", GUTTMAN, 1, "не дают шкалы"),
    ("link", RUSSIAN, 1, "ни одного общего задания"),
    ("link", SAME, 1, "откалибровать не удалось"),
    ("equate", SAME, 1, "одинаковы"),
    ("equate", divided(), 1, "нет баллов"),
]


@pytest.mark.parametrize(("name", "other", "code", "said"), PAIRS)
def test_an_odd_pair(capfdbinary: Any, tmp_path: Path, name: str, other: str, code: int, said: str) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(plain(), encoding="utf-8")
    second.write_text(other, encoding="utf-8")
    found, told = asked(capfdbinary, "analyse", name, first, second)
    assert (found, said in told) == (code, True), told[-500:]


SCORES = [
    ("two persons of each form", "total\n3\n4\n", "total\n5\n6\n", (), 0, ["equipercentile-loglinear"]),
    ("a scale that is too short to be smoothed", "score,count\n0,9\n1,5\n2,7\n", "score,count\n0,2\n1,5\n2,9\n", (), 0, ["equipercentile-loglinear"]),
    ("an anchor on which all are alike", "total,anchor\n3,1\n4,1\n5,1\n", "total,anchor\n3,1\n4,1\n6,1\n", ("--anchor",), 0,
     ["tucker", "levine", "chained-equipercentile-loglinear", "frequency-estimation-loglinear"]),
]  # fmt: skip


@pytest.mark.parametrize(("x", "y", "more", "code", "lost"), [row[1:] for row in SCORES], ids=[row[0] for row in SCORES])  # fmt: skip
def test_a_method_that_scores_do_not_determine_is_said_and_the_others_stand(
    capfdbinary: Any, tmp_path: Path, x: str, y: str, more: tuple[str, ...], code: int, lost: list[str]
) -> None:
    first, second = tmp_path / "x.csv", tmp_path / "y.csv"
    first.write_text(x, encoding="utf-8")
    second.write_text(y, encoding="utf-8")
    found, told = asked(capfdbinary, "analyse", "equate", first, second, *more, "--replications", "20")
    assert found == code
    methods = json.loads(told)["methods"]
    assert {name for name, one in methods.items() if one["status"] == "unidentified"} >= set(lost)
    assert any(one["status"] == "converged" for one in methods.values())


def test_links_of_answers_take_no_time(capfdbinary: Any, tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(plain(), encoding="utf-8")
    second.write_text(written(PLAIN[::-1][:200].tolist(), HEADS), encoding="utf-8")
    began = time.perf_counter()
    found, told = asked(capfdbinary, "analyse", "link", first, second, "--model", "rasch")
    assert time.perf_counter() - began < 10  # minutes, when errors were found by minimising anew
    assert found == 0
    assert json.loads(told)["methods"]["haebara"]["old_to_new"]["se_B"] > 0


def test_sets_of_items_that_nobody_answered_together_are_compared_by_an_assumption_that_is_said(
    capfd: Any, tmp_path: Path
) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(divided(), encoding="utf-8")
    assert run("analyse", "items", file, *MML) == 0
    assert "одинаково подготовлены" in capfd.readouterr().out
