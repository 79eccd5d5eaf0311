"""Clauses of tens of thousands of letters: a finder that reads the whole clause for each word does not end."""

import pytest

from avgust.domain.resolutions.readers import read
from avgust.domain.resolutions.stages import parse

LETTERS = "БВГДЖЗКЛМНПРСТФХ"
CLAUSES = {
    "abbreviations in capitals": ("РМК ГМО " * 20_000, "language.abbreviation", 0),
    "different abbreviations": (
        " ".join(f"отчёт {a}{b}{c}" for a in LETTERS for b in LETTERS for c in LETTERS),
        "language.abbreviation",
        1,
    ),
    "shares of nothing": ("не менее 5 % и " * 4_000, "measure.target_incomplete", 1),
    "growth from nowhere": ("отбор вдвое, " * 4_000, "measure.target_incomplete", 4_000),
}


@pytest.mark.parametrize(("words", "kind", "count"), CLAUSES.values(), ids=CLAUSES.keys())
def test_long_clauses_are_judged(words, kind, count):
    document = read(f"РЕШИЛИ:\n1. Обеспечить {words} до 1 мая.\n".encode(), "a.txt")
    assert [found.kind for found in parse(document).findings].count(kind) == count
