"""Titles printed in capitals, read as a person would write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.resolutions.headline import headline

TEXT = "В школах Заозёрского округа и Приреченской области работает Заозёрский центр. Итоги года подведены."

CASES = [
    pytest.param("РЕЗОЛЮЦИЯ августовской конференции", "Резолюция августовской конференции", id="the first word"),
    pytest.param("Решение совета", "Решение совета", id="nothing to do"),
    pytest.param(
        "РЕШЕНИЕ КОНФЕРЕНЦИИ ПЕДАГОГОВ ПРИРЕЧЕНСКОЙ ОБЛАСТИ",
        "Решение конференции педагогов Приреченской области",
        id="a name that the text has",
    ),
    pytest.param(
        "СОВЕЩАНИЕ РАБОТНИКОВ ЗАОЗЁРСКОМУ ОКРУГУ", "Совещание работников Заозёрскому округу", id="another form of it"
    ),
    pytest.param("ПЛАН МЕРОПРИЯТИЙ ПО ВВЕДЕНИЮ ФГОС", "План мероприятий по введению ФГОС", id="an abbreviation"),
    pytest.param("ФГОС: введение в школах", "ФГОС: введение в школах", id="an abbreviation first"),
    pytest.param("ПРИКАЗ № 15 О МЕРАХ И СРОКАХ", "Приказ № 15 о мерах и сроках", id="short words"),
    pytest.param("Положение о ВСОКО и ЕГЭ", "Положение о ВСОКО и ЕГЭ", id="capitals inside are meant"),
    pytest.param("РЕЗОЛЮЦИЯ «КАЖДАЯ ШКОЛА РАСТЁТ»", "Резолюция «Каждая школа растёт»", id="a motto"),
    pytest.param("РЕЗОЛЮЦИЯ II СЪЕЗДА", "Резолюция II съезда", id="a Roman number"),
    pytest.param("РЕШЕНИЕ ГЛАВЫ ЧУХЛОМИНСКОГО РАЙОНА", "Решение главы Чухломинского района", id="an unknown name"),
    pytest.param("", "", id="nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "written"), CASES)
def test_titles(printed: str, written: str) -> None:
    assert headline(printed, TEXT) == written


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="АБВЕИОШКЛРТ абвеиошклр«»-.5", max_size=40), st.text(max_size=60))
def test_only_the_case_of_letters_changes(title: str, text: str) -> None:
    assert headline(title, text).casefold() == title.casefold()
