"""Kinds of notices: what each is called and how it reads. A station declares its own beside its acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise

from avgust.web.ui import dates


class Section(StrEnum):
    """Where a notice stands in the list and in the letter, in this order."""

    LATE = "late"
    DUE = "due"
    CONTROL = "control"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice. `sentence` has the placeholder `%(title)s` and the keys of the notice's values."""

    code: str
    sentence: str | Promise
    section: Section = Section.OTHER

    def read(self, title: str, values: dict[str, Any]) -> str:
        """Return the sentence in the language of the reader."""
        return str(self.sentence) % {"title": title, **values}


_KNOWN: Final[dict[str, Kind]] = {}


def declare(code: str, sentence: str | Promise, section: Section = Section.OTHER) -> Kind:
    """Declare a kind; the same code twice is a mistake of the programmer."""
    if code in _KNOWN:
        raise ValueError(f"The kind of notice {code!r} is declared twice.")
    _KNOWN[code] = Kind(code, sentence, section)
    return _KNOWN[code]


def known(code: str) -> Kind:
    """Return the declaration of `code`; KeyError when there is none."""
    return _KNOWN[code]


def day_words(day: Any) -> str:
    """Return a date for the values of a notice."""
    return dates.long(day)
