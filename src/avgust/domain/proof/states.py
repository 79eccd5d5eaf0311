"""The state of proof of one assignment: a table of rules, the first that fits.

The same table is read by `state_of` and turned into SQL (`avgust.web.control.proving`), so that a page
over 150,000 assignments and a test over one cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from avgust.domain.control.states import OWED, UNCOUNTED, Status


class ProofState(StrEnum):
    """What is proven, in the order of every bar and legend: the best first."""

    PROVEN_BY_DATA = "data"
    PROVEN_BY_DOCUMENT = "document"
    CLAIMED = "claimed"
    CONTRADICTED = "contradicted"
    NOT_DONE = "not_done"
    NOT_DUE = "not_due"


class Verdict(StrEnum):
    """What data say: an indicator against its target, a registry record that must exist."""

    NONE = ""  # no data, or nothing that data could say
    MET = "met"
    CONTRADICTED = "contradicted"


PROVEN: Final = frozenset({ProofState.PROVEN_BY_DATA, ProofState.PROVEN_BY_DOCUMENT})
FAILED: Final = frozenset({ProofState.CONTRADICTED, ProofState.NOT_DONE})


@dataclass(frozen=True, slots=True)
class Rule:
    """A state and when it holds; None means that it does not matter."""

    state: ProofState | None  # None: not counted at all
    statuses: frozenset[Status] | None = None
    verdict: Verdict | None = None
    past: bool | None = None  # the last day lies before today

    def fits(self, status: Status, verdict: Verdict, *, past: bool) -> bool:
        """Return whether the rule holds."""
        return (
            (self.statuses is None or status in self.statuses)
            and (self.verdict is None or verdict is self.verdict)
            and (self.past is None or past is self.past)
        )


_SAID_DONE: Final = frozenset({Status.REPORTED, Status.ACCEPTED})

RULES: Final = (
    Rule(None, statuses=UNCOUNTED),
    # Data that contradict a claim outweigh whoever accepted it; before the date nothing is contradicted yet.
    Rule(ProofState.CONTRADICTED, statuses=_SAID_DONE, verdict=Verdict.CONTRADICTED),
    Rule(ProofState.CONTRADICTED, statuses=OWED, verdict=Verdict.CONTRADICTED, past=True),
    Rule(ProofState.PROVEN_BY_DATA, verdict=Verdict.MET),
    Rule(ProofState.PROVEN_BY_DOCUMENT, statuses=frozenset({Status.ACCEPTED})),
    Rule(ProofState.CLAIMED, statuses=frozenset({Status.REPORTED})),
    Rule(ProofState.NOT_DONE, statuses=OWED, past=True),
    Rule(ProofState.NOT_DUE),
)


def state_of(status: Status, due: date | None, verdict: Verdict, today: date) -> ProofState | None:
    """Return the state of proof on `today`; None for what is not counted. `due` is inclusive."""
    past = due is not None and due < today
    return next(rule.state for rule in RULES if rule.fits(status, verdict, past=past))
