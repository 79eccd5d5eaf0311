"""Memory across years: which clauses come back, what became of them, and what to conclude for the next text.

Likeness is the share of word stems that two clauses have in common, so that «разработать положение» meets
«о разработке положений»; whoever reads the report sees both texts and decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.proof import ProofState
from avgust.domain.reporting.report import ExecutionReport, ReportRow
from avgust.domain.resolutions.findings.similarity import pairs

LEAST: Final = 0.5  # of stems in common; below it two clauses of demo and real texts speak of other things


@dataclass(frozen=True, slots=True)
class Earlier:
    """A clause of an earlier year."""

    year: str
    id: int
    number: str
    text: str


def similar(texts: Sequence[str], earlier: Sequence[Earlier]) -> Mapping[int, list[tuple[Earlier, float]]]:
    """Return, for the place of each text, its nearest clause of every earlier year, the newest year first."""
    found: dict[int, dict[str, tuple[Earlier, float]]] = {}
    before = [one.text for one in earlier]
    for pair in pairs([*before, *texts], LEAST, first_later=len(before)):
        if pair.earlier >= len(before):
            continue  # two clauses of this year
        one, years = earlier[pair.earlier], found.setdefault(pair.later - len(before), {})
        if one.year not in years or years[one.year][1] < pair.likeness:
            years[one.year] = (one, pair.likeness)
    return {
        place: sorted(years.values(), key=lambda pair: pair[0].year, reverse=True)
        for place, years in found.items()
    }


class Next(StrEnum):
    """What the next resolution should do with a clause."""

    CARRY_OVER = "carry_over"  # not done, or done in part
    OTHERWISE = "otherwise"  # for years without effect: the same words will not help
    CHECK = "check"  # data contradict what was claimed
    CLOSE = "close"  # proven everywhere
    WAIT = "wait"  # its day has not come


def conclude(row: ReportRow) -> Next:
    """Return what follows from a row for the next resolution."""
    if row.coverage.count(ProofState.CONTRADICTED):
        return Next.CHECK
    if row.proven:
        return Next.CLOSE
    if row.state is ProofState.NOT_DUE:
        return Next.WAIT
    unproven = [year for year in row.memory if not year.coverage.proven]
    if len(unproven) >= 1 and not row.coverage.proven:
        return Next.OTHERWISE
    return Next.CARRY_OVER


def in_a_row(row: ReportRow) -> int:
    """Return for how many years running, this one included, nothing of the clause is proven."""
    if row.coverage.proven or not row.coverage.started:
        return 0
    years = 1
    for year in row.memory:
        if year.coverage.proven:
            break
        years += 1
    return years


SAID: Final = {
    Next.CARRY_OVER: Message(mark("Carry over: not done everywhere.")),
    Next.OTHERWISE: Message(mark("Put otherwise: it is repeated and nothing is proven.")),
    Next.CHECK: Message(mark("Check: data contradict what was claimed.")),
    Next.CLOSE: Message(mark("Do not repeat: proven everywhere.")),
    Next.WAIT: Message(mark("Its day has not come yet.")),
}


def proposals(report: ExecutionReport) -> list[tuple[Next, list[ReportRow]]]:
    """Return the rows by what is proposed for them, the most urgent first; what waits is left out."""
    order = (Next.CHECK, Next.OTHERWISE, Next.CARRY_OVER, Next.CLOSE)
    grouped: dict[Next, list[ReportRow]] = {}
    for row in report.rows:
        grouped.setdefault(conclude(row), []).append(row)
    return [(kind, grouped[kind]) for kind in order if kind in grouped]
