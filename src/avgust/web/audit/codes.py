"""Log codes: what each act is called, how it reads, and what of it is personal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from avgust.web.ui import dates
from avgust.web.ui.typography import nest_quotes

_TWO_POINTS: Final = re.compile(r"(?<!\.)\.\.(?!\.)")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")  # as JSON keeps a date


@dataclass(frozen=True, slots=True)
class LogCode:
    """A kind of act.

    `sentence` is a translatable sentence whose placeholders are `%(actor)s`, `%(subject)s` and the keys
    of the entry's `after`. `personal` names the keys of `before` and `after`, and "subject" or "reason",
    that are kept apart and go when the person is erased; an act without any says so with an empty set. Of an
    account the name and the reason are personal anyway. `title` names the kind of act in a list of kinds.
    `counts` says how each number of `after` reads: those that are not 0 stand for `%(counts)s`.
    """

    code: str
    sentence: str | Promise
    personal: frozenset[str]
    title: str | Promise = ""
    counts: Mapping[str, str | Promise] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The title, else the sentence with its gaps."""
        return str(self.title or read(self.code, {}))


_KNOWN: Final[dict[str, LogCode]] = {}
_VALUES: Final[dict[str, str | Promise]] = {}
_WORDS: Final[dict[str, Callable[[Any], str]]] = {}
_CHOICES: Final[dict[str, dict[str, str | Promise]]] = {}


def declare(
    code: str,
    sentence: str | Promise,
    *,
    personal: frozenset[str] | set[str],
    title: str | Promise = "",
    counts: Mapping[str, str | Promise] | None = None,
) -> LogCode:
    """Declare a log code; the same code twice is a mistake of the programmer."""
    if code in _KNOWN:
        raise ValueError(f"The log code {code!r} is declared twice.")
    _KNOWN[code] = LogCode(code, sentence, frozenset(personal), title, counts or {})
    return _KNOWN[code]


def name_values(**names: str | Promise) -> None:
    """Say how keys of `before` and `after` are called where both are shown side by side."""
    _VALUES.update(names)


def word_values(**words: Callable[[Any], str]) -> None:
    """Say how a value of a key is written for its reader: what is kept as codes reads in her language."""
    _WORDS.update(words)


def choice_values(**choices: Mapping[str, str | Promise]) -> None:
    """Name the codes that values of a key may have; what has no name stays as it is kept."""
    for key, names in choices.items():
        _CHOICES.setdefault(key, {}).update(names)


def value_name(key: str) -> str:
    """Return how the key of a value is called; the key itself where nobody said."""
    return str(_VALUES.get(key, key))


def value_text(value: Any, key: str = "") -> str:
    """Return a value of `key` as people read it: codes and dates in words, a dash for nothing."""
    if key in _WORDS and value is not None:
        return _WORDS[key](value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str) and value in _CHOICES.get(key, ()):
        return str(_CHOICES[key][value])
    if isinstance(value, str) and _DAY.fullmatch(value):
        return dates.long(date.fromisoformat(value))
    if isinstance(value, dict):
        return "; ".join(f"{value_name(key)}: {value_text(item, key)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(value_text(item, key) for item in value)
    return "—" if value in (None, "") else str(value)


def known() -> dict[str, LogCode]:
    """Return every declared code."""
    return dict(_KNOWN)


def declared(code: str) -> LogCode:
    """Return the declaration of `code`; KeyError when there is none."""
    return _KNOWN[code]


class _Kept(dict[str, Any]):
    """Values of a sentence; what is missing or erased reads as an ellipsis, an old entry never fails."""

    def __getitem__(self, key: str) -> Any:
        value = self.get(key)
        if value is None:
            return "…"
        told = key in _WORDS or key in _CHOICES or (isinstance(value, str) and _DAY.fullmatch(value))
        return value_text(value, key) if told else value


def read(code: str, values: dict[str, Any]) -> str:
    """Return the sentence of an act in the language of the reader."""
    known, kept = declared(code), _Kept(values)
    if known.counts and values:
        counted = [str(words) % kept for key, words in known.counts.items() if values.get(key)]
        kept["counts"] = ", ".join(counted) or _("nothing changed")
    said = str(known.sentence) % kept
    return _TWO_POINTS.sub(".", nest_quotes(said))  # of «2026 г.» and of words that end a sentence themselves
