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
    of the entry's `after`. `personal` names the keys of `before` and `after`, and "subject" or "reason",
    that are kept apart and go when the person is erased; an act without any says so with an empty set. Of an
    account the name and the reason are personal anyway. `title` names the kind of act in a list of kinds.
    """

    code: str
    sentence: str | Promise
    personal: frozenset[str]
    title: str | Promise = ""

    @property
    def name(self) -> str:
        """The title, else the sentence with its gaps."""
        return str(self.title or read(self.code, {}))


_KNOWN: Final[dict[str, LogCode]] = {}
_VALUES: Final[dict[str, str | Promise]] = {}


def declare(
    code: str, sentence: str | Promise, *, personal: frozenset[str] | set[str], title: str | Promise = ""
) -> LogCode:
    """Declare a log code; the same code twice is a mistake of the programmer."""
    if code in _KNOWN:
        raise ValueError(f"The log code {code!r} is declared twice.")
    _KNOWN[code] = LogCode(code, sentence, frozenset(personal), title)
    return _KNOWN[code]


def name_values(**names: str | Promise) -> None:
    """Say how keys of `before` and `after` are called where both are shown side by side."""
    _VALUES.update(names)


def value_name(key: str) -> str:
    """Return how the key of a value is called; the key itself where nobody said."""
    return str(_VALUES.get(key, key))


def value_text(value: Any) -> str:
    """Return a value as people read it: dates in words, lists by comma, a dash for nothing."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return dates.long(date.fromisoformat(value))
    if isinstance(value, dict):
        return "; ".join(f"{value_name(key)}: {value_text(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(value_text(item) for item in value)
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
        if isinstance(value, str) and _DAY.fullmatch(value):
            return dates.long(date.fromisoformat(value))
        return "…" if value is None else value


def read(code: str, values: dict[str, Any]) -> str:
    """Return the sentence of an act in the language of the reader."""
    said = str(declared(code).sentence) % _Kept(values)
    return said.replace("г..", "г.")  # the point of «2026 г.» ends the sentence too
