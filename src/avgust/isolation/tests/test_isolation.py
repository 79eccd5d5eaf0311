"""Reading in a process of its own: same answer, and every way to fail is a ReadError."""

import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from avgust.domain.resolutions.model import EarlierClause, Span
from avgust.domain.resolutions.readers import ReadError, read
from avgust.domain.resolutions.stages import parse
from avgust.isolation import Limits, encode_document, parent, parse_isolated, read_isolated
from avgust.isolation.transport import decode_parsed, encode_resolution

TEXT = "РЕЗОЛЮЦИЯ\n1. Провести смотр школьных музеев до 1 мая 2026 года.\n".encode("cp1251")


def child(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process run `code` instead of reading."""
    monkeypatch.setattr(parent, "_BOOT", code)


def test_the_answer_is_the_same_as_without_isolation():
    assert read_isolated(TEXT, "решение.docx") == read(TEXT, "решение.docx")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/", "", "а" * 100_000, "\x00\n{}", "a\ud800.txt"])
def test_a_hostile_name_harms_nothing(name):
    assert read_isolated(TEXT, name).encoding == "cp1251"


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty"), (b"PK\x03\x04", "corrupted"), (b" \n ", "no_text")]
)
def test_errors_of_readers_come_through(data, code):
    with pytest.raises(ReadError) as direct:
        read(data, "a.docx")
    with pytest.raises(ReadError) as caught:
        read_isolated(data, "a.docx")
    assert caught.value.code == code
    assert caught.value.message == direct.value.message


def test_a_file_too_large_starts_no_process(monkeypatch):
    child("raise SystemExit(9)", monkeypatch)
    with pytest.raises(ReadError) as caught:
        read_isolated(bytes(50 * 1024 * 1024 + 1), "a.txt")
    assert caught.value.code == "too_large"


LIMITED = "import json, sys; sys.path.insert(0, sys.argv[1]); from avgust.isolation.child import set_limits; "
LIMITED += "set_limits(**json.loads(sys.stdin.readline())['limits']); "
FAILURES = {
    "killed": ("import os; os.kill(os.getpid(), 9)", "crashed"),
    "segmentation fault": ("import os; os.kill(os.getpid(), 11)", "crashed"),
    "exception": ("1 / 0", "crashed"),
    "silent": ("pass", "crashed"),
    "nonsense": ("print('{}')", "crashed"),
    "another document": ("print('[[[[')", "crashed"),
    "unknown code": ('print(\'{"code": "gotcha", "params": {}}\')', "crashed"),
    "spins": (LIMITED + "exec('while True: pass')", "timeout"),
    "eats memory": (LIMITED + "x = bytearray(10**10)", "memory"),
    "writes without end": (LIMITED + "exec('while True: print(1000 * str(1))')", "crashed"),
}


@pytest.mark.parametrize(("code", "expected"), FAILURES.values(), ids=FAILURES.keys())
def test_whatever_becomes_of_the_process_is_an_error_message(code, expected, monkeypatch):
    child(code, monkeypatch)
    limits = Limits(cpu_seconds=1, written=1_000_000)
    with pytest.raises(ReadError) as caught:
        read_isolated(TEXT, "a.txt", limits)
    assert caught.value.code == expected
    assert caught.value.message.render("en")


def test_a_process_that_waits_is_ended(monkeypatch):
    child("import time; time.sleep(60)", monkeypatch)
    with pytest.raises(ReadError) as caught:
        read_isolated(TEXT, "a.txt", Limits(wall_seconds=0.2))
    assert caught.value.code == "timeout"


def test_a_real_reader_runs_out_of_memory():
    with pytest.raises(ReadError) as caught:
        read_isolated("Провести смотр. ".encode() * 600_000, "a.txt", Limits(memory=90_000_000))
    assert caught.value.code == "memory"


def test_grandchildren_are_ended_too(monkeypatch, tmp_path):
    sign = tmp_path / "pid"
    child(
        f"import subprocess; p = subprocess.Popen(['sleep', '60']); open({str(sign)!r}, 'w').write(str(p.pid))",
        monkeypatch,
    )
    with pytest.raises(ReadError):
        read_isolated(TEXT, "a.txt")
    state = Path(f"/proc/{sign.read_text()}/stat")
    while state.exists() and state.read_text().split()[2] != "Z":  # the kernel ends it in its own time
        time.sleep(0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux is asked")
def test_the_process_ends_with_a_server_that_is_killed(tmp_path):
    told = tmp_path / "pid"
    waits = (
        "import json, os, sys, time; sys.path.insert(0, sys.argv[1])\n"
        "from avgust.isolation.child_limits import end_with\n"
        "end_with(json.loads(sys.stdin.buffer.readline())['parent'])\n"
        f"open({str(told)!r}, 'w').write(str(os.getpid()) + ' ')\n"
        "time.sleep(60)"
    )
    serves = (
        "from avgust.isolation import parent, read_isolated\n"
        f"parent._BOOT = {waits!r}\n"
        "read_isolated(b'text', 'a.txt')"
    )
    server = subprocess.Popen([sys.executable, "-c", serves])
    while not (told.exists() and told.read_text().endswith(" ")):
        assert server.poll() is None
        time.sleep(0.02)
    server.kill()
    server.wait()
    stat = Path(f"/proc/{told.read_text().strip()}/stat")
    deadline = time.monotonic() + 10
    while stat.exists() and ") Z " not in stat.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_process_sees_no_secrets_and_leaves_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "тайна")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    child("import os, sys; sys.exit('SECRET_KEY' in os.environ or 'django' in sys.modules)", monkeypatch)
    with pytest.raises(ReadError) as caught:
        read_isolated(TEXT, "a.txt")
    assert caught.value.code == "crashed"  # exit status 0, no answer: the assertion inside held
    assert not list(tmp_path.iterdir())


def test_reading_imports_no_django(monkeypatch):
    code = parent._BOOT.replace("sys.exit(main())", "main(); sys.exit(7 if 'django' in sys.modules else 0)")
    child(code, monkeypatch)
    assert read_isolated(TEXT, "a.txt").blocks


def test_a_parsed_document_is_the_one_that_parsing_here_gives() -> None:
    text = "РЕШИЛИ:\n1. Школам:\n1.1. провести не менее 2 собраний до 1 мая 2026 года;\n"
    earlier = [EarlierClause("Резолюция 2024 года", "2", "провести не менее 2 собраний", date(2024, 8, 27))]
    apart = parse_isolated(text.encode(), "a.txt", earlier)
    assert apart == parse(read(text.encode(), "a.txt"), earlier)
    assert apart.clauses[0].targets


def test_rules_that_take_too_long_are_a_message(monkeypatch) -> None:
    endless = "import avgust.isolation.child as c; c.parse = lambda *_: exec('while True: pass'); sys.exit(c.main())"
    child(parent._BOOT.split("from ")[0] + endless, monkeypatch)
    with pytest.raises(ReadError) as caught:
        parse_isolated(TEXT, "a.txt", limits=Limits(cpu_seconds=2))
    assert caught.value.code == "timeout"


@pytest.mark.parametrize(
    "answer",
    [b"", b"{}", b"[]\n{}", b"null\nnull", encode_document(read(b"abc", "a.txt")), b"{\n" * 9],
    ids=["nothing", "no text", "a list", "null", "no rules", "broken"],
)
def test_an_answer_that_is_no_resolution_is_refused(answer: bytes) -> None:
    with pytest.raises(ValueError):
        decode_parsed(answer)


def test_a_span_outside_the_text_is_refused() -> None:
    resolution = parse(read("1. Провести семинар.".encode(), "a.txt"))
    (clause,) = resolution.clauses
    deadline = replace(clause.deadline, span=Span(-1, 2))
    for stray in (
        replace(resolution, parts=(replace(resolution.parts[0], span=Span(0, 10_000)),)),
        replace(resolution, clauses=(replace(clause, deadline=deadline),)),
    ):
        with pytest.raises(ValueError, match="span"):
            decode_parsed(encode_resolution(stray))


@pytest.mark.parametrize("text", [7, True, ["<b>"]], ids=["number", "truth", "list"])
def test_a_value_of_another_type_is_refused(text: object) -> None:
    resolution = parse(read("1. Провести семинар.".encode(), "a.txt"))
    (clause,) = resolution.clauses
    with pytest.raises(ValueError, match="str"):
        decode_parsed(encode_resolution(replace(resolution, clauses=(replace(clause, text=text),))))
