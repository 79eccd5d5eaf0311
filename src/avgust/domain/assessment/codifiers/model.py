"""A codifier: content elements or required skills of a subject, each with the code by which items name it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

MOST_ENTRIES: Final = 5_000  # the longest that a federal institute printed has some 900
LONGEST_NAME, LONGEST_EDITION, LONGEST_CODE = 60, 40, 40
LONGEST_TITLE: Final = 500
GRADES: Final = range(1, 12)
_NUMBER: Final = re.compile(r"(\d+)")


class Kind(StrEnum):
    """What the entries are."""

    CONTENT = "content"
    SKILLS = "skills"


class SubjectCode(StrEnum):
    """Subjects; the code is a part of the name of results in the warehouse."""

    RUSSIAN = "ru"
    MATHEMATICS = "ma"
    WORLD = "world"
    READING = "reading"
    LITERATURE = "lit"
    FOREIGN = "foreign"
    INFORMATICS = "inf"
    HISTORY = "hist"
    SOCIAL = "social"
    GEOGRAPHY = "geo"
    BIOLOGY = "bio"
    PHYSICS = "phys"
    CHEMISTRY = "chem"
    FUNCTIONAL = "fl"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Basis:
    """The act or document by which an edition is in force."""

    title: str = ""
    number: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a codifier. No parent: it stands at the top. No grades: it is of all that the work is for."""

    code: str
    title: str
    parent: str = ""
    grades: tuple[int, ...] = ()


@dataclass(frozen=True)
class Codifier:
    """One edition: entries in their printed order, in force from `since` to `until`, both days included.

    `name` stays the same from edition to edition («ru-4-content»), `edition` tells them apart («2026»).
    Readers return only sound ones (`checking`): codes are single, parents are there, no entry is its own
    ancestor.
    """

    name: str
    subject: SubjectCode
    kind: Kind
    edition: str
    title: str
    since: date
    entries: tuple[Entry, ...]
    until: date | None = None
    basis: Basis = Basis()

    def holds_on(self, day: date) -> bool:
        """Return whether the edition itself says that it is in force; a later one may have replaced it."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def reference(self) -> str:
        """How workbooks of specifications name this edition: «ru-4-content/2026»."""
        return f"{self.name}/{self.edition}"

    @cached_property
    def by_code(self) -> dict[str, Entry]:
        """Each entry by its code."""
        return {entry.code: entry for entry in self.entries}

    @cached_property
    def children(self) -> dict[str, list[Entry]]:
        """Entries by their parent's code, in their order; under "" those at the top."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.parent, []).append(entry)
        return found

    @cached_property
    def tree(self) -> tuple[tuple[Entry, int], ...]:
        """Every entry with its depth, each after its parent; those beside each other in their order."""
        return tuple(self._below(""))

    def _below(self, code: str) -> Iterator[tuple[Entry, int]]:
        waiting = [(entry, 0) for entry in reversed(self.children.get(code, ()))]
        while waiting:
            entry, depth = waiting.pop()
            yield entry, depth
            waiting += [(child, depth + 1) for child in reversed(self.children.get(entry.code, ()))]

    def above(self, code: str) -> tuple[Entry, ...]:
        """Return the ancestors of an entry, the topmost first."""
        line: list[Entry] = []
        parent = self.by_code[code].parent
        while parent:
            line.append(self.by_code[parent])
            parent = line[-1].parent
        return tuple(reversed(line))


def in_order(code: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that orders codes as people do: 1.2 before 1.10."""
    parts = _NUMBER.split(code)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)
