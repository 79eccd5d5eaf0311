import pytest

from avgust.domain.decisions.coverage import CauseCoverage, CauseState, Decided
from avgust.domain.proof import Coverage, ProofState

PROVEN, LATE, AHEAD = ProofState.PROVEN_BY_DOCUMENT, ProofState.NOT_DONE, ProofState.NOT_DUE
DATA, AGAINST, SAID = ProofState.PROVEN_BY_DATA, ProofState.CONTRADICTED, ProofState.CLAIMED


def of(*states: ProofState, adopted: int = 1, prepared: int = 0, measures: int = 1) -> Decided:
    return Decided(prepared, adopted, measures, Coverage.of(states))


STATES = {
    "nobody has decided": (of(adopted=0, measures=0), CauseState.NOTHING),
    "under review": (of(adopted=0, measures=0, prepared=1), CauseState.PREPARED),
    "adopted, and no measure follows": (of(measures=0), CauseState.NOTED),
    "noted, and a further decision is prepared": (of(measures=0, prepared=1), CauseState.PREPARED),
    "an executor is unclear": (of(), CauseState.UNDER_CONTROL),
    "ahead": (of(AHEAD, AHEAD), CauseState.UNDER_CONTROL),
    "said to be done": (of(PROVEN, SAID), CauseState.UNDER_CONTROL),
    "proven by all": (of(PROVEN, DATA), CauseState.PROVEN),
    "proven, and a further decision is prepared": (of(PROVEN, prepared=1), CauseState.UNDER_CONTROL),
    "late in one place": (of(PROVEN, LATE), CauseState.FAILED),
    "late, and a further decision is prepared": (of(LATE, prepared=1), CauseState.FAILED),
    "data say otherwise": (of(PROVEN, AGAINST), CauseState.FAILED),
}


@pytest.mark.parametrize("name", STATES)
def test_state(name: str) -> None:
    decided, state = STATES[name]
    assert decided.state is state


def test_coverage_of_causes() -> None:
    known = [CauseState.NOTHING, CauseState.PREPARED, CauseState.FAILED, CauseState.PROVEN, CauseState.NOTED]
    assert CauseCoverage.of(known) == CauseCoverage(total=5, decided=3, proven=1, failed=1)
    assert CauseCoverage.of([]) == CauseCoverage()
