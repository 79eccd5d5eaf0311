"""Old Word files through the programs that are installed."""

import shutil
import subprocess

import pytest

from avgust.domain.resolutions.readers import ReadError, antiword, doc, read
from avgust.domain.resolutions.readers.tests.making_doc import doc as made
from avgust.domain.resolutions.readers.tests.making_doc import ole

TEXT = "РЕЗОЛЮЦИЯ\r1. Провести смотр школьных музеев.\r2. Подвести итоги до 1 мая.\r"


def only(monkeypatch: pytest.MonkeyPatch, *programs: str) -> None:
    real = shutil.which
    monkeypatch.setattr(doc.shutil, "which", lambda name: real(name) if name in programs else None)


@pytest.mark.parametrize("program", ["antiword", "catdoc"])
def test_words_and_numbers(program, monkeypatch):
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    only(monkeypatch, program)
    document = read(made(TEXT), "a.doc")
    assert [block.text for block in document.blocks] == TEXT.strip().split("\r")
    assert document.format == "doc"
    assert program in document.notes[0].render("en")


def test_no_program(monkeypatch):
    only(monkeypatch)
    with pytest.raises(ReadError) as caught:
        read(made(TEXT), "a.doc")
    assert caught.value.code == "doc_reader_missing"
    assert "DOCX" in caught.value.message.render("en")


def test_a_locked_file():
    with pytest.raises(ReadError) as caught:
        read(made(TEXT, flags=0x0100), "a.doc")
    assert caught.value.code == "encrypted"


def test_a_broken_file():
    with pytest.raises(ReadError) as caught:
        read(ole({"WordDocument": b"\xec\xa5" + bytes(3000)}), "a.doc")
    assert caught.value.code in ("doc_failed", "no_text")


def test_a_program_that_hangs(monkeypatch):
    def hang(command, **_kwargs):
        raise subprocess.TimeoutExpired(command, 15)

    monkeypatch.setattr(doc.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(doc.subprocess, "run", hang)
    with pytest.raises(ReadError) as caught:
        read(made(TEXT), "a.doc")
    assert caught.value.code == "doc_failed"


def test_what_antiword_prints():
    printed = """
Отделу образования:
  · провести смотр;

|№   |Мероприятие             |Срок    |
|1   |Провести смотр          |до 1 мая|
|    |школьных музеев         |        |
|2   |Подвести итоги          |июнь    |
Всего две меры.
"""
    document = antiword.read_output(printed.encode())
    assert document.text == (
        "Отделу образования:\n- провести смотр;\n№\tМероприятие\tСрок\n"
        "1\tПровести смотр школьных музеев\tдо 1 мая\n2\tПодвести итоги\tиюнь\nВсего две меры.\n"
    )
