"""Names for people of what a stretch of text is and of how bad a finding is."""

from __future__ import annotations

from typing import Final

from avgust.domain.messages import mark, translate
from avgust.domain.resolutions.model import PartKind, Severity

_PARTS: Final = {
    PartKind.HEADER: mark("Head of the document"),
    PartKind.PREAMBLE: mark("Preamble"),
    PartKind.RESOLVING: mark("Resolving formula"),
    PartKind.HEADING: mark("Heading"),
    PartKind.CLAUSE: mark("Measure"),
    PartKind.FIELD: mark("Field of a measure"),
    PartKind.NOTING: mark("Taking note"),
    PartKind.CONTROL: mark("Control of execution"),
    PartKind.IN_FORCE: mark("Entry into force"),
    PartKind.REPEAL: mark("Repeal"),
    PartKind.APPROVAL: mark("Approval of an annex"),
    PartKind.EDITORIAL: mark("Editorial note"),
    PartKind.PERSONS: mark("List of persons"),
    PartKind.ANNEX_NORM: mark("Text of an annex"),
    PartKind.TABLE_HEAD: mark("Head of a table"),
    PartKind.SIGNATURE: mark("Signature"),
    PartKind.UNTAKEN: mark("Not recognised"),
}
_SEVERITIES: Final = {
    Severity.SEVERE: mark("Severe"),
    Severity.WARNING: mark("Warning"),
    Severity.HINT: mark("Hint"),
}


def part_label(kind: PartKind, language: str) -> str:
    """Return the name of a kind of text."""
    return translate(_PARTS[kind], language)


def severity_label(severity: Severity, language: str) -> str:
    """Return the name of a severity."""
    return translate(_SEVERITIES[severity], language)
