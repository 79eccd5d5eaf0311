"""What a row would change: its cells beside what the register says, and the record as it would be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from avgust.domain.messages import Message, mark
from avgust.domain.territory.acts import out_of_order, out_of_turn, redated
from avgust.domain.territory.events import REGION, Closed, Event, Opened, Placed, Record, Renamed
from avgust.domain.territory.imports.columns import CHOICES, Field
from avgust.domain.territory.imports.matching import Match, Matcher
from avgust.domain.territory.imports.register import Known, KnownRegister

_PLAIN = {Field.INN: "inn", Field.FOUNDER: "founder", Field.SETTLEMENT: "settlement", Field.KIND: "kind"}


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs. Choices are codes; days are texts; `note` says what follows."""

    field: Field
    before: str
    after: str
    cell: str
    note: Message | None = None


@dataclass
class Proposal:
    """A unit as it would be: plain columns, the record with its events, the number in the other system."""

    unit: int
    record: Record
    columns: dict[str, str] = field(default_factory=dict)
    external: str = ""


@dataclass
class Comparison:
    """The changes of a row and what would become of its unit."""

    changes: list[Change]
    proposal: Proposal


class Comparer:
    """Compares matched rows with the register. `renaming`: a changed name is an event, else a correction."""

    def __init__(self, register: KnownRegister, matcher: Matcher, *, renaming: bool) -> None:
        self.register = register
        self.matcher = matcher
        self.renaming = renaming

    def compare(self, match: Match) -> Comparison:
        """Return what the row would change; faults that only a comparison finds go to the match."""
        return self._new(match) if match.is_new else self._known(match, self.register.units[match.unit])

    def label(self, unit: int | None) -> str:
        """Return how a unit of the register or of the file is called."""
        if unit is None:
            return ""
        if unit in self.register.units:
            return self.register.units[unit].label
        row = next(match.row for match in self.matcher.matches.values() if match.unit == unit)
        return row.text(Field.SHORT_NAME) or row.text(Field.NAME)

    def _new(self, match: Match) -> Comparison:
        row = match.row
        self._require(match)
        opened = row.values.get(Field.OPENED, self.register.day)
        assert isinstance(opened, date)
        since = row.values.get(Field.SINCE) or self._first_day(match.place, opened)
        assert isinstance(since, date)
        basis = row.text(Field.BASIS)
        events: list[Event] = [Opened(opened)]
        if match.place is not None:
            events.append(Placed(since, match.place, basis))
        closed = row.values.get(Field.CLOSED)
        if isinstance(closed, date):
            events.append(Closed(closed, self._successor(match), basis))
        record = Record(
            match.unit,
            row.text(Field.KIND),
            row.text(Field.NAME),
            row.text(Field.SHORT_NAME),
            tuple(events),
        )
        columns = {
            "kind": record.kind,
            "inn": row.text(Field.INN),
            "founder": row.text(Field.FOUNDER) or "municipal",
            "settlement": row.text(Field.SETTLEMENT),
        }
        return Comparison([], Proposal(match.unit, record, columns, row.external))

    def _require(self, match: Match) -> None:
        """A new unit needs a name, a kind and a place."""
        row = match.row
        if match.candidates:
            return  # a question first
        wrong = {fault.field for fault in (*row.faults, *match.faults)}
        needed = {
            Field.NAME: mark("A new organisation needs an official name."),
            Field.KIND: mark("A new organisation needs a kind."),
        }
        if row.text(Field.KIND) != REGION:
            needed[Field.PLACE] = mark("A new organisation needs a place: what it stands under.")
        for name, sentence in needed.items():
            stated = match.place is not None if name is Field.PLACE else bool(row.text(name))
            if not stated and name not in wrong:
                match.fault(name, Message(sentence), tuple(CHOICES.get(name, {}).values()))
        if row.text(Field.KIND) == REGION:
            match.fault(
                Field.KIND, Message(mark("A region is added by the command line of the server only."))
            )

    def _first_day(self, place: int | None, opened: date) -> date:
        """Return the day from which it stands in its place: no earlier than the place itself works."""
        if place is None:
            return opened
        if place in self.register.units:
            begun = self.register.units[place].life.opened
        else:
            row = next(match.row for match in self.matcher.matches.values() if match.unit == place)
            stated = row.values.get(Field.OPENED)
            begun = stated if isinstance(stated, date) else self.register.day
        return max(opened, begun) if begun else opened

    def _known(self, match: Match, known: Known) -> Comparison:
        row = match.row
        changes: list[Change] = []
        columns: dict[str, str] = {}
        for name, column in _PLAIN.items():
            before, after = getattr(known, column), row.text(name)
            if after and after != before and not (row.external and name is Field.KIND):
                changes.append(Change(name, before, after, row.cells.get(name, "")))
                columns[column] = after
        record = replace(known.record, kind=columns.get("kind", known.kind))
        for change, after_record in self._events(match, known, record):
            changes.append(change)
            record = after_record
        external = row.external if row.external != known.external else ""
        return Comparison(changes, Proposal(known.unit, record, columns, external))

    def _events(self, match: Match, known: Known, record: Record) -> Iterator[tuple[Change, Record]]:
        """Yield the changes that are events, each with the record after it."""
        for step in (self._opening, self._name, self._place, self._closing):
            for change, after in step(match, known, record):
                record = after
                yield change, after

    def _name(self, match: Match, known: Known, record: Record) -> Iterator[tuple[Change, Record]]:
        row = match.row
        name = row.text(Field.NAME) or known.name
        short_name = row.text(Field.SHORT_NAME) or known.short_name
        if (name, short_name) == (known.name, known.short_name):
            return
        if self.renaming:
            event = Renamed(self.register.day, name, short_name, row.text(Field.BASIS))
            self._in_turn(match, Field.NAME, record, event)
            record = replace(record, events=(*record.events, event))
            note = Message(mark("a renaming from %(day)s"), {"day": _text(self.register.day)})
        else:
            record, note = _with_last_name(record, name, short_name), None
        pairs = ((Field.NAME, known.name, name), (Field.SHORT_NAME, known.short_name, short_name))
        for column, before, after in pairs:
            if before != after:
                yield Change(column, before, after, row.cells.get(column, ""), note), record

    def _opening(self, match: Match, known: Known, record: Record) -> Iterator[tuple[Change, Record]]:
        opened = match.row.values.get(Field.OPENED)
        if isinstance(opened, date) and opened != known.life.opened:
            event = next(one for one in record.events if isinstance(one, Opened))
            after = redated({known.unit: record}, known.unit, event, opened)[known.unit]
            yield self._dated(match, Field.OPENED, known.life.opened, opened), after

    def _place(self, match: Match, known: Known, record: Record) -> Iterator[tuple[Change, Record]]:
        row, place = match.row, match.place
        if place is None:
            return
        here = known.life.place_on(self.register.day) or (known.life.places[-1:] or (None,))[0]
        since = row.values.get(Field.SINCE)
        if here and here.parent == place:
            if isinstance(since, date) and since != here.since and row.values.get(Field.OPENED) != since:
                event = Placed(here.since, here.parent, here.basis)
                refusal = out_of_order(record, event, since) if event in record.events else None
                if refusal:
                    match.fault(Field.SINCE, refusal)
                elif event in record.events:
                    after = redated({known.unit: record}, known.unit, event, since)[known.unit]
                    yield self._dated(match, Field.SINCE, here.since, since), after
            return
        moved = isinstance(since, date) and (here is None or since > here.since)
        day = since if moved and isinstance(since, date) else self.register.day
        event = Placed(day, place, row.text(Field.BASIS))
        self._in_turn(match, Field.PLACE, record, event)
        note = Message(mark("a move from %(day)s"), {"day": _text(day)})
        before = self.label(here.parent if here else None)
        change = Change(Field.PLACE, before, self.label(place), row.cells.get(Field.PLACE, ""), note)
        yield change, replace(record, events=(*record.events, event))

    def _closing(self, match: Match, known: Known, record: Record) -> Iterator[tuple[Change, Record]]:
        row, life = match.row, known.life
        stated = row.values.get(Field.CLOSED)
        closed = stated if isinstance(stated, date) else life.closed
        if row.leaves and closed is None:
            closed = self.register.day
        successor = self._successor(match) if row.text(Field.SUCCESSOR) else life.successor
        if closed is None or (closed, successor) == (life.closed, life.successor):
            if row.text(Field.SUCCESSOR) and closed is None and not match.faults:
                match.fault(Field.CLOSED, Message(mark("A successor is named, and the last day is not.")))
            return
        basis = row.text(Field.BASIS) or life.closing_basis
        others = tuple(one for one in record.events if not isinstance(one, Closed))
        after = replace(record, events=(*others, Closed(closed, successor, basis)))
        if closed != life.closed:
            yield self._dated(match, Field.CLOSED, life.closed, closed), after
        if successor != life.successor:
            cell = row.cells.get(Field.SUCCESSOR, "")
            yield Change(Field.SUCCESSOR, self.label(life.successor), self.label(successor), cell), after

    def _successor(self, match: Match) -> int | None:
        text = match.row.text(Field.SUCCESSOR)
        if not text:
            return None
        found = self.matcher.named(text)
        if len(found) == 1:
            return found[0]
        sentence = (
            mark("Several organisations have this name: write the tax number of the successor.")
            if found
            else mark("There is no such organisation. Write the tax number or the official name.")
        )
        match.fault(Field.SUCCESSOR, Message(sentence))
        return None

    def _in_turn(self, match: Match, name: Field, record: Record, event: Event) -> None:
        refusal = out_of_turn(record, event)
        if refusal:
            match.fault(name, refusal)

    def _dated(self, match: Match, name: Field, before: date | None, after: date) -> Change:
        return Change(name, _text(before), _text(after), match.row.cells.get(name, ""))


def _with_last_name(record: Record, name: str, short_name: str) -> Record:
    renamed = [event for event in record.events if isinstance(event, Renamed)]
    if not renamed:
        return replace(record, name=name, short_name=short_name)
    latest = max(renamed, key=lambda event: event.day)
    others = tuple(event for event in record.events if event != latest)
    return replace(record, events=(*others, replace(latest, name=name, short_name=short_name)))


def _text(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
