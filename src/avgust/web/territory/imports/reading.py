"""From an uploaded file to its difference with the register."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from avgust.domain.tables import Sheet, TableError, decode_sheets, encode_sheets
from avgust.domain.territory.imports import oneroster, rows
from avgust.domain.territory.imports.difference import Difference, difference
from avgust.domain.territory.imports.register import Known, KnownRegister
from avgust.domain.territory.imports.rows import Row
from avgust.web.accounts.rights import Action
from avgust.web.territory import register
from avgust.web.territory.models import ExternalId, ImportFile, Unit, UnitQuerySet

NO_HEADS: Final = "no_rows"


def source_of(sheets: Sequence[Sheet]) -> str:
    """Return what the file is; TableError where it holds no organisations."""
    if oneroster.orgs_in(sheets):
        return str(ImportFile.Source.ONEROSTER)
    if rows.table_of(sheets):
        return str(ImportFile.Source.TABLE)
    raise TableError("no_heads")


def pack(sheets: Sequence[Sheet]) -> bytes:
    """Return sheets as the row keeps them."""
    return gzip.compress(encode_sheets(sheets), compresslevel=6, mtime=0)


def sheets_of(file: ImportFile) -> tuple[Sheet, ...]:
    """Return the sheets of a file that is being checked."""
    return decode_sheets(gzip.decompress(bytes(file.table)))


def rows_of(file: ImportFile) -> list[Row]:
    """Return the rows of a file, with what a person fixed in place of its cells."""
    sheets = sheets_of(file)
    if file.source == ImportFile.Source.ONEROSTER:
        orgs = oneroster.orgs_in(sheets)
        return list(oneroster.rows_of(orgs, file.fixes)) if orgs else []
    table = rows.table_of(sheets)
    return list(rows.rows_of(*table, file.fixes)) if table else []


def scope_of(user: Any, top: Unit) -> UnitQuerySet:
    """Return the units that a file for `top` may name: those of its tree that `user` may change."""
    scope = Unit.objects.in_scope_of(user, Action.EDIT_TERRITORY).order_by().values_list("pk", flat=True)
    tree = Unit.objects.rooted_in(top).order_by().values_list("pk", flat=True)
    # As ids: two walks within each other took PostgreSQL minutes, whose statistics lag behind an import.
    return Unit.objects.filter(pk__in=set(scope) & set(tree))


def known_register(units: UnitQuerySet, day: date) -> KnownRegister:
    """Return the register of `units` as an import compares with; five queries at any size."""
    records = register.records(units)
    plain = units.order_by().values_list("pk", "inn", "founder", "settlement")
    external = dict(
        ExternalId.objects.filter(system=oneroster.SYSTEM, unit__in=units.order_by().values("pk"))
        .order_by("-pk")
        .values_list("unit_id", "value")
    )
    known = (
        Known(records[pk], inn, founder, settlement, external.get(pk, ""))
        for pk, inn, founder, settlement in plain
    )
    return KnownRegister.of(known, day)


def compared(file: ImportFile, user: Any) -> tuple[KnownRegister, Difference]:
    """Return the register as it is now and the difference of `file` with it."""
    known = known_register(scope_of(user, file.unit), file.day)
    return known, difference(known, rows_of(file), file.answers, renaming=file.renaming)
