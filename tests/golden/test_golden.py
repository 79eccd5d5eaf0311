"""Documents of the genre, annotated by hand before any rule saw them: every field of every measure."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from notation import FOLDER, Golden, Measure, documents, golden

from avgust.domain.resolutions.model import Clause, DeadlineKind, Resolution
from avgust.domain.resolutions.readers import read
from avgust.domain.resolutions.stages import parse

GOLDEN = {document.name: document for document in documents()}
TABLES = {path.stem: golden(path) for path in sorted(FOLDER.glob("*.table"))}
MEASURES = [
    pytest.param(document, n, id=f"{document.name}-{n + 1}-{measure.label or 'bullet'}")
    for document in (*GOLDEN.values(), *TABLES.values())
    for n, measure in enumerate(document.measures)
]


def as_docx(text: str) -> bytes:
    """Return a DOCX with one paragraph a line; TABLE … END becomes a table."""
    import docx

    document = docx.Document()
    lines = iter(text.splitlines())
    for line in lines:
        if line == "TABLE":
            rows = []
            for row in lines:
                if row == "END":
                    break
                rows.append(row)
            _add_table(document, rows)
        else:
            document.add_paragraph(line)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_table(document, rows: list[str]) -> None:
    width = len(rows[0].split("|"))
    table = document.add_table(rows=0, cols=width)
    for row in rows:
        cells = table.add_row().cells
        if row.startswith("=="):
            cells[0].merge(cells[-1]).text = row[2:].strip()
            continue
        for cell, words in zip(cells, row.split("|"), strict=False):
            cell.text = words.strip()


@lru_cache
def parsed(name: str) -> Resolution:
    if name in TABLES:
        return parse(read(as_docx(TABLES[name].text), f"{name}.docx"))
    return parse(read(GOLDEN[name].text.encode(), f"{name}.txt"))


def norm(text: str | None) -> str:
    return " ".join((text or "").casefold().replace("ё", "е").split()).strip(" .;,:")


def found(document: Golden, n: int) -> Clause:
    wanted = norm(document.measures[n].text)
    same = [c for c in parsed(document.name).clauses if norm(c.text) == wanted]
    assert same, f"no clause {wanted!r} among {[c.text[:60] for c in parsed(document.name).clauses]}"
    return same[0]


@pytest.mark.parametrize("name", [*GOLDEN, *TABLES])
def test_no_measure_is_invented_or_out_of_order(name: str) -> None:
    document = GOLDEN.get(name) or TABLES[name]
    assert [norm(c.text) for c in parsed(name).clauses] == [norm(m.text) for m in document.measures]


@pytest.mark.parametrize(("document", "n"), MEASURES)
def test_label(document: Golden, n: int) -> None:
    assert norm(found(document, n).label) == norm(document.measures[n].label)


@pytest.mark.parametrize(("document", "n"), MEASURES)
def test_addressees(document: Golden, n: int) -> None:
    got = {norm(a.name) for a in found(document, n).addressees}
    assert got == {norm(name) for name in document.measures[n].who}


@pytest.mark.parametrize(("document", "n"), MEASURES)
def test_deadline(document: Golden, n: int) -> None:
    kind, start, end = document.measures[n].when
    got = found(document, n).deadline
    assert got.kind is DeadlineKind(kind)
    if start or end:
        ends = (got.start and got.start.isoformat(), got.end and got.end.isoformat())
        assert ends == (start, end)


@pytest.mark.parametrize(("document", "n"), MEASURES)
def test_targets(document: Golden, n: int) -> None:
    got = sorted((t.comparator, t.value, t.unit.casefold()) for t in found(document, n).targets)
    assert got == sorted(document.measures[n].goals)


@pytest.mark.parametrize(("document", "n"), MEASURES)
def test_theme(document: Golden, n: int) -> None:
    themes = document.measures[n].themes
    guess = found(document, n).theme
    assert not themes or (guess is not None and guess.theme in themes)


@pytest.mark.parametrize(("document", "n"), [p for p in MEASURES if p.values[0].measures[p.values[1]].refs])
def test_references(document: Golden, n: int) -> None:
    got = [norm(r.text) for r in found(document, n).references]
    for wanted in document.measures[n].refs:
        assert any(norm(wanted) in name or name in norm(wanted) for name in got), got


@pytest.mark.parametrize(
    ("document", "n"), [p for p in MEASURES if p.values[0].measures[p.values[1]].section is not None]
)
def test_section(document: Golden, n: int) -> None:
    headings = found(document, n).headings
    assert norm(headings[-1].text if headings else "") == norm(document.measures[n].section)


PLAIN = [name for name, document in GOLDEN.items() if not re.search(r"^\|? ?1 ?[\t|]", document.text, re.M)]


@pytest.mark.parametrize("name", PLAIN)  # a table drawn with tabs or bars is a habit of plain text
def test_docx_reads_like_text(name: str) -> None:
    by_docx = parse(read(as_docx(GOLDEN[name].text), "x.docx"))
    assert [c.text for c in by_docx.clauses] == [c.text for c in parsed(name).clauses]


def test_the_annotation_itself_is_whole() -> None:
    """The notation is read as written: a slip in it would judge nothing."""
    measure: Measure = GOLDEN["decree-2023"].measures[2]
    assert measure.label == "2.1"
    assert measure.when == ("date", None, "2023-09-01")
    assert measure.goals == ((">=", 95.0, "%"),)
    assert sum(len(d.measures) for d in (*GOLDEN.values(), *TABLES.values())) == 262
