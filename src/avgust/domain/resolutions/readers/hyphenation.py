"""Words broken at the end of a line: the hyphen goes, unless the word is written with one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from avgust.domain.resolutions.morphology import is_known

_END: Final = re.compile(r"([^\W\d_]+)-$")
_TIGHT: Final = re.compile(r"\S[-/]$")  # «2018-|2020», «и/|или»
_START: Final = re.compile(r"[^\W\d_]+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

# First parts of compounds that are no words of the dictionary: «психолого-педагогический».
_FIRST_PARTS: Final = frozenset(
    ("психолого", "медико", "историко", "коррекционно", "логопедо", "педагого", "диагностико", "технико",
     "северо", "юго", "по", "кое", "вице", "экс", "онлайн", "офлайн", "медиа", "веб", "арт", "квест")
)  # fmt: skip
_LAST_PARTS: Final = frozenset(("либо", "нибудь"))  # «кто-либо»


class Hyphens:
    """Decides by the other words of the same document first, by the dictionary next."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = {word.lower() for text in texts for word in _WORD.findall(text)}

    def join(self, above: str, below: str) -> str:
        """Return two lines of a paragraph as one text."""
        broken = _END.search(above)
        start = _START.match(below)
        if broken is None or start is None:
            return above + below if _TIGHT.search(above) else f"{above} {below}"
        first, second = broken.group(1).lower(), start.group().lower()
        if not start.group()[0].islower() or self._keeps_hyphen(first, second):
            return above + below
        return above[:-1] + below

    def _keeps_hyphen(self, first: str, second: str) -> bool:
        if f"{first}-{second}" in self._words:
            return True
        if first + second in self._words or is_known(first + second):
            return False
        return first in _FIRST_PARTS or second in _LAST_PARTS or (is_known(first) and is_known(second))
