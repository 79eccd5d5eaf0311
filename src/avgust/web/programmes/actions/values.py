"""Values of a measure that are kept in several columns: what the reading said, and what tables ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from avgust.domain.resolutions.export.wording import target_text
from avgust.domain.resolutions.model import Deadline, DeadlineKind, Target
from avgust.domain.resolutions.review.codec import plain
from avgust.web.programmes.models import Measure
from avgust.web.programmes.typed import OFFICIAL


def put_deadline(measure: Measure, deadline: Deadline) -> None:
    """Set the deadline of a measure; not yet saved. The day that an event gave stays while its words do."""
    said = plain(deadline)
    measure.due = due_of(deadline) or (measure.due if measure.deadline_values == said else None)
    measure.deadline_kind = deadline.kind.value
    measure.deadline_start = deadline.start
    measure.deadline_text = (deadline.text or "")[:500]
    measure.deadline_values = said


def put_targets(measure: Measure, targets: Sequence[Target], result: str = "") -> None:
    """Set what a measure demands, else the printed result; not yet saved."""
    measure.target_values = plain(targets)
    measure.target_text = "; ".join(target_text(target, OFFICIAL) for target in targets) or result


def due_of(deadline: Deadline) -> date | None:
    """Return the last day on which the measure may be done; None for what recurs, lasts or waits.

    A deadline with only a beginning («с 1 сентября 2025 года») has no last day either.
    """
    return deadline.end if deadline.kind in (DeadlineKind.DATE, DeadlineKind.INTERVAL) else None
