"""A clause under review: what the rules said, what people made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from avgust.domain.messages import Message
from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import (
    Clause,
    DeadlineKind,
    Finding,
    PartKind,
    RawClause,
    Resolution,
    Severity,
    Span,
)

LOW_CONFIDENCE: Final = 0.6  # below it a field asks to be looked at


@dataclass(frozen=True)
class ReviewedClause:
    """A clause as it now stands. `id` never changes while the clause exists, and is fit for an address.

    A clause that a correction does not touch stays the same object in the next review, so that what was
    worked out of it, here or on a page, holds.

    Ids: "c7" the seventh measure of the reading, "o2" another clause, "u1" an untaken part, "c7.2" the
    second piece of a split, "c7-c8" a merger; an added clause brings its own.
    """

    id: str
    clause: Clause
    kind: PartKind  # what the rules took it for; of what is no measure, also what a person said it is
    measure: bool  # it becomes a measure of the programme
    confirmed: bool = False
    touched: frozenset[str] = frozenset()  # fields that a person set
    findings: tuple[Finding, ...] = ()  # open ones
    settled: tuple[Finding, ...] = ()  # dismissed or mended

    @cached_property
    def severe(self) -> bool:
        """True when a finding of the clause stops adoption."""
        return any(finding.severity is Severity.SEVERE for finding in self.findings)

    @cached_property
    def doubts(self) -> tuple[str, ...]:
        """Names of the fields whose reading is unsure and that no person has set or confirmed."""
        if self.confirmed or not self.measure:
            return ()
        return tuple(name for name in _unsure(self.clause) if name not in self.touched)

    @cached_property
    def to_check(self) -> bool:
        """True when the clause asks for a person: an open finding or an unsure field."""
        return self.measure and not self.confirmed and bool(self.findings or self.doubts)


def _unsure(clause: Clause) -> tuple[str, ...]:
    """Return the fields of `clause` read with low confidence."""
    by_field: tuple[tuple[str, list[float]], ...] = (
        ("text", [clause.confidence]),
        ("addressees", [a.confidence for a in (*clause.addressees, *clause.partners)]),
        ("deadline", [clause.deadline.confidence] if clause.deadline.kind is not DeadlineKind.NONE else []),
        ("targets", [target.confidence for target in clause.targets]),
        ("references", [reference.confidence for reference in clause.references]),
    )
    return tuple(name for name, values in by_field if any(value < LOW_CONFIDENCE for value in values))


@dataclass(frozen=True, slots=True)
class Conflict:
    """A correction that no longer fits. `index` is its place among the corrections that were folded."""

    index: int
    reason: Message


@dataclass(frozen=True)
class Review:
    """Everything under review, in the order of the text."""

    clauses: tuple[ReviewedClause, ...]
    document_findings: tuple[Finding, ...] = ()  # open ones that belong to no clause
    document_settled: tuple[Finding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    _index: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._index.update({clause.id: at for at, clause in enumerate(self.clauses)})

    def find(self, clause_id: str) -> ReviewedClause | None:
        """Return the clause with this id, None when it is no more."""
        at = self._index.get(clause_id)
        return None if at is None else self.clauses[at]

    @cached_property
    def measures(self) -> tuple[ReviewedClause, ...]:
        """Clauses that become measures."""
        return tuple(clause for clause in self.clauses if clause.measure)

    @cached_property
    def others(self) -> tuple[ReviewedClause, ...]:
        """Clauses of other kinds, what no rule took, and what people marked as no measure."""
        return tuple(clause for clause in self.clauses if not clause.measure)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each measure among the measures, by its id."""
        return {clause.id: at for at, clause in enumerate(self.measures)}

    def following(self, clause_id: str) -> ReviewedClause | None:
        """Return the measure right after the measure with this id."""
        at = self.places.get(clause_id, len(self.measures)) + 1
        return self.measures[at] if at < len(self.measures) else None

    def preceding(self, clause_id: str) -> ReviewedClause | None:
        """Return the measure right before the measure with this id."""
        at = self.places.get(clause_id, 0) - 1
        return self.measures[at] if at >= 0 else None


def finding_key(finding: Finding) -> str:
    """Return what tells a finding from the others of its document, also after a new search."""
    return f"{finding.kind}@{finding.span.start}-{finding.span.end}.{finding.clause or 0}"


def opening(resolution: Resolution) -> Review:
    """Return the review of a reading that nobody has touched: exactly what the parser said."""
    numbers = {clause.n for clause in resolution.clauses}
    by_clause: dict[int, list[Finding]] = {}
    for finding in resolution.findings:
        by_clause.setdefault(finding.clause if finding.clause in numbers else 0, []).append(finding)
    rows = [
        ReviewedClause(f"c{c.n}", c, PartKind.CLAUSE, measure=True, findings=tuple(by_clause.get(c.n, ())))
        for c in resolution.clauses
    ]
    rows += [
        ReviewedClause(f"o{at}", _as_clause(raw), raw.kind, measure=False)
        for at, raw in enumerate(resolution.others, 1)
    ]
    text = resolution.document.text
    rows += [
        ReviewedClause(f"u{at}", _untaken(text, part.span, part.rule), PartKind.UNTAKEN, measure=False)
        for at, part in enumerate(resolution.untaken, 1)
    ]
    rows.sort(key=lambda row: (row.clause.full_span, row.id[0] != "c"))
    return Review(tuple(rows), document_findings=tuple(by_clause.get(0, ())))


def _as_clause(raw: RawClause) -> Clause:
    return Clause(
        n=0,
        label=raw.label,
        text=raw.text,
        span=raw.span,
        full_span=raw.full_span,
        headings=raw.headings,
        rule=raw.rule,
        confidence=raw.confidence,
        printed_as=raw.printed_as,
        lines=raw.lines,
    )


def _untaken(source: str, span: Span, rule: str) -> Clause:
    fragment = Fragment.of(source, span)
    return Clause(
        n=0,
        label=None,
        text=fragment.text,
        span=fragment.origin,
        full_span=span,
        headings=(),
        rule=rule,
        printed_as="line",
    )
