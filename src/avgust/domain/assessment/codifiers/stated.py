"""What a file says of a codifier before anything of it is believed, and what is found wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from avgust.domain.assessment.codifiers.model import Codifier
from avgust.domain.messages import Message, mark


class Fact(StrEnum):
    """What is said of an edition as a whole."""

    NAME = "name"
    SUBJECT = "subject"
    KIND = "kind"
    EDITION = "edition"
    TITLE = "title"
    SINCE = "since"
    UNTIL = "until"
    GRADES = "grades"  # of every entry that names none
    BASIS = "basis"
    NUMBER = "number"
    DAY = "date"  # of the act


ROW = mark("Row %(at)s")
ENTRY = mark("Entry %(at)s")


@dataclass(frozen=True, slots=True)
class StatedEntry:
    """An entry as written: texts, and the number of its row (or place in the package).

    `spoilt` says what a spreadsheet made of a code: a day, or a number that may have lost its last zero.
    """

    at: int
    code: str
    title: str
    parent: str = ""
    grades: str = ""
    spoilt: str = ""


@dataclass(frozen=True)
class Stated:
    """What a file says. `where` is ROW or ENTRY: how its entries are called in faults."""

    facts: Mapping[Fact, str]
    entries: tuple[StatedEntry, ...]
    where: str = ROW


@dataclass(frozen=True)
class Reading:
    """A codifier, or all that stands against it; never both."""

    codifier: Codifier | None
    faults: tuple[Message, ...] = field(default=())
