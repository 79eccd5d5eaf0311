"""How the parser reads typed clauses, while they are typed: by the pipeline that reads documents."""

from __future__ import annotations

from dataclasses import dataclass

from avgust.domain.decisions.minutes import TypedDecision, printed
from avgust.domain.resolutions.model import Addressee, Clause, Deadline, PartKind, RawClause, Relation
from avgust.domain.resolutions.readers import read
from avgust.domain.resolutions.stages import parse


@dataclass(frozen=True, slots=True)
class Understood:
    """One typed clause as it was read; `kind` tells why it is no measure."""

    measure: bool
    kind: PartKind | None
    executors: tuple[Addressee, ...] = ()
    deadline: Deadline | None = None
    theme: str = ""


def understood(typed: TypedDecision) -> tuple[Understood, ...]:
    """Return how each clause of `typed` is read, in their order."""
    text = "\n\n".join(line.text for line in printed(typed))
    resolution = parse(read(text.encode(), "typed.txt"))
    measures = {clause.label: clause for clause in resolution.clauses}
    others = {clause.label: clause for clause in resolution.others}
    return tuple(
        _one(measures.get(str(place)), others.get(str(place))) for place in range(1, len(typed.clauses) + 1)
    )


def _one(measure: Clause | None, other: RawClause | None) -> Understood:
    if measure is None:
        return Understood(measure=False, kind=other.kind if other else None)
    answering = (Relation.EXECUTOR, Relation.CO_EXECUTOR)
    return Understood(
        measure=True,
        kind=None,
        executors=tuple(one for one in measure.addressees if one.relation in answering),
        deadline=measure.deadline,
        theme=measure.theme.theme.value if measure.theme else "",
    )
