"""Whatever the text: nothing raises, spans lie on the printed words, cells part at line breaks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.resolutions.fragment import Fragment, single_spaced
from avgust.domain.resolutions.grammars.addressee import (
    addressees_of_clause,
    addressees_of_heading,
    addressees_of_line,
)
from avgust.domain.resolutions.grammars.addressee.tests.addressee_cases import fragment_of, shown
from avgust.domain.resolutions.model import Addressee, Span

PIECES = [
    "1.",
    "отделу",
    "образования",
    "школам",
    "Руководителям",
    "и",
    ",",
    ";",
    ":",
    ".",
    "(",
    ")",
    "«",
    "»",
    "–",
    "-",
    "№",
    "5",
    "МБОУ",
    "СОШ",
    "«Луч»",
    "(Иванова_И.И.)\nПетрову",
    "И.С.",
    "и.о.",
    "зам.",
    "директора",
    "реализующим",
    "программы",
    "совместно",
    "с",
    "привлечением",
    "по",
    "согласованию",
    "при",
    "участии\nродителей",
    "министерством",
    "рекомендовать",
    "поручить",
    "обязать",
    "возложить",
    "на",
    "заместителя",
    "провести",
    "обеспечить",
    "до",
    "мая\nв",
    "целях",
    "развития",
    "детям",
    "которые",
    "работают",
    "необходимо",
    "Отв.:",
    "исполнитель:",
    "всем",
    "кл.",
    "руководителям",
    "КДН",
    "и",
    "ЗП",
    "\n",
    "\t\n\xa0",
    "\xad",
    "не",
    "области",
    "области,",
    "муниципальным,",
    "администрации",
    "ИРО",
    "ФГОС",
    "ёлка",
    "X",
]
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.text(max_size=60),
)


def read_everything(text: str) -> list[Addressee]:
    fragment = Fragment.of(text, Span(0, len(text)))
    heading = addressees_of_heading(fragment)
    return [
        *heading,
        *addressees_of_clause(fragment, heading),
        *addressees_of_line(fragment, "executor"),
        *addressees_of_line(fragment, "controller"),
    ]


@settings(max_examples=400, deadline=None)
@given(texts)
def test_any_text_is_read_and_spans_lie_on_the_printed_words(text: str) -> None:
    for addressee in read_everything(text):
        assert addressee.name
        assert addressee.name == addressee.name.strip()
        assert 0 <= addressee.span.start < addressee.span.end <= len(text)
        assert single_spaced(addressee.span.of(text)) == addressee.text
        assert 0 < addressee.confidence <= 1
        assert addressee.rule.startswith("addressee.")


def test_span_points_into_the_source_not_into_the_clause() -> None:
    source = "Шапка.\n1.  Отделу\u00a0 образования\nадминистрации района:  \nКонец"
    fragment = Fragment.of(source, Span(7, 55))
    (addressee,) = addressees_of_heading(fragment)
    assert addressee.name == "Отдел образования администрации района"
    assert addressee.text == "Отделу образования администрации района"
    assert addressee.span.of(source) == "Отделу\u00a0 образования\nадминистрации района"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (
            "Управление образования,\nруководители образовательных\nорганизаций",
            ["B Управление образования", "R руководители образовательных организаций"],
        ),
        ("Отдел образования\nадминистрации района", ["B Отдел образования администрации района"]),
        (
            "Министерство образования\nпо согласованию с\nминистерством финансов",
            ["B Министерство образования", "~B Министерство финансов"],
        ),
        ("Иванова И.И.\nПетров П.П.", ["B Иванова И.И.", "B Петров П.П."]),
        ("Начальник отдела\nИванова И.И.", ["R начальник отдела"]),
        ("Директора школ\nпедагоги", ["R директора школ", "R педагоги"]),
        ("ПИРО\nМОУО\nОО", ["B ПИРО", "R МОУО", "R ОО"]),
    ],
    ids=[
        "wrapped list",
        "wrapped name",
        "partner",
        "persons",
        "post and person",
        "two roles",
        "abbreviations",
    ],
)
def test_cell_parts_at_line_breaks_where_a_name_begins(cell: str, expected: list[str]) -> None:
    assert shown(addressees_of_line(fragment_of(cell), "executor")) == expected


@pytest.mark.parametrize(
    ("text", "most"),
    [("«" * 5_000, 0), ("(" * 5_000, 0), ("школам, " * 2_000, 1), ("совместно с школами " * 500, 1),
     ("отв. (" * 1_000, 2)],
    ids=["quotes", "brackets", "list", "joint", "captions"],
)  # fmt: skip
def test_long_and_broken_texts_are_read_to_their_end(text: str, most: int) -> None:
    """`python -m bench hostile` says how long; a name that is repeated is found once."""
    assert len({addressee.name.casefold() for addressee in read_everything(text)}) <= most
