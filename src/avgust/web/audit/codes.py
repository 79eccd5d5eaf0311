"""Log codes: what each act is called, how it reads, and what of it is personal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise

from avgust.web.ui import dates

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")  # as JSON keeps a date


@dataclass(frozen=True, slots=True)
class LogCode:
    """A kind of act.

    `sentence` is a translatable sentence whose placeholders are `%(actor)s`, `%(subject)s` and the keys
    of the entry's `after`. `personal` names the keys of `before` and `after` that erasure of the person
    blanks; an act without any says so with an empty set.
    """

    code: str
    sentence: str | Promise
    personal: frozenset[str]


_KNOWN: Final[dict[str, LogCode]] = {}


def declare(code: str, sentence: str | Promise, *, personal: frozenset[str] | set[str]) -> LogCode:
    """Declare a log code; the same code twice is a mistake of the programmer."""
    if code in _KNOWN:
        raise ValueError(f"The log code {code!r} is declared twice.")
    _KNOWN[code] = LogCode(code, sentence, frozenset(personal))
    return _KNOWN[code]


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
        if isinstance(value, str) and _DAY.fullmatch(value):
            return dates.long(date.fromisoformat(value))
        return "…" if value is None else value


def read(code: str, values: dict[str, Any]) -> str:
    """Return the sentence of an act in the language of the reader."""
    return str(declared(code).sentence) % _Kept(values)
