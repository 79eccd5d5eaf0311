"""Coverage: how many assignments stand in which state, and what is worst among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from avgust.domain.proof.states import PROVEN, ProofState

# What needs an act first: data against a claim, then what was not done, then what waits to be accepted.
_WORST: Final = (
    ProofState.CONTRADICTED,
    ProofState.NOT_DONE,
    ProofState.CLAIMED,
    ProofState.NOT_DUE,
    ProofState.PROVEN_BY_DOCUMENT,
    ProofState.PROVEN_BY_DATA,
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of assignments by state; what is not counted (cancelled, passed on) is not in them."""

    counts: Mapping[ProofState, int] = field(default_factory=dict)

    @classmethod
    def of(cls, states: Iterable[ProofState | None]) -> Self:
        """Return the coverage of assignments in `states`."""
        counts: dict[ProofState, int] = {}
        for state in states:
            if state is not None:
                counts[state] = counts.get(state, 0) + 1
        return cls(counts)

    def __add__(self, other: Coverage) -> Coverage:
        """Return both together: a section over its measures, a programme over its sections."""
        states = self.counts.keys() | other.counts.keys()
        return Coverage({state: self.count(state) + other.count(state) for state in states})

    def count(self, state: ProofState) -> int:
        """Return how many stand in `state`."""
        return self.counts.get(state, 0)

    @property
    def total(self) -> int:
        """All that is counted."""
        return sum(self.counts.values())

    @property
    def proven(self) -> int:
        """Proven by data or by an accepted document."""
        return sum(self.count(state) for state in PROVEN)

    @property
    def worst(self) -> ProofState | None:
        """The state that most needs an act; None where nothing is counted."""
        return next((state for state in _WORST if self.count(state)), None)

    @property
    def started(self) -> bool:
        """True when anything but «срок не наступил» can be said."""
        return self.total > self.count(ProofState.NOT_DUE)
