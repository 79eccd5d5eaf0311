"""What a file would change in a programme: added, changed, the same, refused with the cell and the reason.

Nothing is dropped by silence: a measure that the file lacks is told and stays. An empty cell changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.planning.plan_table import Column, PlanLine, names_of
from avgust.domain.resolutions.morphology import fold

ALIKE: Final = 0.4  # share of common words: below it a number stands for another measure
LONGEST: Final = 5_000
_OF_ANOTHER: Final = mark(
    "This number belongs to another measure: “%(text)s”. Give the row a number of its own."
)
Reads = Callable[[str], object | None]  # words → a value to compare, None where no rule knows them


class State(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Known:
    """A measure of the programme, in words as exported and in values as read."""

    id: int
    number: str
    text: str
    section: str
    theme: str
    deadline: str  # as exported
    printed: str  # the deadline as printed
    deadline_value: object
    target: str
    target_value: object
    executors: tuple[str, ...]
    co_executors: tuple[str, ...]
    in_force: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a measure that the file says otherwise."""

    column: Column
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is not taken, and in which cell."""

    cell: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Line:
    """A row with what would become of it."""

    row: PlanLine
    state: State
    measure: int | None = None
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def key(self) -> str:
        """What names the row in a form."""
        return f"{self.row.place}:{self.row.row}"

    def changed(self, column: Column) -> str | None:
        """Return what the file says of `column` where that is something else."""
        return next((one.after for one in self.changes if one.column is column), None)


@dataclass(frozen=True, slots=True)
class Difference:
    """All rows of a file, and the measures that it lacks."""

    lines: tuple[Line, ...]
    missing: tuple[Known, ...]

    def of(self, state: State) -> tuple[Line, ...]:
        """Return the rows in `state`."""
        return tuple(line for line in self.lines if line.state is state)


@dataclass(frozen=True, slots=True)
class Reader:
    """The grammars of documents, as far as a plan needs them; `themes` are labels, folded."""

    deadline: Reads
    target: Reads
    themes: frozenset[str]


def difference(rows: Sequence[PlanLine], known: Sequence[Known], reader: Reader) -> Difference:
    """Return what `rows` would change in the measures `known`; the order of the measures does not matter."""
    finder = _Finder(known)
    numbers = Counter(fold(row.number) for row in rows if row.number)
    lines, taken = [], set[int]()
    for row in rows:
        line = _line(row, finder, numbers, reader, taken)
        if line.measure is not None:
            taken.add(line.measure)
        lines.append(line)
    missing = tuple(one for one in known if one.in_force and one.id not in taken)
    return Difference(tuple(lines), missing)


class _Finder:
    """Finds the measure that a row is about."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.by_number: dict[str, list[Known]] = {}
        self.by_text: dict[str, list[Known]] = {}
        for one in known:
            self.by_number.setdefault(fold(one.number), []).append(one)
            self.by_text.setdefault(_bare(one.text), []).append(one)

    def find(self, row: PlanLine) -> tuple[Known | None, Message | None]:
        """Return the measure of a row, or why it cannot be told; neither is a new one."""
        text = row.said.get(Column.TEXT, "")
        numbered = self.by_number.get(fold(row.number), []) if row.number else []
        same = self.by_text.get(_bare(text), []) if text else []
        both = [one for one in same if one in numbered]
        if both or len(same) == 1:
            return (both or same)[0], None
        if len(same) > 1 or len(numbered) > 1:
            return None, Message(mark("Several measures answer this row: give it the number of one of them."))
        if numbered and text and likeness(numbered[0].text, text) < ALIKE:
            values = {"text": numbered[0].text[:120]}
            return None, Message(_OF_ANOTHER, values)
        return (numbered[0] if numbered else None), None


def _bare(text: str) -> str:
    return " ".join(fold(text).replace("\u00a0", " ").strip(" .;").split())


def likeness(one: str, other: str) -> float:
    """Return the share of common words, 0…1."""
    return SequenceMatcher(None, _bare(one).split(), _bare(other).split(), autojunk=False).ratio()


def _line(
    row: PlanLine, finder: _Finder, numbers: Mapping[str, int], reader: Reader, taken: set[int]
) -> Line:
    measure, unclear = finder.find(row)
    faults = list(_faults(row, numbers, reader))
    where = row.cells.get(Column.NUMBER, row.cells.get(Column.TEXT, ""))
    if unclear is not None:
        faults.append(Fault(where, unclear))
    elif measure is None and not row.said.get(Column.TEXT):
        faults.append(
            Fault(row.cells[Column.TEXT], Message(mark("A measure needs a text: what has to be done.")))
        )
    elif measure is not None and measure.id in taken:
        faults.append(Fault(where, Message(mark("A row above is about the same measure."))))
    elif measure is not None and not measure.in_force:
        faults.append(Fault(where, Message(mark("This measure is not in force: put it in force first."))))
    if faults:
        return Line(row, State.REFUSED, measure.id if measure else None, faults=tuple(faults))
    if measure is None:
        return Line(row, State.ADDED)
    changes = tuple(_changes(row, measure, reader))
    return Line(row, State.CHANGED if changes else State.SAME, measure.id, changes)


def _faults(row: PlanLine, numbers: Mapping[str, int], reader: Reader) -> Iterable[Fault]:
    said, cells = row.said, row.cells
    if row.number and numbers[fold(row.number)] > 1:
        yield Fault(cells[Column.NUMBER], Message(mark("Two rows of the file have this number.")))
    if any(len(words) > LONGEST for words in said.values()):
        yield Fault(
            cells[Column.TEXT],
            Message(mark("The text is longer than %(limit)d characters."), {"limit": LONGEST}),
        )
    deadline = said.get(Column.DEADLINE, "")
    if deadline and reader.deadline(deadline) is None:
        reason = mark("No date can be read from “%(words)s”. Write it as in a document: by 1 October 2026.")
        yield Fault(cells[Column.DEADLINE], Message(reason, {"words": deadline[:80]}))
    target = said.get(Column.TARGET, "")
    if target and reader.target(target) is None:
        reason = mark(
            "The target has no number. Write it as in the document, for example: at least 70 percent."
        )
        yield Fault(cells[Column.TARGET], Message(reason))
    theme = said.get(Column.THEME, "")
    if theme and fold(theme) not in reader.themes:
        yield Fault(cells[Column.THEME], Message(mark("There is no such theme.")))


def _changes(row: PlanLine, measure: Known, reader: Reader) -> Iterable[Change]:
    said = row.said
    for column, before in (
        (Column.NUMBER, measure.number), (Column.TEXT, measure.text),
        (Column.SECTION, measure.section), (Column.THEME, measure.theme),
    ):  # fmt: skip
        after = row.number if column is Column.NUMBER else said.get(column, "")
        if after and _bare(after) != _bare(before):
            yield Change(column, before, after)
    words = said.get(Column.DEADLINE, "")
    known = {_bare(measure.deadline), _bare(measure.printed)}
    if words and _bare(words) not in known and reader.deadline(words) != measure.deadline_value:
        yield Change(Column.DEADLINE, measure.deadline or measure.printed, words)
    words = said.get(Column.TARGET, "")
    if words and _bare(words) != _bare(measure.target) and reader.target(words) != measure.target_value:
        yield Change(Column.TARGET, measure.target, words)
    executors, helpers = names_of(row)
    for column, names, own in (
        (Column.EXECUTORS, executors, measure.executors),
        (Column.CO_EXECUTORS, helpers, measure.co_executors),
    ):
        if names and sorted(map(_bare, names)) != sorted(map(_bare, own)):
            yield Change(column, "; ".join(own), "; ".join(names))
