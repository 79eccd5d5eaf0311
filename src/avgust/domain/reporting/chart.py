"""The chart of a report: how many measures stand in each state, whole and by section.

Page, DOCX and PDF draw the same stretches, each with its own means, in patterns that black and white keep.
Under a chart stands one sentence that says what is to be seen, beside it the table with the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from avgust.domain.messages import Message, mark
from avgust.domain.proof import Coverage, ProofState
from avgust.domain.reporting.report import ExecutionReport, ReportRow
from avgust.domain.reporting.wording import STATES


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a bar."""

    state: ProofState
    count: int
    share: float  # 0…1 of the bar


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart; `title` is empty for the whole report."""

    title: str
    total: int
    stretches: tuple[Stretch, ...]

    @property
    def states(self) -> Coverage:
        """The same as counts."""
        return Coverage({one.state: one.count for one in self.stretches})


def whole(report: ExecutionReport) -> Bar:
    """Return the bar of all measures; what is not counted (cancelled, without assignments) is left out."""
    return _bar("", report.rows)


def by_section(report: ExecutionReport) -> list[Bar]:
    """Return a bar for each section in which something is counted."""
    bars = [_bar(part.title, part.rows) for part in report.sections]
    return [bar for bar in bars if bar.total]


def _bar(title: str, rows: Iterable[ReportRow]) -> Bar:
    states = [row.state for row in rows if row.state is not None]
    counts = [(state, states.count(state)) for state in ProofState]
    found = tuple(Stretch(state, count, count / len(states)) for state, count in counts if count)
    return Bar(title, len(states), found)


def reading(report: ExecutionReport) -> Message:
    """Return the sentence under the chart: the state of most measures, and where most is not done."""
    bar = whole(report)
    if not bar.total:
        return Message(mark("Nothing is counted yet: no measure has assignments."))
    most = max(bar.stretches, key=lambda one: one.count)
    values = {"n": most.count, "all": bar.total, "state": STATES[most.state]}
    said = Message(mark("Most measures, %(n)s of %(all)s, stand at “%(state)s”."), values)
    failing = [(_failed(part), part) for part in by_section(report)]
    count, worst = max(failing, key=lambda pair: pair[0], default=(0, bar))
    if not count or not worst.title:
        return said
    named = {"said": said, "n": count, "all": worst.total, "section": worst.title.rstrip(":. ")}
    return Message(mark("%(said)s Most is not done in the section “%(section)s”: %(n)s of %(all)s."), named)


def _failed(bar: Bar) -> int:
    return bar.states.count(ProofState.NOT_DONE) + bar.states.count(ProofState.CONTRADICTED)
