"""What became of an estimate. Nothing is clamped: an estimate that does not exist is None with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Whether a number may be used, and if not, why."""

    CONVERGED = "converged"
    NOT_CONVERGED = "not_converged"  # iterations ended before the estimate stood still
    BOUNDARY = "boundary"  # the estimate lies at infinity or on the edge: all right, all wrong, variance 0
    UNIDENTIFIED = "unidentified"  # the data do not determine it: booklets without common items, one category
    TOO_FEW = "too_few"  # too few persons, items or groups for this statistic


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its standard error (same unit), the n it rests on, and its status."""

    value: float | None
    se: float | None
    n: float
    status: Status
