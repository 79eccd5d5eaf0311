"""The territory in time: what happened to its organisations, and what was true on a date."""

from __future__ import annotations

from avgust.domain.territory.events import Closed, Event, Opened, Placed, Record, Renamed
from avgust.domain.territory.fold import fold, new_findings
from avgust.domain.territory.lives import Called, Life, Place, line_on, parent_on, under
from avgust.domain.territory.rules import Finding

__all__ = [
    "Called", "Closed", "Event", "Finding", "Life", "Opened", "Place", "Placed", "Record", "Renamed",
    "fold", "line_on", "new_findings", "parent_on", "under",
]  # fmt: skip
