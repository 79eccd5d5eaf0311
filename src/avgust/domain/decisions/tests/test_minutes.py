from datetime import date
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.decisions.document import decision_docx
from avgust.domain.decisions.minutes import (
    Genre,
    TypedClause,
    TypedDecision,
    faults_of,
    faults_of_clause,
    printed,
    unlabelled,
)
from avgust.domain.decisions.preview import understood
from avgust.domain.resolutions.model import PartKind
from avgust.domain.resolutions.readers import read
from avgust.domain.resolutions.stages import parse

DAY = date(2026, 11, 12)
CLAUSES = (
    TypedClause(
        "Разобрать задания на вычисления",
        "руководители школ; МБУ «Методический центр»",
        "до 15 декабря 2026 года",
    ),
    TypedClause("Информацию методического центра принять к сведению"),
    TypedClause("Утвердить план-график посещения уроков", "МБУ «Методический центр»", "20.12.2026"),
    TypedClause("Школе № 3 представить справку", "", "ежеквартально"),
)


def decision(*clauses: TypedClause, genre: Genre = Genre.MINUTES, **changed: object) -> TypedDecision:
    values = {"number": "7", "controller": "начальника отдела Ветрову Н.П."} | changed
    return TypedDecision(
        genre, "совещания руководителей", "Управление образования Заозёрного округа", DAY, clauses, **values
    )


@pytest.mark.parametrize("genre", Genre)
def test_the_parser_reads_what_was_typed(genre: Genre) -> None:
    resolution = parse(read(decision_docx(decision(*CLAUSES, genre=genre)), "typed.docx"))
    found = {clause.label: clause for clause in resolution.clauses}
    assert list(found) == ["1", "3", "4"]
    assert [one.name for one in found["1"].addressees] == ["руководители школ", "МБУ «Методический центр»"]
    assert found["1"].deadline.end == date(2026, 12, 15)
    assert found["3"].deadline.end == date(2026, 12, 20)
    assert {clause.label: clause.kind for clause in resolution.others} == {
        "2": PartKind.NOTING,
        "5": PartKind.CONTROL,
    }
    assert resolution.header.adopted is not None
    assert resolution.header.adopted.value == "2026-11-12"


def test_the_preview_says_what_the_document_will() -> None:
    typed = decision(*CLAUSES)
    resolution = parse(read(decision_docx(typed), "typed.docx"))
    said = understood(typed)
    assert [one.measure for one in said] == [True, False, True, True]
    assert said[1].kind is PartKind.NOTING
    measures = {clause.label: clause for clause in resolution.clauses}
    for place in (1, 3, 4):
        assert [a.name for a in said[place - 1].executors] == [
            a.name for a in measures[str(place)].addressees
        ]
        assert said[place - 1].deadline.end == measures[str(place)].deadline.end


def test_the_file_is_printed_in_order() -> None:
    file = docx.Document(BytesIO(decision_docx(decision(*CLAUSES[:1]))))
    assert [paragraph.text for paragraph in file.paragraphs] == [
        "ПРОТОКОЛ № 7",
        "совещания руководителей",
        "Управление образования Заозёрного округа",
        "от 12 ноября 2026 года",
        "РЕШИЛИ:",
        "1. Разобрать задания на вычисления.",
        "Ответственные: руководители школ; МБУ «Методический центр».",
        "Срок: до 15 декабря 2026 года.",
        "2. Контроль за исполнением решений возложить на начальника отдела Ветрову Н.П.",
    ]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("2. Провести\n семинар", "Провести семинар"),
        ("1.2) Провести", "Провести"),
        ("– Провести", "Провести"),
        ("5 классам провести", "5 классам провести"),
        ("2026 год объявить", "2026 год объявить"),
    ],
)
def test_a_number_that_was_copied_along_is_left_out(typed: str, text: str) -> None:
    assert unlabelled(typed) == text


FAULTS = {
    "whole": ({}, []),
    "no title": ({"title": " "}, ["title"]),
    "no day": ({"held_on": None}, ["held_on"]),
    "tomorrow": ({"held_on": date(2026, 11, 13)}, ["held_on"]),
    "no clause": ({"clauses": ()}, [""]),
    "too many": ({"clauses": CLAUSES[:1] * 61}, [""]),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults(name: str) -> None:
    changed, fields = FAULTS[name]
    values = {
        "genre": Genre.ORDER,
        "title": "о питании",
        "owner": "Управление",
        "held_on": DAY,
        "clauses": CLAUSES,
    }
    found = faults_of(TypedDecision(**(values | changed)), DAY)
    assert [fault.field for fault in found] == fields


def test_faults_of_a_clause() -> None:
    assert faults_of_clause(CLAUSES[0]) == []
    assert [fault.field for fault in faults_of_clause(TypedClause(" 1. ", "школы"))] == ["text"]
    assert [fault.field for fault in faults_of_clause(TypedClause("Провести", "ш" * 501))] == ["executors"]


_WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.builds(TypedClause, _WORDS, _WORDS, _WORDS), min_size=1, max_size=4))
def test_whatever_is_typed_becomes_a_document(clauses: list[TypedClause]) -> None:
    typed = decision(*clauses)
    assert read(decision_docx(typed), "typed.docx").text
    assert len(understood(typed)) == len(clauses)
    assert len([line for line in printed(typed) if line.style == "clause"]) == len(clauses) + 1
