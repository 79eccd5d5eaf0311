"""Bytes on which a careless pattern takes minutes: reading takes time in proportion to their number."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from avgust.domain.resolutions.readers import ReadError, read
from avgust.domain.resolutions.readers.tests.making_docx import docx, p

MOST_SECONDS = 3.0  # each took a minute or more; now each takes a tenth of a second

FILES = {
    "spaces at the end of a line": "Провести смотр" + " " * 200_000 + "\nПровести слёт",
    "tabs at the end of a line": "Провести смотр" + "\t" * 200_000 + "\nПровести слёт",
    "hard spaces at the end of the text": "Провести смотр" + "\u00a0" * 200_000,
    "comments before no tag": "<!---->" * 40 + "Провести смотр",
    "tags that never close": "<p " * 20_000,
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_text_is_read_in_time(text):
    assert seconds_of(text.encode()) < MOST_SECONDS


def test_spaces_inside_a_paragraph_of_lines_are_read_in_time():
    assert seconds_of(docx(p("Провести\n" + " " * 100_000 + "смотр"))) < MOST_SECONDS


def seconds_of(data: bytes) -> float:
    began = time.process_time()
    with suppress(ReadError):
        read(data, "письмо")
    return time.process_time() - began
