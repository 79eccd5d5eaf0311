"""Russian word forms, from pymorphy3, each word parsed once.

The analyser is slow (16,500 words a second) and heavy to load (0.2 s, 15 MB), so it is loaded with the
first word that a grammar really asks about, and its answers are kept. Grammars decide what they can by
endings and word lists before they ask.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final, NamedTuple

NOUN: Final = "NOUN"
ADJECTIVES: Final = frozenset({"ADJF", "PRTF"})
_INFINITIVE_ENDING: Final = re.compile(r"(?:ть|ти|чь)(?:ся|сь)?$", re.IGNORECASE)
_FINITE_ENDING: Final = re.compile(r"(?:[еи]т|[ую]т|[ая]т|ём|ем|им)(?:ся|сь)?$", re.IGNORECASE)
# Plurals whose living form is not the first one in the dictionary.
_LIVING_PLURALS: Final = {"учители": "учителя", "лагери": "лагеря"}


class Form(NamedTuple):
    """One reading of a word."""

    lemma: str  # lower-case, ё as е
    pos: str  # OpenCorpora: NOUN, ADJF, PRTF, INFN, VERB, ADVB, PREP, …
    case: str | None  # nomn, gent, datv, accs, ablt, loct
    number: str | None  # sing, plur
    gender: str | None  # masc, femn, neut
    animate: bool
    name: str  # "Surn", "Name", "Patr", "Geox" or ""
    person: str | None  # of a verb: 1per, 2per, 3per
    score: float


def fold(word: str) -> str:
    """Return `word` in lower case with ё as е, the form in which word lists are kept."""
    return word.lower().replace("ё", "е")


def fold_in_place(text: str) -> str:
    """Return `text` folded letter for letter: places in it are places in `text`, also behind «İ»."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return low.replace("ё", "е")


@lru_cache(maxsize=1)
def _analyser() -> Any:
    import pymorphy3  # noqa: PLC0415 — loaded when a word is first asked about

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=20_000)
def _parses(word: str) -> tuple[Any, ...]:
    return tuple(_analyser().parse(word))


@lru_cache(maxsize=20_000)
def forms(word: str) -> tuple[Form, ...]:
    """Return the readings of `word`, likeliest first; the second "locative" and the like are folded."""
    found = []
    for parse in _parses(word.lower()):
        tag = parse.tag
        name = next((mark for mark in ("Patr", "Surn", "Name", "Geox") if mark in tag), "")
        found.append(
            Form(
                fold(parse.normal_form),
                str(tag.POS or ""),
                None if tag.case is None else _MAIN_CASES.get(str(tag.case), str(tag.case)),
                tag.number and str(tag.number),
                tag.gender and str(tag.gender),
                str(tag.animacy) == "anim",
                name,
                tag.person and str(tag.person),
                float(parse.score),
            )
        )
    return tuple(found)


@lru_cache(maxsize=5_000)
def is_known(word: str) -> bool:
    """Tell whether the dictionary has `word`, in any form; other readings are guesses by its ending."""
    return bool(_analyser().word_is_known(word.lower()))


_MAIN_CASES: Final = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}


@lru_cache(maxsize=20_000)
def is_infinitive(word: str) -> bool:
    """Tell whether `word` reads as an infinitive first of all («области» does not)."""
    if not _INFINITIVE_ENDING.search(word):
        return False
    readings = forms(word)
    return bool(readings) and readings[0].pos == "INFN"


@lru_cache(maxsize=20_000)
def is_finite(word: str) -> bool:
    """Tell whether `word` is a verb of the present or future («обеспечивает», «проведут»)."""
    if not _FINITE_ENDING.search(word):
        return False
    readings = forms(word)
    return bool(readings) and readings[0].pos == "VERB" and readings[0].person is not None


@lru_cache(maxsize=20_000)
def declined(word: str, pos: frozenset[str], case: str, number: str, gender: str | None = None) -> str | None:
    """Return the nominative of `word`, read as a `pos` in `case` and `number`; None where it has none.

    A singular adjective takes `gender`, that of its head noun. The printed manner is kept: capitals, and
    «е» where the text writes no «ё» («партнерам» → «партнеры»).
    """
    parts = word.split("-")
    if len(parts) > 1 and all(_reading(part, pos, case, number) for part in parts):
        whole = [declined(part, pos, case, number, gender) for part in parts]
        return "-".join(part for part in whole if part) if all(whole) else None
    parse = _reading(word, pos, case, number)
    if parse is None:
        return None
    wanted = {"nomn", number} | ({gender} if gender and number == "sing" and parse.tag.POS != NOUN else set())
    changed = parse.inflect(wanted)
    return None if changed is None else _as_printed(_living(str(changed.word)), word)


def _reading(word: str, pos: frozenset[str], case: str, number: str) -> Any:
    for parse in _parses(word.lower()):
        tag = parse.tag
        if str(tag.POS) in pos and str(tag.case) == case and str(tag.number) == number:
            return parse
    return None


def _living(word: str) -> str:
    for dictionary, living in _LIVING_PLURALS.items():
        if word.startswith(dictionary):
            return living + word[len(dictionary) :]
    return word


def _as_printed(word: str, printed: str) -> str:
    """Give `word` the capitals and the «ё» habit of `printed`."""
    if "ё" not in printed.lower():
        word = word.replace("ё", "е")
    if printed.isupper() and len(printed) > 1:
        return word.upper()
    parts, old = word.split("-"), printed.split("-")
    if len(parts) == len(old):
        return "-".join(p.capitalize() if o[:1].isupper() else p for p, o in zip(parts, old, strict=True))
    return word[:1].upper() + word[1:] if printed[:1].isupper() else word
