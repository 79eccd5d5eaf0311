"""A mend that a finding offers, made into a correction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from avgust.domain.resolutions.fragment import Fragment, single_spaced
from avgust.domain.resolutions.grammars.target import find_targets
from avgust.domain.resolutions.model import Finding, Mend, Relation, Span, Theme
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

Change = Callable[[Rereader, ReviewedClause, Finding, Any], Correction | None]


def _addressees(reader: Rereader, row: ReviewedClause, _finding: Finding, value: Any) -> Correction | None:
    clause = row.clause
    found = reader.addressees(_words(value), Relation.EXECUTOR, clause.span.start)
    return SetAddressees(row.id, found, clause.partners) if found else None


def _deadline(reader: Rereader, row: ReviewedClause, _finding: Finding, value: Any) -> Correction | None:
    words = f"до {value:%d.%m.%Y}" if isinstance(value, date) else _words(value)  # as a document prints it
    return SetDeadline(row.id, reader.deadline(words))


def _targets(reader: Rereader, row: ReviewedClause, _finding: Finding, value: Any) -> Correction | None:
    found = reader.targets(_words(value), row.clause.span.start)
    return SetTargets(row.id, row.clause.targets + found) if found else None


def _references(reader: Rereader, row: ReviewedClause, _finding: Finding, value: Any) -> Correction | None:
    return SetReferences(row.id, reader.references(_words(value), row.clause.span.start))


def _theme(_reader: Rereader, row: ReviewedClause, _finding: Finding, value: Any) -> Correction | None:
    return SetTheme(row.id, Theme(value)) if value in set(Theme) else None


def _text(reader: Rereader, row: ReviewedClause, finding: Finding, value: Any) -> Correction | None:
    """Write `value` in the place of the words that the finding points at."""
    clause = row.clause
    if not clause.span.start <= finding.span.start < finding.span.end <= clause.span.end:
        return None
    source = reader.resolution.document.text
    parts = (
        source[clause.span.start : finding.span.start],
        _words(value),
        source[finding.span.end : clause.span.end],
    )
    text = single_spaced("".join(parts))
    printed = single_spaced(clause.span.of(source))
    return SetText(row.id, text, clause.label) if text and clause.text == printed else None


def _label(_reader: Rereader, row: ReviewedClause, _finding: Finding, value: Any) -> Correction | None:
    return SetText(row.id, row.clause.text, _words(value) or None)


def _split(reader: Rereader, row: ReviewedClause, _finding: Finding, value: Any) -> Correction | None:
    """Cut the clause where the proposed pieces begin; `value` holds their places as pairs."""
    pieces = reader.pieces(row.clause, [piece[0] for piece in value][1:])
    return Split(row.id, pieces) if len(pieces) > 1 else None


def _not_measure(_reader: Rereader, row: ReviewedClause, _finding: Finding, _value: Any) -> Correction | None:
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
    if mend.field in ("target", "targets"):
        words = _words(mend.value)
        return bool(words and find_targets(Fragment.of(words, Span(0, len(words)))))
    return mend.field in _CHANGES and (mend.value is not None or mend.field == "not_measure")


def mended(reader: Rereader, row: ReviewedClause, finding: Finding, at: int) -> Correction | None:
    """Return the correction that mend number `at` of `finding` makes; None where nothing can be done."""
    if not 0 <= at < len(finding.mends) or not applicable(finding.mends[at]):
        return None
    mend = finding.mends[at]
    change = _CHANGES[str(mend.field)](reader, row, finding, mend.value)
    return ApplyMend(row.id, finding_key(finding), change) if change else None
