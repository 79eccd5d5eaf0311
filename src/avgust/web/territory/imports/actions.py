"""What people do with a file of the territory: nothing is written before `write_file`; it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.domain.territory import Closed, Event, Placed
from avgust.domain.territory.fold import life_of
from avgust.domain.territory.imports import oneroster
from avgust.domain.territory.imports.columns import CHOICES
from avgust.domain.territory.imports.comparing import Proposal
from avgust.domain.territory.imports.difference import Line, hold_back
from avgust.domain.territory.imports.register import Known, KnownRegister
from avgust.isolation import read_table_isolated
from avgust.web import audit, files
from avgust.web.audit import Act
from avgust.web.territory import codes, register
from avgust.web.territory.actions import require
from avgust.web.territory.imports.reading import compared, pack, source_of
from avgust.web.territory.imports.snapshots import snapshot
from avgust.web.territory.models import ExternalId, ImportFile, ImportLine, Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


def upload_file(
    *, actor: User, unit: Unit, name: str, data: bytes, day: date, renaming: bool = False
) -> ImportFile:
    """Read the table in a process of its own and keep it for checking. Raises TableError."""
    require(actor, unit)
    sheets = read_table_isolated(data)
    return ImportFile.objects.create(
        unit=unit,
        source=source_of(sheets),
        file_name=files.plain_name(name, "table"),
        size=len(data),
        day=day,
        renaming=renaming,
        table=pack(sheets),
        uploaded_by=actor,
    )


@transaction.atomic
def mend_file(
    file: ImportFile, *, actor: User, fixes: Mapping[str, str | None], answers: Mapping[str, int]
) -> None:
    """Keep what a person says in place of wrong cells, and which unit a row is about."""
    locked = _checking(file, actor)
    locked.fixes = {**locked.fixes, **fixes}
    locked.answers = {**locked.answers, **answers}
    locked.save(update_fields=["fixes", "answers"])


@transaction.atomic
def drop_file(file: ImportFile, *, actor: User) -> None:
    """Put a file away without writing anything."""
    locked = _checking(file, actor)
    locked.status, locked.table = ImportFile.Status.DROPPED, b""
    locked.save(update_fields=["status", "table"])


@transaction.atomic
def write_file(file: ImportFile, *, actor: User, chosen: Collection[int] | None = None) -> int:
    """Write the chosen rows (by number; None for all that are proposed); return how many were written.

    The difference is made anew: what somebody changed meanwhile is compared, not overwritten. A chosen row
    that can no longer be written stays out.
    """
    locked = _checking(file, actor)
    register.hold()
    known, difference = compared(locked, actor)
    wanted = [
        line
        for line in difference.lines
        if line.links or (line.proposed if chosen is None else line.writable and line.row.number in chosen)
    ]
    lines = hold_back(known, wanted)
    if not lines:
        raise ValidationError(_("No row can be written: choose rows, or mend the wrong cells first."))
    _write(locked, known, lines, actor)
    shown = sum(1 for line in lines if not line.links)
    locked.status, locked.written_at, locked.table = ImportFile.Status.WRITTEN, timezone.now(), b""
    locked.save(update_fields=["status", "written_at", "table"])
    audit.record(actor=actor, code=codes.WRITTEN, subject=locked, after={"count": shown}, unit=locked.unit)
    return shown


def _write(file: ImportFile, known: KnownRegister, lines: list[Line], actor: User) -> None:
    made = _made(lines)
    proposals = {line.unit: _with_real(line.proposal, made) for line in lines}
    before = {unit: one.record for unit, one in known.units.items()}
    after = {proposal.unit: proposal.record for proposal in proposals.values()}
    write_columns({proposal.unit: proposal.columns for proposal in proposals.values()})
    register.write(before, after)
    write_externals(
        {proposal.unit: proposal.external for proposal in proposals.values() if proposal.external}
    )
    _remember(file, known, [(line, proposals[line.unit]) for line in lines], actor)


def _made(lines: list[Line]) -> dict[int, int]:
    """Add the new units and return their real ids by the negative ones of the file."""
    new = [line for line in lines if line.unit < 0]
    units = Unit.objects.bulk_create(
        [
            Unit(
                name=line.proposal.record.name,
                short_name=line.proposal.record.short_name,
                opened=life_of(line.proposal.record).opened,
                **line.proposal.columns,
            )
            for line in new
        ],
        batch_size=500,
    )
    return {line.unit: unit.pk for line, unit in zip(new, units, strict=True)}


def _with_real(proposal: Proposal, made: Mapping[int, int]) -> Proposal:
    """Return the proposal with real ids in place of the negative ones."""
    events: list[Event] = []
    for event in proposal.record.events:
        if isinstance(event, Placed):
            events.append(replace(event, parent=made.get(event.parent, event.parent)))
        elif isinstance(event, Closed) and event.successor is not None:
            events.append(replace(event, successor=made.get(event.successor, event.successor)))
        else:
            events.append(event)
    unit = made.get(proposal.unit, proposal.unit)
    record = replace(proposal.record, unit=unit, events=tuple(events))
    return replace(proposal, unit=unit, record=record)


def write_columns(columns: Mapping[int, Mapping[str, str]]) -> None:
    """Save the plain columns that differ; saving computes the column of search."""
    for unit in Unit.objects.filter(pk__in=list(columns)):
        changed = {name: value for name, value in columns[unit.pk].items() if getattr(unit, name) != value}
        for name, value in changed.items():
            setattr(unit, name, value)
        if changed:
            unit.save()


def write_externals(numbers: Mapping[int, str]) -> None:
    """Give units their numbers in the other system, in place of earlier ones."""
    ExternalId.objects.filter(system=oneroster.SYSTEM, unit__in=list(numbers)).delete()
    rows = [ExternalId(unit_id=unit, system=oneroster.SYSTEM, value=value) for unit, value in numbers.items()]
    ExternalId.objects.bulk_create(rows, batch_size=500)


def _remember(
    file: ImportFile, known: KnownRegister, written: list[tuple[Line, Proposal]], actor: User
) -> None:
    """Keep each row before and after, and one entry of the journal for each unit."""
    units = Unit.objects.in_bulk([proposal.unit for _line, proposal in written])
    rows, acts = [], []
    for line, proposal in written:
        earlier = known.units.get(line.unit)
        kept = {**_unwritten(earlier), **proposal.columns}
        external = proposal.external or (earlier.external if earlier else "")
        later = Known(proposal.record, kept["inn"], kept["founder"], kept["settlement"], external)
        changes = [[one.field.value, one.before, one.after] for one in line.changes]
        unit = units[proposal.unit]
        before = snapshot(earlier) if earlier else None
        rows.append(
            ImportLine(
                file=file,
                unit=unit,
                name=str(unit),
                row=line.row.number,
                before=before,
                after=snapshot(later),
                changes=changes,
            )
        )
        if not line.links:
            acts.append(_act(file, line, unit))
    ImportLine.objects.bulk_create(rows, batch_size=500)
    audit.record_all(acts, actor=actor)


def _unwritten(known: Known | None) -> dict[str, str]:
    return {"inn": known.inn, "founder": known.founder, "settlement": known.settlement} if known else {}


def _act(file: ImportFile, line: Line, unit: Unit) -> Act:
    """Return the entry of the journal. That of a new unit is found by the file's unit: it can be undone."""
    told = {"file": file.file_name, "row": line.row.number}
    if line.unit < 0:
        return Act(codes.ADDED_BY_FILE, unit, after=told, unit=file.unit)
    before = {str(one.field): _shown(one.field, one.before) for one in line.changes}
    after = {str(one.field): _shown(one.field, one.after) for one in line.changes}
    return Act(codes.IMPORTED, unit, before=before, after={**after, **told})


def _shown(field: Any, value: str) -> str:
    return _(CHOICES[field].get(value, value)) if field in CHOICES and value else value


def _checking(file: ImportFile, actor: User) -> ImportFile:
    """Return `file` locked for this transaction; what is written or dropped is closed."""
    require(actor, file.unit)
    locked = ImportFile.objects.select_for_update().get(pk=file.pk)
    if locked.status != ImportFile.Status.CHECKING:
        raise ValidationError(_("This file is written or put away already: upload it again."))
    return locked
