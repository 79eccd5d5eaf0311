"""Bytes on which a careless pattern does not end: they are read whole. `python -m bench hostile` times such."""

from __future__ import annotations

import pytest

from avgust.domain.resolutions.readers import read
from avgust.domain.resolutions.readers.tests.making_docx import docx, p

LONG = 2_000_000  # characters: a pattern of quadratic time would run for hours

FILES = {
    "spaces at the end of a line": ("Провести смотр" + " " * LONG + "\nПровести слёт", "Провести смотр"),
    "tabs at the end of a line": ("Провести смотр" + "\t" * LONG + "\nПровести слёт", "Провести смотр"),
    "hard spaces at the end of the text": ("Провести смотр" + "\u00a0" * LONG, "Провести смотр"),
    "comments before no tag": ("<!---->" * 40 + "Провести смотр", "<!---->" * 40 + "Провести смотр"),
    "tags that never close": ("Провести\n" + "<p " * 20_000, "Провести"),
}


@pytest.mark.parametrize(("text", "first"), FILES.values(), ids=FILES.keys())
def test_text_with_long_gaps_is_read(text, first):
    assert read(text.encode(), "письмо").blocks[0].text == first


def test_spaces_inside_a_paragraph_of_lines_are_read():
    (block,) = read(docx(p("Провести\n" + " " * 100_000 + "смотр")), "письмо").blocks
    assert block.text.split() == ["Провести", "смотр"]
