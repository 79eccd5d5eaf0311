"""What people type is understood with the grammars of the parser."""

from __future__ import annotations

from datetime import date

import pytest

from avgust.domain.messages import Message
from avgust.domain.resolutions.model import DeadlineKind, Finding, Mend, Relation, Resolution, Severity, Span
from avgust.domain.resolutions.readers.read import read
from avgust.domain.resolutions.review.corrections import ApplyMend, SetDeadline, SetText, Split
from avgust.domain.resolutions.review.fold import reviewed
from avgust.domain.resolutions.review.mends import applicable, mended
from avgust.domain.resolutions.review.rereading import Rereader, cut_places
from avgust.domain.resolutions.stages import parse

TEXT = """РЕЗОЛЮЦИЯ
августовского совещания Луговского муниципального округа

27 августа 2025 года

РЕШИЛИ:

1. Управлению образования Луговского округа:
1.1. Разработать положение о наставничестве и провести обучение наставников до 1 декабря 2025 года.
1.2. Обеспечить  участие не менее 60 процентов школ в конкурсе.
"""


@pytest.fixture(scope="module")
def luga() -> Resolution:
    return parse(read(TEXT.encode(), "l.txt"))


@pytest.fixture(scope="module")
def reader(luga: Resolution) -> Rereader:
    return Rereader(luga)


@pytest.mark.parametrize(
    ("typed", "kind", "end"),
    [
        pytest.param("до 1 мая 2026 года", DeadlineKind.DATE, date(2026, 5, 1), id="date"),
        pytest.param("  до 15.03.2026 ", DeadlineKind.DATE, date(2026, 3, 15), id="figures with spaces"),
        pytest.param("ежеквартально", DeadlineKind.RECURRING, None, id="recurring"),
        pytest.param("постоянно", DeadlineKind.PERMANENT, None, id="permanent"),
        pytest.param("", DeadlineKind.NONE, None, id="nothing"),
        pytest.param("когда рак свистнет", DeadlineKind.NONE, None, id="no deadline that a rule knows"),
    ],
)
def test_a_typed_deadline(reader: Rereader, typed: str, kind: DeadlineKind, end: date | None) -> None:
    found = reader.deadline(typed)
    assert (found.kind, found.end, found.span) == (kind, end, None)
    assert (found.text or "") == typed.strip()


def test_typed_addressees_stand_in_the_nominative_and_point_at_nothing(reader: Rereader) -> None:
    found = reader.addressees("Руководителям школ\nЦентр «Искра»", Relation.EXECUTOR, 7)
    assert [a.name for a in found][-1] == "Центр «Искра»"
    assert found[0].name.casefold().startswith("руководители")
    assert {a.span for a in found} == {Span(7, 7)}
    assert {a.relation for a in found} == {Relation.EXECUTOR}


def test_a_typed_target_needs_a_number(reader: Rereader) -> None:
    assert [t.value for t in reader.targets("не менее 80 процентов школ", 0)] == [80]
    assert reader.targets("повысить качество", 0) == ()


def test_a_typed_reference_is_kept_even_when_no_rule_knows_it(reader: Rereader) -> None:
    assert [r.text for r in reader.references("Памятка для наставника", 3)] == ["Памятка для наставника"]


def test_a_clause_is_cut_and_each_piece_keeps_what_was_said_once(luga: Resolution, reader: Rereader) -> None:
    whole = luga.clauses[0]
    at = whole.text.index("провести")
    first, second = reader.pieces(whole, cut_places(whole, [at], luga.document.text))
    assert (first.text, second.text[:17]) == ("Разработать положение о наставничестве", "провести обучение")
    assert first.span.of(luga.document.text) == first.text
    assert [a.name for a in second.addressees] == [a.name for a in whole.addressees]
    assert first.deadline.end == second.deadline.end == date(2025, 12, 1)


def test_cuts_outside_the_clause_do_nothing(luga: Resolution, reader: Rereader) -> None:
    whole = luga.clauses[0]
    assert len(reader.pieces(whole, [0, whole.span.start, whole.span.end, 10**6])) == 1


def test_an_added_measure_is_read_from_its_words(luga: Resolution, reader: Rereader) -> None:
    added = reader.added("Открыть 3 кружка до 1 мая 2026 года", "1.3", luga.clauses[0].headings, 40)
    assert (added.label, added.deadline.end) == ("1.3", date(2026, 5, 1))
    assert added.span == Span(40, 40)
    assert added.deadline.span is None


def test_findings_are_looked_for_again_after_a_change(luga: Resolution, reader: Rereader) -> None:
    late = SetDeadline("c1", reader.deadline("до 1 декабря 2020 года"))
    review = reviewed(luga, [late])
    row = review.find("c1")
    assert row is not None
    assert "deadline.past" in {finding.kind for finding in reader.findings(review, row)}


def finding(luga: Resolution, n: int, words: str, mend: Mend) -> Finding:
    start = luga.document.text.index(words)
    span = Span(start, start + len(words))
    return Finding("test.kind", Severity.WARNING, span, Message("m"), Message("e"), (mend,), n)


def test_a_mend_with_a_date_becomes_the_words_of_an_official(luga: Resolution, reader: Rereader) -> None:
    row = reviewed(luga, ()).clauses[0]
    correction = mended(
        reader, row, finding(luga, 1, "до 1", Mend(Message("x"), "deadline", date(2026, 5, 1))), 0
    )
    assert isinstance(correction, ApplyMend)
    assert isinstance(correction.change, SetDeadline)
    assert correction.change.deadline.end == date(2026, 5, 1)


def test_a_mend_of_the_text_changes_only_the_words_it_points_at(luga: Resolution, reader: Rereader) -> None:
    row = reviewed(luga, ()).clauses[1]
    correction = mended(
        reader, row, finding(luga, 2, "участие", Mend(Message("x"), "text", "выступление")), 0
    )
    assert isinstance(correction, ApplyMend)
    assert isinstance(correction.change, SetText)
    assert correction.change.text == "Обеспечить выступление не менее 60 процентов школ в конкурсе"


def test_a_mend_may_split(luga: Resolution, reader: Rereader) -> None:
    row = reviewed(luga, ()).clauses[0]
    start = luga.document.text.index("Разработать")
    second = luga.document.text.index("провести")
    value = [[start, start + 11], [second, second + 8]]
    correction = mended(reader, row, finding(luga, 1, "Разработать", Mend(Message("x"), "split", value)), 0)
    assert isinstance(correction, ApplyMend)
    assert isinstance(correction.change, Split)
    assert len(correction.change.pieces) == 2


@pytest.mark.parametrize(
    ("mend", "can"),
    [
        pytest.param(Mend(Message("x"), "deadline", "постоянно"), True, id="words for a field"),
        pytest.param(Mend(Message("x"), "text", ""), True, id="an empty text deletes the words"),
        pytest.param(Mend(Message("x"), "deadline"), False, id="a field without a value"),
        pytest.param(Mend(Message("x"), "target", "стало лучше"), False, id="a target without a number"),
        pytest.param(Mend(Message("x"), "target", "не менее 5 школ"), True, id="a target with a number"),
        pytest.param(Mend(Message("x")), False, id="an advice"),
        pytest.param(Mend(Message("x"), "of_tomorrow", 1), False, id="a field that is not known"),
    ],
)
def test_what_a_press_can_do(mend: Mend, can: bool) -> None:
    assert applicable(mend) is can
