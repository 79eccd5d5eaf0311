"""A difference as its page shows it: sections of rows with counts, sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from avgust.domain.territory.imports.columns import CHOICES, HEADERS, Field, choice_text
from avgust.domain.territory.imports.comparing import Change
from avgust.domain.territory.imports.difference import Difference, Line, State
from avgust.domain.territory.imports.register import KnownRegister
from avgust.domain.territory.imports.rows import CellFault, fix_key
from avgust.web.ui.requests import language

SHOWN: Final = 200  # rows with a mark of their own; what is beyond is written with them
SHOWN_FAULTS: Final = 100


@dataclass(frozen=True, slots=True)
class FaultView:
    """A wrong cell with what a person may put instead."""

    cell: str
    key: str
    head: str
    text: str
    message: str
    choices: list[tuple[str, str]]
    organisation: str
    fixable: bool


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A cell before and after."""

    cell: str
    head: str
    before: str
    after: str
    note: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with its organisation and what would be written."""

    line: Line
    name: str
    kind: str = ""
    place: str = ""
    opened: Any = None
    changes: list[ChangeView] = field(default_factory=list)
    alike: str = ""
    candidates: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class DifferenceView:
    """Everything the page of a file shows."""

    known: KnownRegister
    difference: Difference

    def __post_init__(self) -> None:
        self.by_state = {state: self.difference.of(state) for state in State}
        self.units = {line.unit: line for line in self.difference.lines}

    def count(self, state: State) -> int:
        """Return how many rows are in a state."""
        return len(self.by_state[state])

    @property
    def counts(self) -> dict[str, int]:
        """Counts by the names of the states, and of what is missing, proposed, wrong cells."""
        counts = {state.value: self.count(state) for state in State}
        proposed = sum(1 for line in self.difference.lines if line.proposed and not line.links)
        cells = sum(len(line.faults) for line in self.by_state[State.WRONG])
        total = len(self.difference.lines)
        return {
            **counts,
            "missing": len(self.difference.missing),
            "proposed": proposed,
            "cells": cells,
            "total": total,
        }

    def faults(self) -> list[FaultView]:
        """Return the wrong cells, the first ones of very many."""
        found: list[FaultView] = []
        for line in self.by_state[State.WRONG]:
            found += [self._fault(line, fault) for fault in line.faults]
            if len(found) >= SHOWN_FAULTS:
                break
        return found[:SHOWN_FAULTS]

    def rows(self, state: State) -> list[RowView]:
        """Return the rows of a state, the first ones of very many."""
        return [self._row(line) for line in self.by_state[state][:SHOWN]]

    def missing(self) -> list[tuple[int, str]]:
        """Return what works in the register and is not in the file."""
        names = [(unit, self.known.units[unit].label) for unit in self.difference.missing]
        return sorted(names, key=lambda pair: pair[1])

    def same(self) -> list[str]:
        """Return the names of the rows that agree."""
        return [self.name_of(line.unit) for line in self.by_state[State.SAME]]

    def beyond(self, state: State) -> int:
        """Return how many rows of a state are not shown."""
        return max(self.count(state) - SHOWN, 0)

    def name_of(self, unit: int | None) -> str:
        """Return how a unit of the register or of the file is called."""
        if unit is None:
            return ""
        if unit in self.known.units:
            return self.known.units[unit].label
        row = self.units[unit].row
        return row.text(Field.SHORT_NAME) or row.text(Field.NAME)

    def _fault(self, line: Line, fault: CellFault) -> FaultView:
        names = (
            [(name, _(name)) for name in fault.offers]
            if fault.field in CHOICES
            else [(n, n) for n in fault.offers]
        )
        row = line.row
        name = row.text(Field.SHORT_NAME) or row.text(Field.NAME) or _("row %(row)d") % {"row": row.number}
        return FaultView(
            cell=fault.cell or str(row.number),
            key=fix_key(row.sheet, fault.cell),
            head=_(HEADERS[fault.field]),
            text=fault.text,
            message=fault.message.render(language()),
            choices=[(shown, shown) for _msgid, shown in names],
            organisation=name,
            fixable=bool(fault.cell),
        )

    def _row(self, line: Line) -> RowView:
        alike = self.known.units.get(line.alike) if line.alike else None
        return RowView(
            line=line,
            name=self.name_of(line.unit),
            kind=choice_text(Field.KIND, line.row.text(Field.KIND), language()),
            place=self.name_of(line.place),
            opened=line.row.values.get(Field.OPENED, self.known.day),
            changes=[change_view(change) for change in line.changes],
            alike=alike.label if alike else "",
            candidates=list(self._candidates(line)),
        )

    def _candidates(self, line: Line) -> Iterator[tuple[int, str]]:
        for unit in line.candidates:
            place = self.name_of(self.known.parent_of(unit))
            label = self.known.units[unit].name
            yield unit, f"{label} ({place})" if place else label


def change_view(change: Change) -> ChangeView:
    """Return a change in the words of the reader."""
    before, after = words(change.field, change.before), words(change.field, change.after)
    note = change.note.render(language()) if change.note else ""
    return ChangeView(change.cell, _(HEADERS[change.field]), before, after, note)


def words(name: Field, value: str) -> str:
    """Return a value: the name of a choice, not its code."""
    return choice_text(name, value, language()) if name in CHOICES and value else value


def written_changes(changes: Sequence[Sequence[str]]) -> list[ChangeView]:
    """Return the changes of a written row as they were kept."""
    return [
        ChangeView("", _(HEADERS[Field(name)]), words(Field(name), before), words(Field(name), after), "")
        for name, before, after in changes
    ]
