"""Automatic numbers as they are printed: formats of numbers, patterns of levels, counters of lists.

Formats are named as in ISO/IEC 29500 (ST_NumberFormat); other readers translate theirs to these names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

BULLET: Final = "-"  # every bullet is printed as this sign
DEPTH: Final = 9  # levels of a list in Word; others have up to ten
_LARGEST: Final = 100_000  # beyond it a number of letters or Roman figures is a line of noise

# ISO/IEC 29500 17.18.59: the letters of russianLower; ё, й, ъ and ь number nothing.
_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщыэюя"
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_PLACE: Final = re.compile(r"%([1-9])")


def format_number(value: int, number_format: str) -> str:
    """Return `value` printed in `number_format`; unknown formats print as decimal."""
    lower = number_format.lower()
    if lower in ("none", "bullet"):
        return ""
    if not 0 < value < _LARGEST:
        return str(value)
    if lower.startswith("russian"):
        printed = _letters(value, _RUSSIAN)
    elif lower.endswith("letter"):
        printed = _letters(value, _LATIN)
    elif lower.endswith("roman"):
        printed = _roman(value)
    elif lower == "decimalzero":
        printed = f"{value:02}"
    else:
        printed = str(value)
    return printed.upper() if "upper" in lower else printed


def _letters(value: int, alphabet: str) -> str:
    """Return а … я, then аа, бб …: office programs repeat the letter, they do not count on."""
    times, place = divmod(value - 1, len(alphabet))
    return alphabet[place] * min(times + 1, 40)


def _roman(value: int) -> str:
    if value > 4_999:
        return str(value)
    pieces: list[str] = []
    for weight, sign in _ROMAN:
        times, value = divmod(value, weight)
        pieces.append(sign * times)
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list prints. `pattern` has %1 … %9 for the numbers of levels."""

    number_format: str = "decimal"
    pattern: str = "%1."
    start: int = 1
    suffix: str = " "  # between the label and the text
    legal: bool = False  # all numbers decimal, "I.1" as "1.1"
    restart: int | None = None  # None: after any higher level; 0: never; n: after level n, from 1
    indent: float = 0.0  # left edge of the label, in points

    @property
    def is_bullet(self) -> bool:
        """Tell whether the level prints a sign instead of a number."""
        return self.number_format == "bullet"


Levels = Mapping[int, Level]
_PLAIN: Final = Level()


@dataclass
class Counter:
    """The numbers that a list has reached, by level; None where the level has not begun."""

    reached: list[int | None] = field(default_factory=lambda: [None] * (DEPTH + 1))

    def advance(self, level: int, levels: Levels, *, restart_at: int | None = None) -> str:
        """Count one item at `level` (from 0) and return its label, "" where the level prints none."""
        level = min(max(level, 0), DEPTH)
        own = levels.get(level, _PLAIN)
        before = self.reached[level]
        if restart_at is not None:
            self.reached[level] = restart_at
        else:
            self.reached[level] = own.start if before is None else before + 1
        for deeper in range(level + 1, DEPTH + 1):
            rule = levels.get(deeper, _PLAIN).restart
            if rule is None or level < rule:
                self.reached[deeper] = None
        return self._label(own, levels)

    def _label(self, own: Level, levels: Levels) -> str:
        if own.is_bullet:
            return BULLET

        def printed(place: re.Match[str]) -> str:
            at = int(place.group(1)) - 1
            level = levels.get(at, _PLAIN)
            reached = self.reached[at]
            value = level.start if reached is None else reached
            return format_number(value, "decimal" if own.legal else level.number_format)

        return _PLACE.sub(printed, own.pattern).strip()
