"""A title as a person would write it: «РЕЗОЛЮЦИЯ августовской …» is «Резолюция августовской …».

Printed titles stand in capitals for display; in lists and headings that is shouting. What is a name the
text of the document tells itself: a word that stands there with a capital inside a sentence keeps one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.resolutions.morphology import fold, is_known

_WORD: Final = re.compile(r"[^\W\d_]+")
_READ: Final = 200_000  # letters of the text that are asked for the case of a word
_MOSTLY: Final = 0.6  # share of capitals from which a whole title counts as printed in them
_STEM: Final = 4
_ABBREVIATION: Final = 6  # letters; a longer word that nobody knows is a name
_SHORT: Final = frozenset({
    "а", "без", "в", "во", "для", "до", "за", "и", "из", "или", "к", "ко", "на", "над", "не", "ни", "о", "об",
    "обо", "от", "по", "под", "при", "про", "с", "со", "у",
})  # fmt: skip


def headline(title: str, text: str = "") -> str:
    """Return `title` in sentence case; abbreviations, Roman numbers and names of `text` stay as they are.

    Only capitals at the beginning are display, unless most of the title stands in them.
    """
    words = list(_WORD.finditer(title))
    shouted = list(_shouted(title, words))
    if not shouted:
        return title
    names = _cases(text[:_READ])
    out, at = [], 0
    for word in shouted:
        begins = word is words[0] or title[word.start() - 1] in '«„“"'
        out += [title[at : word.start()], _quiet(word[0], names, begins=begins)]
        at = word.end()
    return "".join([*out, title[at:]])


def _shouted(title: str, words: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the words printed in capitals for display."""
    letters = [letter for letter in title if letter.isalpha()]
    whole = sum(map(str.isupper, letters)) > _MOSTLY * max(len(letters), 1)
    for word in words:
        if not word[0].isupper() and not whole:
            return
        if word[0].isupper() and (len(word[0]) > 1 or fold(word[0]) in _SHORT):
            yield word


def _cases(text: str) -> dict[str, bool]:
    """Return, for each word of `text` in mixed case, whether it is a name: never printed small.

    A word after a full stop has a capital whatever it is, so only words inside sentences are asked.
    """
    found: dict[str, bool] = {}
    for word in _WORD.finditer(text):
        if word[0].isupper():
            continue
        before = text[max(word.start() - 2, 0) : word.start()].rstrip(" \u00a0")
        inside = bool(before) and (before[-1].isalnum() or before[-1] in ",)")
        if word[0].islower():
            found[fold(word[0])] = False
        elif inside:
            found.setdefault(fold(word[0]), True)
    for key, name in list(found.items()):
        if name and len(key) > _STEM + 2:  # «Сосновский» tells of «СОСНОВСКОГО»
            found.setdefault(_stem(key), True)
    return found


def _stem(word: str) -> str:
    return f"{word[: max(len(word) - 3, _STEM)]}-"


def _quiet(word: str, names: dict[str, bool], *, begins: bool) -> str:
    key = fold(word)
    known = names.get(key)
    name = known if known is not None else names.get(_stem(key), False)
    if known is None and not name and not _common(key):
        return word.capitalize() if len(word) > _ABBREVIATION else word
    return word.capitalize() if name or begins else word.lower()


def _common(key: str) -> bool:
    """True for a word of the language; an abbreviation is none, however well it is known."""
    if key in _SHORT:
        return True
    return len(key) > 3 and is_known(key)
