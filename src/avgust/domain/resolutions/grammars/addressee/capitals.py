"""Headings printed in capitals: words get small letters, abbreviations keep theirs."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.grammars.addressee.nouns import (
    ACTOR_ABBREVIATION,
    CLASS_ABBREVIATIONS,
    NO_ACTORS,
)
from avgust.domain.resolutions.morphology import is_known

_WORD: Final = re.compile(r"[А-ЯЁ]+(?:-[А-ЯЁ]+)*")
_LONGEST_ABBREVIATION: Final = 8
_TERRITORY: Final = re.compile(
    r"\b(?!городск|сельск)[а-яё-]+(?:ск|цк)(?:ой|ого)(?=\s(?:области|края|(?:муниципального\s)?(?:района|округа)))"
)
_FUNCTION_WORDS: Final = re.compile(r"(?:И|ИЛИ|В|ВО|С|СО|К|КО|НА|ПО|О|ОБ|ДЛЯ|ПРИ|ЗА|ОТ|ДО|ИЗ|А|ТАКЖЕ)$")


def without_capitals(text: str) -> str:
    """Return `text` with its words in small letters, a letter for a letter.

    A word that the dictionary does not know is an abbreviation, or a proper name when it is long.
    """
    small = _WORD.sub(lambda match: _word(match.group()), text)
    return _TERRITORY.sub(lambda match: match.group().capitalize(), small)


def _word(word: str) -> str:
    if _FUNCTION_WORDS.match(word):
        return word.lower()
    if word in CLASS_ABBREVIATIONS or word in NO_ACTORS or ACTOR_ABBREVIATION.match(word):
        return word if len(word) <= _LONGEST_ABBREVIATION else word.lower()
    if len(word) > 3 and is_known(word):
        return word.lower()
    return word.capitalize() if len(word) > _LONGEST_ABBREVIATION else word
