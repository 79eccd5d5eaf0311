"""The same orders printed by different hands are read alike: labels, words, headings, own lines."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from variants import TABLES, VARIANTS, Expected
from variants_acts import ACTS

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import MEASURES, RawClause, SourceDocument
from avgust.domain.resolutions.readers.text import read
from avgust.domain.resolutions.structure import read_structure

DOCUMENTS = {**VARIANTS, **ACTS, **TABLES}


def document(name: str) -> SourceDocument:
    return read(DOCUMENTS[name][0].encode())


def seen(clause: RawClause, wanted: Expected) -> Expected:
    """Return what was read, cut to the length of what was wanted."""
    headings = tuple(
        heading.text[: len(start)]
        for heading, start in zip(clause.headings, wanted.headings + ("",) * 9, strict=False)
    )
    lines = tuple((line.role, line.text) for line in clause.lines)
    return Expected(clause.label, clause.text[: len(wanted.start)], headings, lines if wanted.lines else ())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_measures(name: str) -> None:
    wanted = DOCUMENTS[name][1]
    clauses = [c for c in read_structure(document(name)).clauses if c.kind in MEASURES]
    read_ones = [seen(c, w) for c, w in zip(clauses, wanted, strict=False)]
    assert read_ones == list(wanted)
    assert len(clauses) == len(wanted), [c.text for c in clauses]


def marked_only(text: str) -> list[str]:
    return [c.text for c in read_structure(read(text.encode())).clauses if c.kind in MEASURES]


@pytest.mark.parametrize("name", VARIANTS)
def test_blank_lines_between_paragraphs_change_nothing(name: str) -> None:
    text = VARIANTS[name][0]
    if "\n\n" in text or name.startswith("hard_wrapped"):
        pytest.skip("the document has blank lines, or lines that are no paragraphs")
    assert marked_only("\n\n".join(text.split("\n"))) == marked_only(text)


@pytest.mark.parametrize("name", [*VARIANTS, *ACTS])
def test_bullets_of_another_sign_change_nothing(name: str) -> None:
    text = DOCUMENTS[name][0]
    if "•" in text or "* " in text or "- 2 -" in text or "\n  -" in text:
        pytest.skip("signs mean levels here")
    assert marked_only(text.replace("\n- ", "\n• ")) == [
        one.replace(" - ", " • ") if "- " in one else one for one in marked_only(text)
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_spans_point_at_their_words(name: str) -> None:
    source = document(name)
    structure = read_structure(source)
    for clause in structure.clauses:
        assert Fragment.of(source.text, clause.span).text == clause.text
        for line in clause.lines:
            assert Fragment.of(source.text, line.span).text == line.text
