"""A mend that a finding offers, made into a correction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from avgust.domain.resolutions.model import Finding, Mend, Relation, Theme
from avgust.domain.resolutions.review.clause import ReviewedClause, finding_key
from avgust.domain.resolutions.review.corrections import (
    ApplyMend,
    Correction,
    NotMeasure,
    SetAddressees,
    SetDeadline,
    SetReferences,
    SetTargets,
    SetText,
    SetTheme,
    Split,
)
from avgust.domain.resolutions.review.rereading import Rereader

Change = Callable[[Rereader, ReviewedClause, Any], Correction | None]


def _addressees(reader: Rereader, row: ReviewedClause, value: Any) -> Correction | None:
    clause = row.clause
    found = reader.addressees(_words(value), Relation.EXECUTOR, clause.span.start)
    return SetAddressees(row.id, found, clause.partners) if found else None


def _deadline(reader: Rereader, row: ReviewedClause, value: Any) -> Correction | None:
    return SetDeadline(row.id, reader.deadline(_words(value)))


def _targets(reader: Rereader, row: ReviewedClause, value: Any) -> Correction | None:
    found = reader.targets(_words(value), row.clause.span.start)
    return SetTargets(row.id, row.clause.targets + found) if found else None


def _references(reader: Rereader, row: ReviewedClause, value: Any) -> Correction | None:
    return SetReferences(row.id, reader.references(_words(value), row.clause.span.start))


def _theme(_reader: Rereader, row: ReviewedClause, value: Any) -> Correction | None:
    return SetTheme(row.id, Theme(value)) if value in set(Theme) else None


def _text(_reader: Rereader, row: ReviewedClause, value: Any) -> Correction | None:
    return SetText(row.id, _words(value), row.clause.label)


def _label(_reader: Rereader, row: ReviewedClause, value: Any) -> Correction | None:
    return SetText(row.id, row.clause.text, _words(value) or None)


def _split(reader: Rereader, row: ReviewedClause, value: Any) -> Correction | None:
    cuts = [value] if isinstance(value, int) else [cut for cut in value or () if isinstance(cut, int)]
    pieces = reader.pieces(row.clause, cuts)
    return Split(row.id, pieces) if len(pieces) > 1 else None


def _not_measure(_reader: Rereader, row: ReviewedClause, _value: Any) -> Correction | None:
    return NotMeasure(row.id)


_CHANGES: Final[dict[str, Change]] = {
    "addressee": _addressees,
    "addressees": _addressees,
    "deadline": _deadline,
    "target": _targets,
    "targets": _targets,
    "reference": _references,
    "references": _references,
    "theme": _theme,
    "text": _text,
    "label": _label,
    "split": _split,
    "not_measure": _not_measure,
}


def _words(value: Any) -> str:
    """Return the new text of a field; several values are lines."""
    return "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value or "")


def applicable(mend: Mend) -> bool:
    """True when a press can do what `mend` says; an advice without a value is for its reader only."""
    return mend.field in _CHANGES and (mend.value is not None or mend.field == "not_measure")


def mended(reader: Rereader, row: ReviewedClause, finding: Finding, at: int) -> Correction | None:
    """Return the correction that mend number `at` of `finding` makes; None where nothing can be done."""
    if not 0 <= at < len(finding.mends) or not applicable(finding.mends[at]):
        return None
    mend = finding.mends[at]
    change = _CHANGES[str(mend.field)](reader, row, mend.value)
    return ApplyMend(row.id, finding_key(finding), change) if change else None
