"""How far a review has come, what stops adoption, and where to look next."""

from __future__ import annotations

from dataclasses import dataclass

from avgust.domain.resolutions.model import Finding, Severity
from avgust.domain.resolutions.review.clause import Review, ReviewedClause


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of a review. `checked` counts measures that a person confirmed."""

    checked: int
    total: int
    open_findings: int
    severe: tuple[Finding, ...]
    to_check: int

    @property
    def adoptable(self) -> bool:
        """True when nothing stops adoption: a measure is there and no severe finding is open."""
        return self.total > 0 and not self.severe


def progress(review: Review) -> Progress:
    """Return the counts of `review`. Findings of clauses that are no measures do not count."""
    measures = review.measures
    found = [finding for row in measures for finding in row.findings] + list(review.document_findings)
    return Progress(
        checked=sum(row.confirmed for row in measures),
        total=len(measures),
        open_findings=len(found),
        severe=tuple(finding for finding in found if finding.severity is Severity.SEVERE),
        to_check=sum(row.to_check for row in measures),
    )


def next_to_check(review: Review, after: str = "") -> ReviewedClause | None:
    """Return the next measure that asks for a person below the clause `after`, else from the top.

    Severe findings are not jumped to first: a reader who goes down the page keeps her place.
    """
    measures = review.measures
    start = review.places.get(after, -1) + 1
    turned = measures[start:] + measures[:start]
    return next((row for row in turned if row.to_check and row.id != after), None)


def next_measure(review: Review, after: str) -> ReviewedClause | None:
    """Return where a reader goes who says "right": the next measure not yet confirmed, else None."""
    measures = review.measures
    start = review.places.get(after, -1) + 1
    turned = measures[start:] + measures[:start]
    return next((row for row in turned if not row.confirmed and row.id != after), None)
