"""Where a line must not break."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.web.ui.typography import bind, nest_quotes

CASES = {
    "preposition": ("в школе и на уроке", "в~школе и~на~уроке"),
    "two prepositions in a row": ("и в школе", "и~в~школе"),
    "capital": ("О порядке", "О~порядке"),
    "number sign": ("школа № 3", "школа №~3"),
    "percent": ("не менее 70 % педагогов", "не~менее~70~% педагогов"),
    "a bound": ("не менее 22 учителей", "не~менее~22 учителей"),
    "date": ("до 1 октября 2025 г.", "до~1~октября 2025~г."),
    "thousands": ("всего 16 500 слов", "всего 16~500 слов"),
    "initials": ("Е. А. Ларина", "Е.~А.~Ларина"),
    "point": ("п. 3.7 резолюции", "п.~3.7 резолюции"),
    "dash": ("срок — завтра", "срок~— завтра"),
    "a word that only ends like one": ("ива зелёная", "ива зелёная"),
    "what a number counts": ("у 1 меры из 54 мер", "у~1~меры из~54~мер"),
    "a link after a short word": (
        'у <a class="b c" href="/в 1">4</a> мер',
        'у~<a class="b c" href="/в 1">4</a>~мер',
    ),
    "a number after a colon": ("просрочено: 3. Ближайшее", "просрочено:~3. Ближайшее"),
    "a paragraph": ("<p>не <b>выше</b></p>", "<p>не~<b>выше</b></p>"),
    "a shortened text": ("до 1 …", "до~1…"),
    "a date that ends its sentence": ("с 1 мая 2026 г.. Срок", "с~1~мая 2026~г. Срок"),
    "a date in a link": ("<a>2026 г.</a>. Срок", "<a>2026~г.</a> Срок"),
    "an ellipsis after a year": ("2026 г...", "2026~г..."),
    "English": ("the head of a school", "the~head of~a~school"),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_bind(text: str, expected: str) -> None:
    assert bind(text) == expected.replace("~", "\u00a0")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="а вЕ.№1 %—г", max_size=60))
def test_only_spaces_change_and_the_second_of_two_points(text: str) -> None:
    def letters(said: str) -> str:
        return re.sub(r"[ \u00a0.]", "", said)

    assert letters(bind(text)) == letters(text)
    assert 0 <= text.count(".") - bind(text).count(".") <= text.count("г..")


NESTED = {
    "a title inside a title": ("принята «Резолюция «Школа»», мер: 8", "принята «Резолюция „Школа“», мер: 8"),
    "side by side": ("«а» и «б»", "«а» и «б»"),
    "three deep": ("«а «б «в»»»", "«а „б „в““»"),
    "one mark closes two": ("принята «Резолюция «Школа»", "принята «Резолюция «Школа»"),
    "closed before it is opened": ("а» и «б", "а» и «б"),
}


@pytest.mark.parametrize(("text", "wanted"), NESTED.values(), ids=NESTED.keys())
def test_quotation_marks_inside_others(text, wanted) -> None:
    assert nest_quotes(text) == wanted
