"""Printed numbers and bullets at the head of a paragraph: "1.", "1.1.", "1. 1.", "1)", "а)", "II.", "-"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class LabelKind(StrEnum):
    """What a label counts with."""

    DECIMAL = "decimal"
    PAREN = "paren"
    LETTER = "letter"
    ROMAN = "roman"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Label:
    """A number or bullet. `end` is where the words begin; `printed` is None for a bullet."""

    kind: LabelKind
    printed: str | None
    numbers: tuple[int, ...]
    mark: str
    end: int

    @property
    def depth(self) -> int:
        """How many numbers the label has: 2 for "1.1"."""
        return max(1, len(self.numbers))


_DASHES: Final = "-–—−‐‑‒―"
_BULLETS: Final = _DASHES + "•·∙●○◦▪▫■□◆♦➢➤►▶✓✔✅*+→⁃‣"
_DECIMAL: Final = re.compile(
    r"(?P<open>\()?(?:п(?:ункт)?\.?\s|№\s?)?"
    r"(?P<n>[\dЗ]\d{0,2}(?:\.\d{1,3}|\s?\.\s\d{1,3}(?=\s?[.)])){0,5})(?!\d)"
    r"(?:\s?(?P<mark>[.)]|\.\)))?(?P<gap>\s*)(?=\S)"
)
_ROMAN: Final = re.compile(r"(?P<n>[IVXLІХ]{1,7}|[Ⅰ-Ⅻ])\s?(?P<mark>[.)])\s*(?=[^\s.])")
_LETTER: Final = re.compile(r"\(?(?P<n>[а-яёa-zА-ЯЁA-Z])\s?\)\s*(?=\S)|(?P<dot>[абв])\.\s+(?=\S)")
_BULLET: Final = re.compile(
    rf"(?P<mark>[{re.escape(_BULLETS)}\uf020-\uf0ff])(?:\s+(?=\S)|(?<=[^*+])(?=[^\W\d_]|[«\"(]))"
    r"|(?P<o>[oо])\s+(?=[а-яё]{3})(?<=o\s)"
)
_QUANTITY: Final = re.compile(r"(?:млн|млрд|тыс|процент|балл|раз[а ]|лет |год|час|чел|руб|%)", re.IGNORECASE)
_ROMAN_LETTERS: Final = str.maketrans("ІХ", "IX")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50}
_FIRST: Final = frozenset("(п№IVXLІХоo" + _BULLETS)


def read_label(text: str) -> Label | None:
    """Return the label that `text` (single white space, outer space dropped) begins with."""
    if not text:
        return None
    first = text[0]
    if first.isdigit() or first in "(пЗ№":
        label = _decimal(text)
        if label is not None:
            return label
    if first in "IVXLІХ" or "Ⅰ" <= first <= "Ⅻ":
        label = _roman(text)
        if label is not None:
            return label
    if text[1:3].lstrip().startswith(")") or first == "(" or (first in "абв" and text[1:2] == "."):
        return _letter(text)
    if first in _FIRST or "\uf020" <= first <= "\uf0ff":
        return _bullet(text)
    return None


_BARE: Final = re.compile(r"(?P<n>\d{1,2})\s+(?=[А-ЯЁ«])")


def read_bare_number(text: str) -> Label | None:
    """Return a number printed without a point («1 Отделу образования …»), which only a sequence proves."""
    found = _BARE.match(text)
    if found is None:
        return None
    return Label(LabelKind.DECIMAL, found["n"], (int(found["n"]),), "", found.end())


def _decimal(text: str) -> Label | None:
    found = _DECIMAL.match(text)
    if found is None:
        return None
    pieces = [piece.strip() for piece in found["n"].replace("З", "3").split(".")]
    mark, after = found["mark"] or "", text[found.end() : found.end() + 1]
    if found["open"] and mark != ")":
        return None
    if any(len(piece) > 1 and piece[0] == "0" for piece in pieces[1:]) or _is_date(pieces):
        return None
    if not mark and (len(pieces) == 1 or not found["gap"] or _QUANTITY.match(text, found.end())):
        return None
    if not found["gap"] and (after.isdigit() or after in ".,:;)%-–/"):
        return None
    if found["n"][0] == "З" and len(pieces) == 1 and mark != ".":
        return None
    numbers = tuple(int(piece) for piece in pieces)
    kind = LabelKind.PAREN if mark == ")" and len(pieces) == 1 else LabelKind.DECIMAL
    return Label(kind, ".".join(str(piece) for piece in pieces), numbers, mark, found.end())


def _is_date(pieces: list[str]) -> bool:
    """Tell "28.08.18" and "01.12" from a number of a point: days and months are printed with two digits."""
    if len(pieces) not in (2, 3) or not all(len(piece) == 2 for piece in pieces):
        return False
    return 1 <= int(pieces[0]) <= 31 and 1 <= int(pieces[1]) <= 12


def _roman(text: str) -> Label | None:
    found = _ROMAN.match(text)
    if found is None:
        return None
    value = roman_value(found["n"])
    if value is None:
        return None
    return Label(LabelKind.ROMAN, found["n"], (value,), found["mark"], found.end())


def roman_value(digits: str) -> int | None:
    """Return the value of a Roman number written with Latin or Cyrillic letters, None for nonsense."""
    if len(digits) == 1 and "Ⅰ" <= digits <= "Ⅻ":
        return ord(digits) - ord("Ⅰ") + 1
    total = 0
    previous = 0
    for letter in reversed(digits.translate(_ROMAN_LETTERS)):
        value = _ROMAN_VALUES.get(letter)
        if value is None:
            return None
        total += -value if value < previous else value
        previous = max(previous, value)
    return total if total > 0 else None


def _letter(text: str) -> Label | None:
    found = _LETTER.match(text)
    if found is None:
        return None
    printed = found["n"] or found["dot"]
    return Label(LabelKind.LETTER, printed, (ord(printed.lower()),), ")", found.end())


def _bullet(text: str) -> Label | None:
    found = _BULLET.match(text)
    if found is None:
        return None
    inner = read_label(text[found.end() :][:40]) if text[found.end()].isdigit() else None
    if inner is not None and inner.kind is not LabelKind.BULLET:
        return Label(inner.kind, inner.printed, inner.numbers, inner.mark, found.end() + inner.end)
    mark = found["mark"] or "o"
    return Label(LabelKind.BULLET, None, (), "-" if mark in _DASHES else mark, found.end())
