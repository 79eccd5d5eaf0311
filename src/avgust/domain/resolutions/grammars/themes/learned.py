"""The second voice on a theme: how much each word of a clause speaks for each theme, as trained.

The lexicons say what is sure and why; they are silent on words that nobody thought of. `learned.txt` holds
for each beginning of a word thirteen weights of a linear model, made by `dev/theme_weights.py` from the
labelled sentences of the tests and from the nearness of words in news. The sum over the words of a clause,
divided by the root of their number, is in the same points as the lexicons'.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from math import sqrt
from operator import mul
from typing import Final

WEIGHTS: Final = "learned.txt"
STEM: Final = 6  # letters of a word that the model looks at
SHORT_STEM: Final = 5  # letters that it falls back to
SHORTEST: Final = 3
ZERO: Final = 80  # the letter with this code is the weight 0; one step more is STEP points more
LARGEST: Final = 46  # steps, so that all letters print
STEP: Final = 0.4
FEW: Final = 2  # as if so many words more said nothing: two or three words are little to go by

_PART: Final = re.compile(r"[а-яa-z]+")


def learned_points(words: Iterable[str], shares: Iterable[float]) -> tuple[float, ...]:
    """Return the points of `words` (in lower case, without ё), a theme each in the order of `Theme`.

    `shares` say how much each word counts by its place in the sentence. Empty when no word is known.
    """
    heard = [(share, row) for word, share in zip(words, shares, strict=True) for row in _rows(word)]
    if not heard:
        return ()
    by_share, rows = zip(*heard, strict=True)
    scale = STEP / sqrt(sum(map(mul, by_share, by_share)) + FEW)
    return tuple([sum(map(mul, by_share, column)) * scale for column in zip(*rows, strict=True)])


def parts_of(word: str) -> Iterator[str]:
    """Yield the parts of `word` that the model looks at: «научно-методический» is two words."""
    return (part for part in _PART.findall(word) if len(part) >= SHORTEST)


@lru_cache(maxsize=65536)
def _rows(word: str) -> tuple[tuple[int, ...], ...]:
    """Return the weights of the parts of `word`, in steps, in the order of `Theme`."""
    table = _table()
    found = (table.get(part[:STEM]) or table.get(part[:SHORT_STEM] + "-", "") for part in parts_of(word))
    return tuple(tuple(ord(letter) - ZERO for letter in weights) for weights in found if weights)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    text = files(__package__).joinpath(WEIGHTS).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return dict(line.split(" ", 1) for line in lines)
