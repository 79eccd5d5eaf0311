"""Which unit a row is about: by its number, tax number, or official name in its place. Never by a guess.

What several units answer is a question; what looks like a unit without being it is said beside the row.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.territory.events import PLACES, REGION
from avgust.domain.territory.imports.columns import Field, plain
from avgust.domain.territory.imports.register import KnownRegister
from avgust.domain.territory.imports.rows import CellFault, Row

_ALIKE: Final = 0.7  # share of common words from which two names in one place are alike
_NEAR: Final = 0.8  # of difflib, for a misspelt place
NEW: Final = 0  # the answer "it is a new one"
Answers = Mapping[str, int]  # row → unit, or NEW


@dataclass
class Match:
    """A row with the unit it is about: an id of the register, or a negative one for a new unit."""

    row: Row
    unit: int
    place: int | None = None  # what it stands under, by the file
    faults: list[CellFault] = field(default_factory=list)
    candidates: tuple[int, ...] = ()
    alike: int | None = None

    @property
    def is_new(self) -> bool:
        """True where the register has no such unit."""
        return self.unit < 0

    def fault(self, name: Field, message: Message, offers: Sequence[str] = ()) -> None:
        """Add a fault to the cell of a column."""
        text = self.row.text(name)
        self.faults.append(CellFault(name, self.row.cells.get(name, ""), text, message, tuple(offers)))


class Matcher:
    """Matches the rows of one file."""

    def __init__(self, register: KnownRegister, rows: Sequence[Row], answers: Answers) -> None:
        self.register = register
        self.rows = rows
        self.answers = answers
        self.matches: dict[str, Match] = {}
        self.in_file: defaultdict[str, list[int]] = defaultdict(list)  # units of the file by name
        self.externals: dict[str, int] = {}
        self.taken: dict[int, Row] = {}
        self.inns: dict[str, Row] = {}

    def run(self) -> list[Match]:
        """Return the match of every row: parts of the territory first, since others stand in them."""
        order = sorted(self.rows, key=lambda row: _level(self._kind(row)))
        for row in order:
            self.matches[row.key] = self._match(row)
        return [self.matches[row.key] for row in self.rows]

    def _kind(self, row: Row) -> str:
        kind = row.text(Field.KIND)
        number = row.values.get(Field.NUMBER)
        if not kind and isinstance(number, int) and number in self.register.units:
            return self.register.units[number].kind
        return kind

    def _match(self, row: Row) -> Match:
        match = Match(row, -row.number)
        match.place = self._place(match)
        match.unit = self._unit(match)
        self._once(match)
        names = {plain(row.text(name)) for name in (Field.NAME, Field.SHORT_NAME)} - {""}
        for name in names:
            self.in_file[name].append(match.unit)
        if row.external:
            self.externals[row.external] = match.unit
        return match

    def _once(self, match: Match) -> None:
        """A unit has one row in a file, and a tax number one unit."""
        row, inn = match.row, match.row.text(Field.INN)
        earlier = self.taken.setdefault(match.unit, row) if not match.is_new else row
        if earlier is not row:
            match.fault(
                Field.NAME,
                Message(mark("Row %(row)d is about the same organisation."), {"row": earlier.number}),
            )
        same = self.inns.setdefault(inn, row) if inn else row
        if same is not row:
            message = Message(
                mark("Row %(row)d has the same tax number; an organisation has its own."),
                {"row": same.number},
            )
            match.fault(Field.INN, message)

    def _unit(self, match: Match) -> int:
        row, register = match.row, self.register
        answered = self.answers.get(row.key)
        if answered is not None and (answered == NEW or answered in register.units):
            return answered or -row.number
        number = row.values.get(Field.NUMBER)
        if isinstance(number, int):
            if number not in register.units:
                match.fault(
                    Field.NUMBER,
                    Message(mark("The register has no such number. For a new one leave the cell empty.")),
                )
                return -row.number
            return self._agreed(match, number)
        if row.external in register.by_external:
            return register.by_external[row.external]
        inn = row.text(Field.INN)
        if inn in register.by_inn:
            return register.by_inn[inn]
        return self._by_name(match)

    def _agreed(self, match: Match, number: int) -> int:
        """Return the unit of a number, with a fault where its tax number belongs to another one."""
        owner = self.register.by_inn.get(match.row.text(Field.INN), number)
        if owner != number:
            values = {"unit": self.register.units[owner].label}
            match.fault(Field.INN, Message(mark("This tax number belongs to “%(unit)s”."), values))
        return number

    def _by_name(self, match: Match) -> int:
        row, register = match.row, self.register
        named = register.by_name.get(plain(row.text(Field.NAME)), [])
        inn = row.text(Field.INN)
        found = [one for one in named if not (inn and register.units[one].inn not in {"", inn})]
        if match.place is not None:
            found = [one for one in found if register.parent_of(one) == match.place]
        if not found and row.text(Field.KIND) == REGION:
            found = [one.unit for one in register.units.values() if one.kind == REGION]
            match.candidates = tuple(found)
            return -row.number
        if len(found) == 1:
            return found[0]
        if found:
            match.candidates = tuple(found)
        elif len(named) == 1 and not inn:
            match.candidates = tuple(named)  # the same name in another place: it may have moved there
        elif match.place is not None:
            match.alike = self._alike(row, match.place)
        return -row.number

    def _alike(self, row: Row, place: int) -> int | None:
        """Return a unit of the same place whose name has nearly the same words and the same numbers."""
        words = set(plain(row.text(Field.NAME)).split())
        short = plain(row.text(Field.SHORT_NAME))
        for unit in self.register.within.get(place, ()):
            known = self.register.units[unit]
            other = set(plain(known.name).split())
            if known.inn and row.text(Field.INN):
                continue  # two numbers, two organisations
            if short and short == plain(known.short_name):
                return unit
            same_numbers = _numbers(words) == _numbers(other)
            if same_numbers and len(words & other) >= _ALIKE * len(words | other):
                return unit
        return None

    def _place(self, match: Match) -> int | None:
        """Return what the row stands under, None where it does not say."""
        row = match.row
        if row.parent_external:
            return self._external_place(match)
        text = row.text(Field.PLACE)
        if not text:
            return None
        found = self.named(text)
        if len(found) == 1:
            return found[0]
        if found:
            match.fault(
                Field.PLACE,
                Message(mark("Several places have this name: write “No.” and the number in the register.")),
            )
        else:
            match.fault(Field.PLACE, *self._no_place(text))
        return None

    def _external_place(self, match: Match) -> int | None:
        wanted = match.row.parent_external
        found = self.externals.get(wanted, self.register.by_external.get(wanted))
        if found is None:
            message = Message(
                mark("Neither the file nor the register has the parent “%(id)s”."), {"id": wanted}
            )
            match.faults.append(CellFault(Field.PLACE, match.row.cells.get(Field.PLACE, ""), wanted, message))
        return found

    def named(self, text: str) -> list[int]:
        """Return what a cell names: «№ 12», a tax number, a name; parts of the territory before others."""
        number = text.removeprefix("№").removeprefix("No.").strip()
        if number != text and number.isdecimal() and int(number) in self.register.units:
            return [int(number)]
        if text in self.register.by_inn:
            return [self.register.by_inn[text]]
        known = self.register.by_any_name.get(plain(text), [])
        working = [one for one in known if self.register.works(self.register.units[one])]
        found = list(dict.fromkeys([*self.in_file.get(plain(text), []), *working]))
        places = [
            one for one in found if one in self.register.units and self.register.units[one].kind in PLACES
        ]
        return places or found

    def _no_place(self, text: str) -> tuple[Message, list[str]]:
        names = self.register.place_names
        near = [names[name] for name in difflib.get_close_matches(plain(text), names, n=3, cutoff=_NEAR)]
        if len(near) == 1:
            return Message(
                mark("There is no such place on this date. One is alike: %(name)s."), {"name": near[0]}
            ), near
        return Message(mark("There is no such place on this date.")), near


def _level(kind: str) -> int:
    return {REGION: 0, "municipality": 1}.get(kind, 2)


def _numbers(words: set[str]) -> set[str]:
    return {word for word in words if any(letter.isdigit() for letter in word)}
