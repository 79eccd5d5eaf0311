"""What a kind of finding declares about itself, so that pages and docs can list every kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from avgust.domain.messages import Message
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Clause, Finding, Mend, Severity, Span


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A kind of defect. `label`, `message` and `explanation` are msgids.

    `message` says what is wrong at one place and may hold named placeholders; `explanation` says why it
    matters to those who must carry the resolution out, and is the same at every place. A kind that is
    `of_document` blames no single clause.
    """

    code: str  # "deadline.past": what the defect touches, then what it is
    label: str
    severity: Severity
    message: str
    explanation: str
    of_document: bool = False

    def at(
        self,
        span: Span,
        clause: Clause | None = None,
        *,
        mends: Iterable[Mend] = (),
        severity: Severity | None = None,
        message: str | None = None,
        twin: Clause | None = None,
        confidence: float = 1.0,
        **params: Any,
    ) -> Finding:
        """Return a finding of this kind at `span`; `params` fill the placeholders of the message."""
        return Finding(
            kind=self.code,
            severity=severity or self.severity,
            span=span,
            message=Message(message or self.message, params),
            explanation=Message(self.explanation),
            mends=tuple(mends),
            clause=clause.n if clause else None,
            other=twin.n if twin else None,
            confidence=confidence,
        )


class Finder(Protocol):
    """A module of `catalogue/`: one kind and the rule that finds it."""

    kind: FindingKind

    def find(self, reading: Reading, /) -> Iterator[Finding]:
        """Yield every place of the kind in the document, in any order."""
        ...
