"""A decision typed clause by clause, and how it is printed so that the parser reads what was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from avgust.domain.decisions.causes import Fault
from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.export.printable import printable
from avgust.domain.resolutions.months import day_in_words

LONGEST_TITLE: Final = 300
LONGEST_TEXT: Final = 2_000
LONGEST_LINE: Final = 500
MOST_CLAUSES: Final = 60
_LABEL: Final = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*[.)]|[-–—•])(?:\s+|$)")
_SENTENCE: Final = ".;:,"


class Genre(StrEnum):
    """What paper a decision is."""

    MINUTES = "minutes"
    ORDER = "order"
    DECISION = "decision"


_HEADS: Final = {
    Genre.MINUTES: ("ПРОТОКОЛ", "РЕШИЛИ:"),
    Genre.ORDER: ("ПРИКАЗ", "ПРИКАЗЫВАЮ:"),
    Genre.DECISION: ("РЕШЕНИЕ", "РЕШИЛИ:"),
}


def genre_of(title: str) -> Genre:
    """Return what paper a document is by its title; a resolution is a decision."""
    words = title.casefold()
    if words.startswith("протокол"):
        return Genre.MINUTES
    return Genre.ORDER if words.startswith(("приказ", "распоряжение")) else Genre.DECISION


@dataclass(frozen=True, slots=True)
class TypedClause:
    """A clause: what is to be done, by whom (as a document names them, parted by semicolons), by when."""

    text: str
    executors: str = ""
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class TypedDecision:
    """A decision as it is typed. `owner` is the organisation that decides, by its official name."""

    genre: Genre
    title: str
    owner: str
    held_on: date | None
    clauses: tuple[TypedClause, ...]
    number: str = ""
    controller: str = ""

    @property
    def heading(self) -> str:
        """What the document is called: «Протокол № 7 совещания руководителей школ»."""
        number = f" № {self.number}" if self.number else ""
        return f"{_HEADS[self.genre][0].capitalize()}{number} {plain(self.title)}"


def plain(text: str) -> str:
    """Return what was typed as one line, without what no file can hold."""
    return " ".join(printable(text).split())


def unlabelled(text: str) -> str:
    """Return a clause without the number or the dash that a person copied along; numbers are printed anew."""
    return _LABEL.sub("", plain(text))


def faults_of(typed: TypedDecision, today: date) -> list[Fault]:
    """Return what keeps a decision from being made of what was typed."""
    found = []
    if not plain(typed.title):
        found.append(Fault("title", Message(mark("Say what the decision is about or whose meeting it was."))))
    if typed.held_on is None:
        told = mark("Say on which day it was decided, for example 14.10.2025: deadlines are counted from it.")
        found.append(Fault("held_on", Message(told)))
    elif typed.held_on > today:
        found.append(Fault("held_on", Message(mark("The day lies in the future: say when it was decided."))))
    if not typed.clauses:
        found.append(Fault("", Message(mark("Type at least one clause: what is to be done."))))
    if len(typed.clauses) > MOST_CLAUSES:
        told = mark("At most %(limit)s clauses are typed; upload a longer document as a file.")
        found.append(Fault("", Message(told, {"limit": MOST_CLAUSES})))
    return found


def faults_of_clause(clause: TypedClause) -> list[Fault]:
    """Return what is wrong with one clause."""
    text = unlabelled(clause.text)
    if not text:
        return [Fault("text", Message(mark("Say what is to be done, or take the row away.")))]
    if len(text) > LONGEST_TEXT:
        return [Fault("text", Message(mark("Say it in %(limit)s characters."), {"limit": LONGEST_TEXT}))]
    return [
        Fault(name, Message(mark("Say it in %(limit)s characters."), {"limit": LONGEST_LINE}))
        for name in ("executors", "deadline")
        if len(getattr(clause, name)) > LONGEST_LINE
    ]


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed paragraph and what it is, for its style."""

    style: str  # head, owner, body, formula, clause, line
    text: str


def printed(typed: TypedDecision) -> Sequence[Printed]:
    """Return the paragraphs of the document: the n-th clause has the number n."""
    head, formula = _HEADS[typed.genre]
    number = f" № {plain(typed.number)}" if plain(typed.number) else ""
    lines = [
        Printed("head", head + number),
        Printed("owner", plain(typed.title)),
        Printed("owner", plain(typed.owner)),
    ]
    if typed.held_on is not None:
        lines.append(Printed("body", f"от {day_in_words(typed.held_on)}"))
    lines.append(Printed("formula", formula))
    for place, clause in enumerate(typed.clauses, start=1):
        lines += _clause(place, clause)
    if plain(typed.controller):
        place = len(typed.clauses) + 1
        words = f"{place}. Контроль за исполнением решений возложить на {plain(typed.controller)}"
        lines.append(Printed("clause", _stopped(words)))
    return lines


def _clause(place: int, clause: TypedClause) -> list[Printed]:
    lines = [Printed("clause", _stopped(f"{place}. {unlabelled(clause.text)}"))]
    who, when = plain(clause.executors), plain(clause.deadline)
    if who:
        word = "Ответственные" if re.search(r"[;,]", who) else "Ответственный"
        lines.append(Printed("line", _stopped(f"{word}: {who}")))
    if when:
        lines.append(Printed("line", _stopped(f"Срок: {when}")))
    return lines


def _stopped(text: str) -> str:
    """Return a sentence with its full stop; a date «20.12.2025» and «г.» keep one."""
    return f"{text.rstrip().rstrip(_SENTENCE)}."
