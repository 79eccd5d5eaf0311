"""Forms of Russian words as grammars ask for them."""

from __future__ import annotations

import pytest

from avgust.domain.resolutions.morphology import (
    ADJECTIVES,
    NOUN,
    declined,
    fold,
    forms,
    is_finite,
    is_infinitive,
    is_known,
)

NOUNS = frozenset({NOUN})


@pytest.mark.parametrize(
    ("word", "number", "expected"),
    [
        ("Департаменту", "sing", "Департамент"),
        ("учителям", "plur", "учителя"),
        ("Учителям-логопедам", "plur", "Учителя-логопеды"),
        ("педагогам-психологам", "plur", "педагоги-психологи"),
        ("директорам", "plur", "директора"),
        ("партнерам", "plur", "партнеры"),
        ("партнёрам", "plur", "партнёры"),
        ("бизнес-сообществу", "sing", "бизнес-сообщество"),
        ("ОРГАНАМ", "plur", "ОРГАНЫ"),
        ("детям", "plur", "дети"),
        ("министерство", "sing", None),
    ],
)
def test_noun_in_the_dative_is_put_into_the_nominative(word: str, number: str, expected: str | None) -> None:
    assert declined(word, NOUNS, "datv", number) == expected


@pytest.mark.parametrize(
    ("word", "gender", "expected"),
    [
        ("Муниципальному", "neut", "Муниципальное"),
        ("Муниципальному", "masc", "Муниципальный"),
        ("казённому", "neut", "казённое"),
        ("казенному", "neut", "казенное"),
        ("рабочей", "femn", "рабочая"),
        ("психолого-педагогическому", "masc", "психолого-педагогический"),
    ],
)
def test_adjective_takes_the_gender_of_its_noun(word: str, gender: str, expected: str) -> None:
    assert declined(word, ADJECTIVES, "datv", "sing", gender) == expected


@pytest.mark.parametrize("word", ["провести", "обеспечить", "Помочь", "стремиться", "найтись"])
def test_infinitives(word: str) -> None:
    assert is_infinitive(word)


@pytest.mark.parametrize(
    "word", ["области", "деятельность", "части", "сеть", "речь", "молодёжи", "школам", ""]
)
def test_nouns_that_end_like_infinitives(word: str) -> None:
    assert not is_infinitive(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("обеспечивает", True), ("проводится", True), ("проведут", True), ("совет", False), ("комитет", False)],
)
def test_finite_verbs(word: str, expected: bool) -> None:
    assert is_finite(word) is expected


def test_dictionary_and_folding() -> None:
    assert is_known("ОРГАНИЗАЦИЯМ")
    assert not is_known("СОПИРО")
    assert fold("Ёлка") == "елка"
    assert forms("органам")[0].lemma == "орган"
