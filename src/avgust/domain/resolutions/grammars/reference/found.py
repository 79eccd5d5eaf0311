"""What a grammar of references finds in a fragment's text, before spans of the source are known."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from avgust.domain.resolutions.model import ReferenceKind


class Found(NamedTuple):
    """A reference as places in the fragment's text."""

    start: int
    end: int
    kind: ReferenceKind
    rule: str
    confidence: float
    number: str | None = None
    dated: date | None = None
