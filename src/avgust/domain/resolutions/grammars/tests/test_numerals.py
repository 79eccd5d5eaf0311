"""Words as numbers: a table of phrases, and that any number below a million reads back."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.resolutions.grammars.numerals import (
    NUMBER_WORDS,
    number_of,
    ordinal_of,
    prefix_number_of,
)

PHRASES = [
    ("пяти", 5),
    ("двадцати пяти", 25),
    ("Двадцать пять", 25),
    ("трёх", 3),
    ("тремя", 3),
    ("обеих", 2),
    ("десятью", 10),
    ("одиннадцати", 11),
    ("сорока", 40),
    ("сороковой", 40),
    ("пятьюдесятью", 50),
    ("восьмидесяти", 80),
    ("девяноста", 90),
    ("сто двадцать первого", 121),
    ("трёхсот шестидесяти пяти", 365),
    ("тысячи двухсот", 1200),
    ("две тысячи двадцать первого", 2021),
    ("полмиллиона", None),
    ("двадцать пять тысяч сто", 25_100),
    ("третьем", 3),
    ("первого", 1),
    ("седьмой", 7),
    ("тридцать первого", 31),
    ("двадцатое", 20),
    ("25", 25),
    ("25-ти", 25),
    ("3-х", 3),
    ("1 500", 1500),
    ("ноль", 0),
    ("пять двадцать", None),
    ("двадцать двенадцать", None),
    ("сто двести", None),
    ("двадцатый пять", None),
    ("школа", None),
    ("семинар", None),
    ("", None),
    ("   ", None),
]


@pytest.mark.parametrize(("phrase", "value"), PHRASES, ids=[p or "empty" for p, _ in PHRASES])
def test_phrase_names_its_number(phrase, value):
    assert number_of(phrase) == value


@pytest.mark.parametrize(
    ("prefix", "value"),
    [
        ("трёх", 3),
        ("семи", 7),
        ("двадцатипяти", 25),
        ("тридцати", 30),
        ("сорока", 40),
        ("школ", None),
        ("", None),
    ],
)
def test_prefix_of_a_compound_adjective(prefix, value):
    assert prefix_number_of(prefix) == value


def test_ordinals_are_not_cardinals():
    assert ordinal_of("третьем") == 3
    assert ordinal_of("три") is None


def test_number_words_find_phrases_and_leave_lookalikes():
    text = "не менее двадцати пяти процентов, трех школ и школьных столовых, в строительстве и на трассе"
    found = [m.group() for m in re.finditer(NUMBER_WORDS, text)]
    assert [number_of(phrase) for phrase in found if number_of(phrase)] == [25, 3]


UNITS = [
    "ноль",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
]
UNITS += ["четырнадцать", "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать"]
TENS = [
    "-",
    "-",
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
]
HUNDREDS = [
    "-",
    "сто",
    "двести",
    "триста",
    "четыреста",
    "пятьсот",
    "шестьсот",
    "семьсот",
    "восемьсот",
    "девятьсот",
]


def spelled(number):
    """Spell a number in the nominative, as a bank would."""
    if number >= 1000:
        rest = number % 1000
        return f"{spelled(number // 1000)} тысяч" + (f" {spelled(rest)}" if rest else "")
    words = [HUNDREDS[number // 100]] if number >= 100 else []
    rest = number % 100
    if rest >= 20:
        words += [TENS[rest // 10]] + ([UNITS[rest % 10]] if rest % 10 else [])
    elif rest or not words:
        words.append(UNITS[rest])
    return " ".join(words)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 999_999))
def test_spelled_number_reads_back(number):
    assert number_of(spelled(number)) == number


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="двтричепяьсмнаоыхцют 0123456789-", max_size=40))
def test_no_phrase_raises(phrase):
    value = number_of(phrase)
    assert value is None or value >= 0
