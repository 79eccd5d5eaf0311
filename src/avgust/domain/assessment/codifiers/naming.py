"""Which entries of a codifier an item of a work names, and what it probably meant where it names none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from avgust.domain.assessment.codifiers.model import Codifier, Entry
from avgust.domain.assessment.codifiers.nearest import bare, is_alike, likeness, nearest_code, trigrams
from avgust.domain.assessment.works.cells import plain

_BETWEEN: Final = re.compile(r"[;,\n]")
_LISTED: Final = re.compile(r"[;\n]")
_FIRST: Final = re.compile(r"(\S*\d\S*)\s+\S")  # «1.2 Безударные гласные»


@dataclass(frozen=True, slots=True)
class Named:
    """A part of what is written at an item: the entry, or what was probably meant."""

    text: str
    entry: Entry | None = None
    nearest: Entry | None = None


class Codes:
    """A codifier asked by codes; what it needs for guessing is made with the first wrong code."""

    def __init__(self, codifier: Codifier) -> None:
        self.codifier = codifier

    def named(self, written: str) -> tuple[Named, ...]:
        """Return what a cell names: «1.2», «1.2; 1.4», «1.2 Безударные гласные»; nothing for an empty one."""
        whole = written.strip()
        if not whole:
            return ()
        if (entry := self._known(whole)) is not None:
            return (Named(whole, entry),)
        parts = [part.strip() for part in _BETWEEN.split(whole) if part.strip()]
        if any(self._known(part) for part in parts) or all(_is_code(part) for part in parts):
            return tuple(self._part(part) for part in parts)
        return (self._part(whole),)

    def titles(self, written: str) -> tuple[str, ...]:
        """Return the titles in place of the codes, each once; what is no code stays as it is written.

        Where two entries share a title, the code stands behind it: they are different elements.
        """
        return tuple(dict.fromkeys(self._title(one) for one in self.named(written)))

    def _title(self, one: Named) -> str:
        if one.entry is None:
            return one.text
        doubled = len(self._by_title.get(plain(one.entry.title), ())) > 1
        return f"{one.entry.title} ({one.entry.code})" if doubled else one.entry.title

    def mended(self, written: str) -> str:
        """Return what is written with the nearest code in place of each wrong one that has a near one."""
        named = self.named(written)
        if all(one.entry or not one.nearest for one in named):
            return written
        meant = ((one.text, one.entry or one.nearest) for one in named)
        return "; ".join(entry.code if entry else text for text, entry in meant)

    def _part(self, text: str) -> Named:
        entry = self._known(text)
        return Named(text, entry) if entry else Named(text, None, self.nearest(text))

    def _known(self, text: str) -> Entry | None:
        found = self._by_bare.get(bare(text))
        if found is None and (first := _FIRST.match(text)):
            found = self._by_bare.get(bare(first[1]))
        return found

    def nearest(self, text: str) -> Entry | None:
        """Return the entry that was probably meant: by its title where words are written, or by the code."""
        same = self._by_title.get(plain(text))
        if same:
            return same[0]
        if _is_code(text):
            return self.codifier.by_code.get(nearest_code(text, self.codifier.by_code))
        asked = trigrams(text)
        best = max(self._threes, key=lambda one: likeness(asked, one[0]), default=None)
        return best[1] if best and is_alike(likeness(asked, best[0])) else None

    @cached_property
    def _by_bare(self) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for one in self.codifier.entries:
            found.setdefault(bare(one.code), one)
        return found

    @cached_property
    def _by_title(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for one in self.codifier.entries:
            found.setdefault(plain(one.title), []).append(one)
        return found

    @cached_property
    def _threes(self) -> list[tuple[frozenset[str], Entry]]:
        return [(trigrams(one.title), one) for one in self.codifier.entries]


def apart(written: str) -> tuple[str, ...]:
    """Return what a cell lists where no codifier reads it, each once: codes, or words between semicolons.

    A comma divides codes only: in words it is a part of the title.
    """
    codes = [part.strip() for part in _BETWEEN.split(written) if part.strip()]
    if all(_is_code(one) for one in codes):
        return tuple(dict.fromkeys(codes))
    return tuple(dict.fromkeys(part.strip() for part in _LISTED.split(written) if part.strip()))


def _is_code(text: str) -> bool:
    return " " not in text and any(letter.isdecimal() for letter in text)


def found_in(codifier: Codifier, asked: str) -> Iterator[tuple[Entry, int, bool]]:
    """Yield the entries that a search finds, and what stands above them: (entry, depth, found itself).

    Every word must begin a word of the title, or the code begin with what is asked; case and ё are ignored.
    """
    words = plain(asked).split()
    start = bare(asked)
    hits = {
        one.code
        for one in codifier.entries
        if bare(one.code).startswith(start) or (words and _has(plain(one.title), words))
    }
    shown = hits | {above.code for code in hits for above in codifier.above(code)}
    for one, depth in codifier.tree:
        if one.code in shown:
            yield one, depth, one.code in hits


def _has(title: str, words: list[str]) -> bool:
    padded = f" {title}"
    return all(f" {word}" in padded for word in words)
