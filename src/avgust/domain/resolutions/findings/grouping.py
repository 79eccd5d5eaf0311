"""One finding instead of thirty shouts: a defect that most measures share belongs to the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import FEW, MOST, Reading, numbers
from avgust.domain.resolutions.model import Clause, Finding, Heading, Mend, Severity


def is_of_document(count: int, reading: Reading) -> bool:
    """Tell whether a defect of `count` measures is a defect of the whole document."""
    return count >= FEW and count >= MOST * len(reading.clauses)


@dataclass(frozen=True, slots=True)
class Grouped:
    """The sentences of a kind for a section and for the document; `%(count)d` of `%(all)d`, `%(numbers)s`."""

    kind: FindingKind
    section: str
    document: str
    severity: Severity  # of the finding for the document

    def find(
        self, reading: Reading, faulty: Sequence[Clause], mends: tuple[Mend, ...] = ()
    ) -> Iterator[Finding]:
        """Yield one finding for the document, else one a section, else one a clause."""
        count, everything = len(faulty), len(reading.clauses)
        if is_of_document(count, reading):
            yield self.kind.at(
                faulty[0].span,
                message=self.document,
                severity=self.severity,
                count=count,
                all=everything,
                numbers=numbers(faulty),
                mends=mends,
            )
            return
        wrong = {clause.n for clause in faulty}
        for heading, clauses in reading.by_section.items():
            yield from self._section(heading, [c for c in clauses if c.n in wrong], mends)

    def _section(
        self, heading: Heading | None, faulty: list[Clause], mends: tuple[Mend, ...]
    ) -> Iterator[Finding]:
        if heading is None or len(faulty) < FEW:
            for clause in faulty:
                yield self.kind.at(clause.span, clause, mends=mends)
            return
        yield self.kind.at(
            heading.span,
            message=self.section,
            count=len(faulty),
            numbers=numbers(faulty),
            mends=mends,
        )
