"""The difference between a file and the register: nothing is written, every row says what it would do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from avgust.domain.territory.events import PLACES, Closed, Opened, Placed, Record
from avgust.domain.territory.fold import new_findings
from avgust.domain.territory.imports.columns import Field
from avgust.domain.territory.imports.comparing import Change, Comparer, Proposal
from avgust.domain.territory.imports.matching import Answers, Match, Matcher
from avgust.domain.territory.imports.register import KnownRegister
from avgust.domain.territory.imports.rows import CellFault, Row
from avgust.domain.territory.rules import Finding


class State(StrEnum):
    """What a row needs, or would do."""

    WRONG = "wrong"
    QUESTION = "question"
    CHANGED = "changed"
    NEW = "new"
    SAME = "same"


@dataclass
class Line:
    """One row of the file beside the register."""

    row: Row
    unit: int
    changes: list[Change]
    proposal: Proposal
    faults: list[CellFault] = field(default_factory=list)
    candidates: tuple[int, ...] = ()
    alike: int | None = None
    place: int | None = None

    @property
    def state(self) -> State:
        """Where the row is shown."""
        if self.faults:
            return State.WRONG
        if self.candidates:
            return State.QUESTION
        if self.unit < 0:
            return State.NEW
        return State.CHANGED if self.changes else State.SAME

    @property
    def writable(self) -> bool:
        """True where the row can be written."""
        return self.state in {State.CHANGED, State.NEW} or self.links

    @property
    def links(self) -> bool:
        """True where only the number in the other system is new: it is kept without asking."""
        return self.state is State.SAME and bool(self.proposal.external)

    @property
    def proposed(self) -> bool:
        """True where the row is marked for writing unless somebody unmarks it."""
        return self.writable and self.alike is None and not self.row.leaves


@dataclass
class Difference:
    """All rows, and what works in the register and is not in the file."""

    lines: list[Line]
    missing: list[int]

    def of(self, state: State) -> list[Line]:
        """Return the rows of a state, in the order of the file."""
        return [line for line in self.lines if line.state is state]


def difference(
    register: KnownRegister, rows: Sequence[Row], answers: Answers, *, renaming: bool = False
) -> Difference:
    """Return what `rows` would do to `register`. A wrong cell holds back only its own row."""
    matcher = Matcher(register, rows, answers)
    matches = matcher.run()
    comparer = Comparer(register, matcher, renaming=renaming)
    lines = [_line(match, comparer) for match in matches]
    hold_back(register, lines)
    found = {line.unit for line in lines} | {one for line in lines for one in line.candidates}
    absent = (one for one in register.units.values() if one.unit not in found and register.works(one))
    missing = [one.unit for one in absent if one.kind not in PLACES]
    return Difference(lines, missing)


def _line(match: Match, comparer: Comparer) -> Line:
    compared = comparer.compare(match)
    faults = [*match.row.faults, *match.faults]
    return Line(
        row=match.row,
        unit=match.unit,
        changes=compared.changes,
        proposal=compared.proposal,
        faults=faults,
        candidates=match.candidates,
        alike=match.alike,
        place=match.place,
    )


def records_after(register: KnownRegister, lines: Iterable[Line]) -> dict[int, Record]:
    """Return the records as they would be with `lines` written."""
    records = {unit: known.record for unit, known in register.units.items()}
    records.update((line.unit, line.proposal.record) for line in lines)
    return records


def hold_back(register: KnownRegister, lines: Sequence[Line]) -> list[Line]:
    """Ask the rules about `lines` together; what cannot be gets a fault. Return the lines that remain.

    A row that is held back may have been what another stands on, so the rules are asked until they are
    silent; each round holds back at least one row.
    """
    before = {unit: known.record for unit, known in register.units.items()}
    left = [line for line in lines if line.writable]
    while left:
        findings = new_findings(before.values(), records_after(register, left).values())
        if not findings:
            break
        by_unit = {line.unit: line for line in left}
        for finding in findings:
            line = _blamed(finding, by_unit, left)
            line.faults.append(_fault(line, finding))
        left = [line for line in left if line.writable]
    return left


def _blamed(finding: Finding, by_unit: dict[int, Line], left: Sequence[Line]) -> Line:
    """Return the row whose writing makes the event impossible: its own, or that of what it leans on."""
    event = finding.event
    leans = (
        event.parent if isinstance(event, Placed) else event.successor if isinstance(event, Closed) else None
    )
    for unit in (finding.unit, leans):
        if unit in by_unit:
            return by_unit[unit]
    return left[-1]


def _fault(line: Line, finding: Finding) -> CellFault:
    by_event = {Placed: Field.PLACE, Closed: Field.CLOSED, Opened: Field.OPENED}
    name = by_event.get(type(finding.event), Field.NAME)
    if finding.rule in {"closes before opening", "after closing"} and Field.CLOSED in line.row.values:
        name = Field.CLOSED
    return CellFault(name, line.row.cells.get(name, ""), line.row.text(name), finding.message)
