"""Undoing a file: what nobody has changed since goes back, the rest is named.

The rules are asked about what would remain, so that nothing is left standing on what is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.domain.territory import Closed, Finding, Placed, new_findings
from avgust.domain.territory.imports import oneroster
from avgust.domain.territory.imports.register import KnownRegister
from avgust.web import audit
from avgust.web.audit import Act
from avgust.web.territory import codes, register
from avgust.web.territory.actions import require
from avgust.web.territory.imports.actions import write_columns, write_externals
from avgust.web.territory.imports.reading import known_register, scope_of
from avgust.web.territory.imports.snapshots import columns_in, record_in, snapshot
from avgust.web.territory.models import ExternalId, ImportFile, ImportLine, Membership, Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


@transaction.atomic
def undo_file(file: ImportFile, *, actor: User) -> tuple[int, list[str]]:
    """Take back what `file` wrote, where nobody has changed it since; return how many, and the names left.

    A new unit is removed unless something refers to it, be it an entry of the journal about a later act; the
    rules are asked about what would remain.
    """
    require(actor, file.unit)
    register.hold()
    locked = ImportFile.objects.select_for_update().get(pk=file.pk)
    if locked.status != ImportFile.Status.WRITTEN:
        raise ValidationError(_("This file is not written, or it is undone already."))
    done, restored, left = _restore(locked, actor)
    locked.status, locked.undone_at = ImportFile.Status.UNDONE, timezone.now()
    if not done:
        raise ValidationError(_("Nothing can be undone: every row has been changed since."))
    locked.save(update_fields=["status", "undone_at"])
    after = {"count": restored, "left": len(left)}
    audit.record(actor=actor, code=codes.FILE_UNDONE, subject=locked, after=after, unit=locked.unit)
    return restored, left


@dataclass(frozen=True, slots=True)
class Written:
    """A written row whose unit is as the file left it; `before` is None for a unit that the file added."""

    line: ImportLine
    unit: int
    before: dict[str, Any] | None

    @property
    def earlier(self) -> dict[str, Any]:
        """The unit before the file."""
        if self.before is None:
            raise ValueError("A new unit had no earlier state.")
        return self.before


def untouched(file: ImportFile, known: KnownRegister) -> list[Written]:
    """Return the written rows whose units are as the file left them."""
    return [
        Written(line, line.unit_id, line.before)
        for line in file.lines.filter(undone=False)
        if line.unit_id in known.units and snapshot(known.units[line.unit_id]) == line.after
    ]


def _restore(file: ImportFile, actor: User) -> tuple[set[int], int, list[str]]:
    known = known_register(scope_of(actor, file.unit), file.day)
    rows = _restorable(known, untouched(file, known))
    back = [row for row in rows if row.before is not None]
    write_columns({row.unit: columns_in(row.earlier) for row in back})
    before = {unit: one.record for unit, one in known.units.items()}
    register.write(before, {row.unit: record_in(row.unit, row.earlier) for row in back})
    _restore_externals(back)
    gone = _removed([row for row in rows if row.before is None])
    done = {row.line.pk for row in back} | gone
    units = Unit.objects.in_bulk([row.unit for row in back if row.line.says])
    acts = [Act(codes.RESTORED, unit, after={"file": file.file_name}) for unit in units.values()]
    audit.record_all(acts, actor=actor)
    file.lines.filter(pk__in=done).update(undone=True)
    said = [row for row in rows if row.line.pk in done and row.line.says]
    return done, len(said), [line.name for line in file.lines.exclude(pk__in=done) if line.says]


def _restorable(known: KnownRegister, rows: list[Written]) -> list[Written]:
    """Return the rows that can be taken back together; the rules are asked until they are silent."""
    before = {unit: one.record for unit, one in known.units.items()}
    while rows:
        gone = {row.unit for row in rows if row.before is None}
        after = {unit: record for unit, record in before.items() if unit not in gone}
        after |= {row.unit: record_in(row.unit, row.earlier) for row in rows if row.before is not None}
        findings = new_findings(before.values(), after.values())
        if not findings:
            break
        blamed = {unit for finding in findings for unit in _leaning(finding)}
        kept = [row for row in rows if row.unit not in blamed]
        rows = kept if len(kept) < len(rows) else []
    return rows


def _leaning(finding: Finding) -> set[int]:
    """Return the units whose return makes the event of `finding` impossible."""
    event = finding.event
    if isinstance(event, Placed):
        return {finding.unit, event.parent}
    if isinstance(event, Closed) and event.successor is not None:
        return {finding.unit, event.successor}
    return {finding.unit}


def _restore_externals(rows: list[Written]) -> None:
    changed = [row for row in rows if row.earlier["external"] != row.line.after["external"]]
    ExternalId.objects.filter(system=oneroster.SYSTEM, unit__in=[row.unit for row in changed]).delete()
    write_externals({row.unit: row.earlier["external"] for row in changed if row.earlier["external"]})


def _removed(rows: list[Written]) -> set[int]:
    """Delete the units that the file added and return the rows that went; what is referred to stays."""
    units = [row.unit for row in rows]
    if not units:
        return set()
    try:
        with transaction.atomic():
            Membership.objects.filter(unit__in=units).delete()
            Unit.objects.filter(pk__in=units).update(successor=None)
            Unit.objects.filter(pk__in=units).delete()
    except ProtectedError as used:
        held = {unit for row in used.protected_objects for unit in _units_of(row)}
        free = [row for row in rows if row.unit not in held]
        return _removed(free) if len(free) < len(rows) else set()
    return {row.line.pk for row in rows}


def _units_of(row: Any) -> set[int]:
    """Return the units to which a row of any table refers."""
    keys = [field for field in row._meta.concrete_fields if field.related_model is Unit]
    return {getattr(row, key.attname) for key in keys if getattr(row, key.attname)}
