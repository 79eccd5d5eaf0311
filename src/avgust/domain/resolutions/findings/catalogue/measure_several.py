"""Several measures in one point: they are done by different people and on different days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.findings.verbs import Joint, Order, orders_of
from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="measure.several",
    label=mark("Several measures in one point"),
    severity=Severity.WARNING,
    message=mark("The point orders %(count)d things: %(verbs)s."),
    explanation=mark(
        "When one of them is done and another is not, the point is neither done nor not done, and cannot be "
        "taken off control."
    ),
)
STAGES: Final = mark("The point joins stages of one work: %(verbs)s. Each may need its own day.")


def find(reading: Reading) -> Iterator[Finding]:
    """Yield points with several ordering verbs; stages and pairs of acts are hints only."""
    for clause in reading.judged:
        fragment = reading.fragments[clause.n]
        orders = orders_of(fragment.text)
        parts = [order for order in orders if order.joint is not Joint.STAGE]
        if len(parts) > 1:
            apart = len(parts) > 2 or any(order.joint is Joint.SENTENCE for order in parts)
            yield kind.at(
                clause.span,
                clause,
                severity=Severity.WARNING if apart else Severity.HINT,
                confidence=0.9 if apart else 0.7,
                mends=[_split(fragment, parts)],
                count=len(parts),
                verbs=_named(parts),
            )
        elif len(orders) > 1:
            span = fragment.span(orders[0].start, orders[-1].end)
            hint = Severity.HINT
            yield kind.at(span, clause, message=STAGES, severity=hint, confidence=0.7, verbs=_named(orders))


def _named(orders: Iterable[Order]) -> str:
    return ", ".join(f"«{order.verb.lower()}»" for order in orders)


def _split(fragment: Fragment, parts: list[Order]) -> Mend:
    """Propose the points into which the measure falls, as spans of the source."""
    starts = [0, *(order.start for order in parts[1:])]
    ends = [*starts[1:], len(fragment.text)]
    spans = []
    for start, end in zip(starts, ends, strict=True):
        words = fragment.text[start:end].rstrip(" ;,.")
        words = words.removesuffix(" и").removesuffix(", а также").removesuffix(" а также").rstrip(" ,;")
        if words:
            spans.append([*fragment.span(start, start + len(words))])
    return Mend(Message(mark("Split it into %(count)d points."), {"count": len(spans)}), "split", spans)
