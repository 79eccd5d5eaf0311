"""`avgust analyse items`: its contract, and what it says of files that are not as they should be."""

import gzip
import json

import numpy as np
import pytest

from avgust.cli import main

HEADING = "person,gender,age,Q1,Q2,Q3,Q4,weight"


def run(*arguments):
    with pytest.raises(SystemExit) as done:
        main(["analyse", *(str(argument) for argument in arguments)])
    return done.value.code


@pytest.fixture
def rows():
    generator = np.random.default_rng(1)
    ability = generator.normal(size=(200, 1))
    scores = (generator.random((200, 4)) < 1 / (1 + np.exp(np.array([-1, 0, 0.3, 1]) - ability))).astype(int)
    return [f"{n},{'mf'[n % 2]},{10 + n % 7},{','.join(map(str, row))},1" for n, row in enumerate(scores)]


@pytest.fixture
def file(tmp_path, rows):
    path = tmp_path / "test.csv"
    path.write_text("\n".join([HEADING, *rows]), encoding="utf-8")
    return path


def report(capfdbinary, *arguments, code=0):
    assert run(*arguments, "--format", "json", "--lang", "en") == code
    return json.loads(capfdbinary.readouterr().out)


@pytest.mark.parametrize(
    ("model", "estimator"), [("rasch", "cml"), ("pcm", "mml"), ("2pl", "mml"), ("gpcm", "mml")]
)
def test_json_is_the_contract(file, capfdbinary, model, estimator):
    data = report(capfdbinary, "items", file, "--model", model, "--estimator", estimator)
    assert {
        "model",
        "estimator",
        "n",
        "loglik",
        "iterations",
        "converged",
        "items",
        "population",
    } <= data.keys()
    assert (data["model"], data["estimator"], data["n"], data["converged"]) == (model, estimator, 200, True)
    assert [item["item"] for item in data["items"]] == ["Q1", "Q2", "Q3", "Q4"]
    first = data["items"][0]
    assert {"item", "a", "b", "d", "se", "infit", "outfit", "n", "status"} <= first.keys()
    assert first["d"][0] == pytest.approx(-first["a"] * first["b"][0])
    assert len(first["se"]["b"]) == len(first["b"])
    assert set(data["population"]) == {"mean", "variance", "se_variance"}


def test_columns_that_describe_persons_are_not_items(file, capfdbinary):
    data = report(capfdbinary, "items", file)
    assert data["left_out"] == ["person", "age", "weight"]


def test_the_same_table_in_every_dialect(tmp_path, rows, file, capfdbinary):
    expected = report(capfdbinary, "items", file)["loglik"]
    text = "\n".join([HEADING, *rows])
    russian = text.replace("gender", "пол").replace("person", "код участника").replace(",", ";")
    dialects = {
        "semicolon.csv": russian.encode("utf-8-sig"),
        "windows.csv": russian.replace("\n", "\r\n").encode("cp1251"),
        "excel.txt": text.replace(",", "\t").encode("utf-16"),
        "packed.csv.gz": gzip.compress(text.encode()),
        "floats.csv": text.replace(",1", ",1.0").replace(",0", ",0.0").encode(),
        "tail.csv": (text.replace("\n", ",\n") + ",\n\n,,,,\n").encode(),
    }
    for name, content in dialects.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert report(capfdbinary, "items", path)["loglik"] == pytest.approx(expected), name


def test_weights_are_frequencies(tmp_path, rows, capfdbinary):
    once = tmp_path / "once.csv"
    once.write_text("\n".join([HEADING, *(row[:-1] + str(1 + n % 3) for n, row in enumerate(rows))]), "utf-8")
    often = tmp_path / "often.csv"
    often.write_text(
        "\n".join([HEADING, *(row for n, row in enumerate(rows) for _ in range(1 + n % 3))]), "utf-8"
    )
    weighted = report(capfdbinary, "items", once, "--weights", "weight", "--model", "2pl")
    repeated = report(capfdbinary, "items", often, "--model", "2pl")
    assert weighted["n"] == repeated["n"]
    assert weighted["loglik"] == pytest.approx(repeated["loglik"])
    assert weighted["classical"]["alpha"] == pytest.approx(repeated["classical"]["alpha"])


def test_raw_answers_are_scored_by_a_key(tmp_path, capfdbinary):
    answers = tmp_path / "raw.csv"
    generator = np.random.default_rng(2)
    raw = generator.choice(list("ABCD"), (80, 3))
    answers.write_text("\n".join(["Z1,Z2,Z3", *(",".join(row) for row in raw)]), "utf-8")
    key = tmp_path / "key.csv"
    key.write_text("item,key\nZ1,A\nZ2,B\nZ3,C\n", "utf-8")
    data = report(capfdbinary, "items", answers, "--key", key)
    assert [item["mean"] for item in data["items"]] == pytest.approx(list((raw == list("ABC")).mean(axis=0)))


def test_scores_may_be_cut_into_two(tmp_path, capfdbinary):
    path = tmp_path / "poly.csv"
    scores = np.random.default_rng(3).integers(0, 3, (100, 4))
    path.write_text("\n".join(["a,b,c,d", *(",".join(map(str, row)) for row in scores)]), "utf-8")
    assert report(capfdbinary, "items", path)["model"] == "pcm"
    data = report(capfdbinary, "items", path, "--dichotomise", 2)
    assert data["model"] == "rasch"
    assert data["items"][0]["mean"] == pytest.approx((scores[:, 0] >= 2).mean())


BAD = {
    "no such file": (None, ["There is no such file."]),
    "empty": ("", ["The file is empty."]),
    "heading only": ("a,b\n", ["no rows"]),
    "no scores": ("a,b\nx,y\nz,w\n", ["No column holds whole scores", "a, b"]),
    "a slip in an item": ("a,b\n0,1\n1,abc\n1,0\n0,1\n", ["Line 3", "“b”", "“abc”", "whole score"]),
    "a fraction": ("a,b\n0,1\n1,0\n1,0.5\n0,1\n", ["Line 4", "“0.5”"]),
    "a negative score": ("a,b\n0,1\n1,-1\n1,0\n0,1\n", ["Line 3", "“-1”"]),
    "ragged": ("a,b\n0,1\n1\n", ["Line 3 has 1 cells, the heading has 2."]),
    "doubled column": ("a,a\n0,1\n", ["“a” is twice"]),
    "nameless column": ("a,,b\n0,1,1\n", ["Column 2 of the heading has no name."]),
    "a workbook": ("PK\x03\x04\0\0", ["save the sheet as CSV"]),
}


@pytest.mark.parametrize(("content", "said"), BAD.values(), ids=BAD)
def test_a_bad_file_is_told_in_one_sentence(tmp_path, capfdbinary, content, said):
    path = tmp_path / "bad.csv"
    if content is not None:
        path.write_bytes(content.encode())
    assert run("items", path, "--lang", "en") == 1
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert err.decode().count("\n") == 1
    for words in said:
        assert words in err.decode()


def test_unknown_columns_are_told_with_those_that_exist(file, capfdbinary):
    assert run("items", file, "--items", "Q1,Q9", "--lang", "en") == 1
    assert "no column “Q9”" in (said := capfdbinary.readouterr().err.decode())
    assert "Q1, Q2, Q3, Q4" in said


def test_a_bad_weight_is_told_with_its_line(tmp_path, rows, capfdbinary):
    path = tmp_path / "weights.csv"
    rows[5] = rows[5][:-1] + "-2"
    path.write_text("\n".join([HEADING, *rows]), "utf-8")
    assert run("items", path, "--weights", "weight", "--lang", "en") == 1
    assert "Line 7" in capfdbinary.readouterr().err.decode()


def test_a_model_for_other_scores_is_refused(tmp_path, capfdbinary):
    path = tmp_path / "poly.csv"
    path.write_text("a,b\n0,1\n2,0\n1,1\n", "utf-8")
    assert run("items", path, "--model", "2pl") == 1
    assert "выберите gpcm" in capfdbinary.readouterr().err.decode()


def test_an_estimate_that_does_not_exist_is_null_and_the_exit_code_says_so(tmp_path, capfdbinary):
    path = tmp_path / "guttman.csv"
    path.write_text("a,b,c\n" + "1,0,0\n1,1,0\n1,1,1\n0,0,0\n" * 5, "utf-8")
    data = report(capfdbinary, "items", path, "--model", "rasch", code=1)
    assert (data["converged"], data["status"]) == (False, "unidentified")
    assert "NaN" not in json.dumps(data)
    assert data["notes"]


def test_a_table_and_a_csv_are_for_people_and_spreadsheets(file, tmp_path, capfdbinary):
    assert run("items", file) == 0
    shown = capfdbinary.readouterr().out.decode()
    assert "Альфа Кронбаха" in shown
    assert "Задание" in shown
    target = tmp_path / "out" / "items.csv"
    assert run("items", file, "--format", "csv", "--output", target) == 0
    lines = target.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("item,n,mean")
    assert len(lines) == 5


def test_neither_django_nor_statistics_are_loaded_by_other_commands():
    import subprocess
    import sys

    code = (
        "import sys\nfrom avgust.cli import build_parser\nbuild_parser('ru')\n"
        "assert not {'numpy', 'scipy', 'django'} & set(sys.modules), sorted(sys.modules)\n"
        "import avgust.commands.analyses.items\nassert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
