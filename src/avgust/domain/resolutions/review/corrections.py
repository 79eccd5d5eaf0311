"""What a person may say about a clause. Each correction keeps the values its author saw and accepted.

Values are kept, not recipes: a later version of a grammar changes no decision that was made. Who, why
and when are no part of a correction; whoever stores it keeps them beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, ClassVar, Final

from avgust.domain.resolutions.model import (
    Addressee,
    Clause,
    Deadline,
    Finding,
    Heading,
    PartKind,
    Reference,
    Target,
    Theme,
)
from avgust.domain.resolutions.review.codec import plain, restored


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of the clause with this id. A correction of an unknown id is a conflict, not an error."""

    act: ClassVar[str] = ""
    clause: str


@dataclass(frozen=True, slots=True)
class Confirm(Correction):
    """The clause is right as it stands."""

    act: ClassVar[str] = "confirm"


@dataclass(frozen=True, slots=True)
class FieldChange(Correction):
    """A change of one field. `findings` are the defects of the clause after it; None keeps the old."""

    field: ClassVar[str] = ""
    findings: tuple[Finding, ...] | None = dataclass_field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class SetAddressees(FieldChange):
    """These answer for the clause; `partners` help or control."""

    act: ClassVar[str] = "addressees"
    field: ClassVar[str] = "addressees"
    addressees: tuple[Addressee, ...]
    partners: tuple[Addressee, ...] = ()


@dataclass(frozen=True, slots=True)
class SetDeadline(FieldChange):
    """The clause is due then."""

    act: ClassVar[str] = "deadline"
    field: ClassVar[str] = "deadline"
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class SetTargets(FieldChange):
    """The clause demands these quantities."""

    act: ClassVar[str] = "targets"
    field: ClassVar[str] = "targets"
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class SetReferences(FieldChange):
    """The clause names these acts, projects and procedures."""

    act: ClassVar[str] = "references"
    field: ClassVar[str] = "references"
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class SetTheme(FieldChange):
    """The clause is about this."""

    act: ClassVar[str] = "theme"
    field: ClassVar[str] = "theme"
    theme: Theme


@dataclass(frozen=True, slots=True)
class SetText(FieldChange):
    """The clause reads so; its other fields stay as they are."""

    act: ClassVar[str] = "text"
    field: ClassVar[str] = "text"
    text: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class SetSection(FieldChange):
    """The clause stands under these headings. `addressees` answer through them for a clause that names none.

    None leaves who answers as it is.
    """

    act: ClassVar[str] = "section"
    field: ClassVar[str] = "section"
    headings: tuple[Heading, ...]
    addressees: tuple[Addressee, ...] | None = None


@dataclass(frozen=True, slots=True)
class NotMeasure(Correction):
    """The clause orders nothing that could be controlled; `kind` says what it is, where its author knows."""

    act: ClassVar[str] = "not_measure"
    kind: PartKind | None = None


@dataclass(frozen=True, slots=True)
class MakeHeading(Correction):
    """The clause is a heading of the measures `over`; `executors` answer for those that name nobody."""

    act: ClassVar[str] = "heading"
    heading: Heading
    over: tuple[str, ...] = ()
    executors: tuple[Addressee, ...] = ()


@dataclass(frozen=True, slots=True)
class MakeMeasure(Correction):
    """What stood among the other clauses is a measure; `reading` is it with its fields."""

    act: ClassVar[str] = "measure"
    reading: Clause


@dataclass(frozen=True, slots=True)
class Split(Correction):
    """The clause is several measures, each with its own fields."""

    act: ClassVar[str] = "split"
    pieces: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Merge(Correction):
    """The clause and the measure right after it are one."""

    act: ClassVar[str] = "merge"
    following: str


@dataclass(frozen=True, slots=True)
class AddClause(Correction):
    """A measure that the reading missed. `clause` is its new id, `after` what it stands below."""

    act: ClassVar[str] = "add"
    reading: Clause
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Dismiss(Correction):
    """A finding is left as it is. `clause` is "" for a finding of the whole document."""

    act: ClassVar[str] = "dismiss"
    finding: str


@dataclass(frozen=True, slots=True)
class ApplyMend(Correction):
    """The mend that a finding offers is taken: `change` is what it does to the clause."""

    act: ClassVar[str] = "mend"
    finding: str
    change: Correction


KINDS: Final[dict[str, type[Correction]]] = {
    kind.act: kind
    for kind in (
        Confirm, SetAddressees, SetDeadline, SetTargets, SetReferences, SetTheme, SetText, SetSection,
        NotMeasure, MakeHeading, MakeMeasure, Split, Merge, AddClause, Dismiss, ApplyMend,
    )
}  # fmt: skip


def as_json(correction: Correction) -> dict[str, Any]:
    """Return the correction as JSON values, with its act."""
    if isinstance(correction, ApplyMend):
        own = {"clause": correction.clause, "finding": correction.finding}
        return {"act": correction.act, **own, "change": as_json(correction.change)}
    return {"act": correction.act, **plain(correction)}


def from_json(data: dict[str, Any]) -> Correction:
    """Return the correction that `as_json` wrote. Raises KeyError for an unknown act."""
    kind = KINDS[data["act"]]
    if kind is ApplyMend:
        return ApplyMend(data["clause"], data["finding"], from_json(data["change"]))
    return restored(kind, data)
