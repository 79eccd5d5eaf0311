"""Tokens of an official sentence: words, quoted names, brackets, initials, numbers, marks."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from avgust.domain.resolutions.morphology import Form, fold, forms

LONGEST: Final = 900  # characters read for a phrase: no addressee list of a real act is longer

# The order matters: what holds other tokens inside stands first.
_TOKEN: Final = re.compile(
    r"""(?P<quote>«(?:[^«»]|«[^«»]*»)*»|«[^«»]*«[^«»]*»|"[^"]+"|“[^“”]+”|„[^„“”]+[“”])
    |(?P<bracket>\((?:[^()]|\([^()]*\))*\))
    |(?P<short>(?:в?р?и\.\s?о|им|пос|обл|зам|гг?|кл|муз|соц|ст|ул|с|п|д|р|т\.\s?ч|т\.\s?д|т\.\s?п)\.(?!\w))
    |(?P<initials>[А-ЯЁA-Z]\.(?:\s?[А-ЯЁA-Z]\.)*)
    |(?P<number>№+\s?\d*[\d,./-]*\d|№+|\d+(?:[.,/–-]\d+)*(?:-[а-яё]+)?)
    |(?P<pair>(?-i:[А-ЯЁ]{2,4}\sи\s(?:[А-ЯЁ]|ЗП)\b))
    |(?P<word>[А-Яа-яЁёA-Za-z]+(?:[-‑][А-Яа-яЁёA-Za-z0-9]+)*)
    |(?P<dash>[–—-])
    |(?P<mark>[.,;:!?…/])
    |(?P<other>\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_ABBREVIATION: Final = re.compile(
    r"[А-ЯЁA-Z]{2,}[а-яё]{0,2}[А-ЯЁA-Z0-9]*(?:-\d+)?$"
    r"|[А-ЯЁ]{2,4}\sи\s(?:[А-ЯЁ]|ЗП)$"
    r"|Мин(?:просвещения|обрнауки|образования|образ|науки|культуры|труда|цифры|соцразвития|спорта|финансов)$"
)


class Token(NamedTuple):
    """A word or a mark, with its place in the fragment's text."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """The word as word lists keep it."""
        return fold(self.text)

    @property
    def forms(self) -> tuple[Form, ...]:
        """Readings of a word; none for an abbreviation or a mark."""
        return forms(self.text) if self.kind == "word" and not self.abbreviation else ()

    @property
    def abbreviation(self) -> bool:
        """Whether the word is printed as «МБОУ», «КДНиЗП», «ИРО»."""
        return self.kind == "word" and _ABBREVIATION.match(self.text) is not None

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()

    def has(self, case: str, pos: frozenset[str]) -> bool:
        """Tell whether some reading is a `pos` in `case`."""
        return any(form.case == case and form.pos in pos for form in self.forms)


def tokens_of(text: str, start: int = 0, limit: int = LONGEST) -> tuple[Token, ...]:
    """Return the tokens of `text[start:start + limit]`, places counted from the text's own start."""
    found = []
    for match in _TOKEN.finditer(text, start, min(len(text), start + limit)):
        kind = match.lastgroup or "other"
        if kind == "pair":  # «КДН и ЗП»: one abbreviation
            kind = "word"
        if kind == "initials" and not match.group()[0].isupper():
            kind = "other"
        found.append(Token(kind, match.group(), match.start(), match.end()))
    return tuple(found)
