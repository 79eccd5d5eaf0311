"""The command line as a person and a script meet it."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from avgust import __version__
from avgust.cli import COMMANDS, build_parser, language_of, main
from avgust.domain.messages import LANGUAGES

GOOD = """РЕЗОЛЮЦИЯ
августовской конференции Приреченской области

26 августа 2025 г.

Участники конференции РЕШИЛИ:

1. Министерству образования Приреченской области:

1.1. Обновить банк вакансий до 1 октября 2025 года.

1.2. Издать сборник уроков до 1 марта 2026 года.
"""
PAST = GOOD.replace("1 октября 2025", "1 октября 2024")


def run(*arguments):
    with pytest.raises(SystemExit) as done:
        main([str(argument) for argument in arguments])
    return done.value.code


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path, good):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "past.txt").write_text(PAST, encoding="utf-8")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / ".hidden.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "~$good.docx").write_bytes(b"lock")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    return tmp_path


def test_one_file_as_json_is_one_object(good, capfdbinary):
    assert run("parse", good, "--format", "json") == 0
    out, err = capfdbinary.readouterr()
    record = json.loads(out)
    assert record["doc"] == "good"
    assert [item["label"] for item in record["items"]] == ["1.1", "1.2"]
    assert err == b""


def test_a_folder_is_read_whole_and_one_bad_file_stops_nothing(folder, capfdbinary):
    assert run("parse", folder, "--format", "json", "--lang", "en") == 1
    out, err = capfdbinary.readouterr()
    assert [record["doc"] for record in json.loads(out)] == ["good", "past"]
    assert b"broken.docx: " in err
    assert b"Documents: 3, not read: 1, measures: 4" in err
    assert b"Traceback" not in err


def test_outputs_of_a_folder_lie_as_the_sources_did(folder, tmp_path):
    target = tmp_path / "out"
    assert run("parse", folder, "--format", "akn", "--output", target) == 1
    assert sorted(str(p.relative_to(target)) for p in target.rglob("*.xml")) == [
        "good.akn.xml",
        "inner/past.akn.xml",
    ]


def test_files_of_one_name_do_not_overwrite_each_other(tmp_path):
    for name in ("a.txt", "a.md"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    target = tmp_path / "out/"
    run("parse", tmp_path / "a.txt", tmp_path / "a.md", "--format", "docx", "--output", target)
    assert len(list(target.glob("*.docx"))) == 2


@pytest.mark.parametrize("form", ["json", "csv", "xlsx", "docx", "akn", "table"])
def test_every_format_goes_to_a_file(good, tmp_path, form, capfd):
    path = tmp_path / f"new/plan.{form}"
    assert run("parse", good, "--format", form, "--output", path) == 0
    assert path.stat().st_size > 100
    assert capfd.readouterr().out == ""


def test_standard_input_is_a_file_too(monkeypatch, capfdbinary):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(GOOD.encode())))
    assert run("parse", "-", "--format", "json") == 0
    assert json.loads(capfdbinary.readouterr().out)["doc"] == "stdin"


def test_isolated_reading_gives_the_same(good, capfdbinary):
    run("parse", good, "--format", "json")
    plain = capfdbinary.readouterr().out
    assert run("parse", good, "--format", "json", "--isolated") == 0
    assert capfdbinary.readouterr().out == plain


def test_earlier_resolutions_are_compared(good, tmp_path, capfdbinary):
    assert run("parse", good, "--format", "json", "--earlier", good) == 0
    found = json.loads(capfdbinary.readouterr().out)["findings"]
    assert [f["clause"] for f in found if f["kind"] == "duplicate.earlier"] == [1, 2]


@pytest.mark.parametrize(("text", "status"), [(GOOD, 0), (PAST, 1)])
def test_check_tells_drafts_that_must_not_be_adopted(tmp_path, capfd, text, status):
    path = tmp_path / "draft.txt"
    path.write_text(text, encoding="utf-8")
    assert run("check", path, "--lang", "en") == status
    out = capfd.readouterr().out
    assert ("deadline.past" in out) is bool(status)
    assert ("Check the year: perhaps 01.10.2025." in out) is bool(status)


def test_check_of_what_cannot_be_read(tmp_path, capfd):
    assert run("check", tmp_path / "no such.txt", "--lang", "en") == 2
    assert "no such.txt: There is no such file." in capfd.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["parse"],
        ["parse", "x", "--format", "odt"],
        ["fly"],
        ["parse", "{folder}", "--format", "xlsx"],
        ["parse", "{folder}/empty"],
        ["serve", "--port", "many"],
    ],
)
def test_wrong_requests_end_with_2_and_a_sentence(folder, capfd, arguments):
    (folder / "empty").mkdir()
    assert run(*[argument.format(folder=folder) for argument in arguments]) == 2
    err = capfd.readouterr().err
    assert err.strip()
    assert "Traceback" not in err


def test_no_failure_is_a_traceback(good, capfd, monkeypatch):
    monkeypatch.delenv("AVGUST_DEBUG", raising=False)

    def fail(*_, **__):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("avgust.domain.resolutions.stages.parse", fail)
    assert run("parse", good, "--lang", "en") == 2
    assert capfd.readouterr().err == "Avgust failed: ZeroDivisionError: by zero\n"


def test_ctrl_c_is_no_traceback(good, capfd, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("avgust.domain.resolutions.stages.parse", stop)
    assert run("parse", good) == 130
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], None, "ru"),
        (["--lang", "en"], None, "en"),
        (["--lang=en"], "ru", "en"),
        ([], "en", "en"),
        ([], "xx", "ru"),
    ],
)
def test_language(monkeypatch, arguments, environment, language):
    monkeypatch.delenv("AVGUST_LANGUAGE", raising=False)
    if environment:
        monkeypatch.setenv("AVGUST_LANGUAGE", environment)
    assert language_of(arguments) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command(language):
    text = build_parser(language).format_help()
    assert all(command in text for command in COMMANDS)


def shell(code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHON": sys.executable, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        ["sh", "-c", code], capture_output=True, text=True, env=environment, timeout=60, check=False
    )


def test_version_and_parsing_import_no_django(good):
    listing = "import sys; sys.argv = ['avgust', *sys.argv[1:]]; import avgust.cli\ntry:\n avgust.cli.main()\nfinally:\n print(*sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)"
    for arguments in (["--version"], ["parse", str(good), "--format", "json"]):
        done = subprocess.run(
            [sys.executable, "-c", listing, *arguments], capture_output=True, text=True, check=True
        )
        loaded = set(done.stderr.split())
        assert not loaded & {"django", "docx", "pdfplumber", "xlsxwriter", "rich"}, arguments


def test_version(capfd):
    assert run("--version") == 0
    assert capfd.readouterr().out == f"avgust {__version__}\n"


def test_a_reader_that_leaves_early_is_no_failure(tmp_path):
    points = "\n".join(f"1.{n}. Провести сверку фонда № {n} до 1 марта 2026 года." for n in range(1, 400))
    path = tmp_path / "long.txt"
    path.write_text(GOOD.partition("1.1.")[0] + points, encoding="utf-8")
    done = shell(f'"$PYTHON" -m avgust.cli parse {path} --format json | head -c 100')
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr


def test_docs_of_the_commands_are_their_modules():
    import avgust.commands

    folder = Path(avgust.commands.__file__).parent
    assert all((folder / f"{module}.py").is_file() for module, _ in COMMANDS.values())
