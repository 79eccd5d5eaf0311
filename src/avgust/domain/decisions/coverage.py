"""How far a cause is covered by decisions, from the states of proof of their measures; nobody types it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from avgust.domain.proof import Coverage
from avgust.domain.proof.states import FAILED


class CauseState(StrEnum):
    """What became of a cause, in the order of every legend: what needs an act first."""

    NOTHING = "nothing"  # nobody has decided
    FAILED = "failed"  # something of what was decided is not done, or data contradict it
    PREPARED = "prepared"  # a decision is under review
    UNDER_CONTROL = "control"
    NOTED = "noted"  # decided, and no measure follows: noted, or all of them cancelled
    PROVEN = "proven"  # everything that was decided is proven


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on a cause."""

    prepared: int = 0  # clauses under review
    adopted: int = 0  # clauses of adopted documents
    measures: int = 0  # in force
    coverage: Coverage = field(default_factory=Coverage)  # of the assignments of these measures

    @property
    def state(self) -> CauseState:
        """What became of the cause.

        A measure without assignments (the executor is unclear) is under control: it proves nothing.
        """
        if not self.adopted:
            return CauseState.PREPARED if self.prepared else CauseState.NOTHING
        if self.coverage.worst in FAILED:
            return CauseState.FAILED
        if not self.measures:
            return CauseState.PREPARED if self.prepared else CauseState.NOTED
        if self.prepared or not self.coverage.total or self.coverage.proven < self.coverage.total:
            return CauseState.UNDER_CONTROL
        return CauseState.PROVEN


DECIDED = frozenset({CauseState.FAILED, CauseState.UNDER_CONTROL, CauseState.NOTED, CauseState.PROVEN})


@dataclass(frozen=True, slots=True)
class CauseCoverage:
    """«3 причины, по 2 приняты решения, 1 доказана»."""

    total: int = 0
    decided: int = 0
    proven: int = 0
    failed: int = 0

    @classmethod
    def of(cls, states: Iterable[CauseState]) -> Self:
        """Return the coverage of causes in `states`."""
        known = list(states)
        return cls(
            total=len(known),
            decided=sum(state in DECIDED for state in known),
            proven=known.count(CauseState.PROVEN),
            failed=known.count(CauseState.FAILED),
        )
