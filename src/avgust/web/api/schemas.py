"""What programs read and send. Names are promises: none is renamed, new ones may be added (docs/api.md)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from avgust.domain.control.states import TRANSITIONS, Act, Side
from avgust.domain.evidence.papers import PAPERS
from avgust.domain.proof import Coverage, ProofState
from avgust.domain.publishing.open_data import CODES

# No text of a person holds NUL, and PostgreSQL stores none.
NO_NUL: Final = r"^[^\x00]*$"
Text = Annotated[str, StringConstraints(pattern=NO_NUL)]
Version = Annotated[int, Field(ge=0, le=2**31 - 1, description="“version” of the assignment as you read it")]
State = Literal["proven_by_data", "proven_by_document", "claimed", "contradicted", "not_done", "not_due"]
STATES: Final = {code: state for state, code in CODES.items()}
ACTS: Final = tuple(
    act.value for act, row in TRANSITIONS.items() if row.side is not Side.SYSTEM and act is not Act.REPORT
)
ActName = Literal[ACTS]  # type: ignore[valid-type]
PaperKind = Literal[PAPERS]  # type: ignore[valid-type]
StatusName = Literal[
    "waiting", "open", "reported", "returned", "accepted", "suspended", "removed", "cancelled", "passed_on"
]
Id = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Given(Schema):
    """What a program sends: a name that nobody knows is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")


class Organisation(Schema):
    """A unit of the territory."""

    id: int
    name: str


class Post(Schema):
    """A post of the person of the token."""

    role: str
    unit: Organisation


class Me(Schema):
    """Whose token it is and what it allows."""

    id: int
    scope: Literal["read", "write"]
    expires_on: date
    posts: list[Post]


class CoverageOut(Schema):
    """Assignments by their state of proof, as far as the person sees them."""

    total: int
    proven: int
    proven_by_data: int
    proven_by_document: int
    claimed: int
    contradicted: int
    not_done: int
    not_due: int


class ProgrammeOut(Schema):
    """A programme."""

    id: int
    title: str
    unit: Organisation
    school_year: str
    adopted_on: date | None
    measures: int


class Executor(Schema):
    """Who acts in a measure, as the document calls them."""

    name: str
    relation: str
    unit: Organisation | None


class MeasureOut(Schema):
    """A measure with its coverage."""

    id: int
    programme: int
    number: str
    section: str
    text: str
    theme: str
    due: date | None
    deadline: str
    status: Literal["in_force", "cancelled", "merged"]
    version: int
    executors: list[Executor]
    coverage: CoverageOut


class AssignmentOut(Schema):
    """A measure that an organisation owes."""

    id: int
    programme: int
    measure: int
    number: str
    unit: Organisation
    occurrence: str
    starts: date
    due: date | None
    first_due: date | None
    asked_due: date | None
    status: str
    proof: State | None
    version: int
    reported_at: datetime | None
    accepted_at: datetime | None


class EvidenceOut(Schema):
    """What shows that something was done; `file` is the address of one that is a file, else null."""

    id: int
    file: str | None
    kind: str
    title: str
    number: str
    dated: date | None
    url: str
    file_name: str
    size: int


class ReportOut(Schema):
    """A report that was sent; drafts are nobody's business but their authors'."""

    id: int
    assignment: int
    text: str
    outcome: Literal["sent", "accepted", "returned", "withdrawn"]
    sent_at: datetime | None
    decided_at: datetime | None
    evidence: list[EvidenceOut]


class YearOut(Schema):
    """What became of a similar clause of an earlier year."""

    school_year: str
    number: str
    text: str
    likeness: Annotated[float, Field(ge=0, le=1)]
    coverage: CoverageOut


class ExecutionRow(Schema):
    """A measure in the execution report: its state, what proves it, what happened on the way."""

    measure: int
    number: str
    section: str
    text: str
    executors: str
    deadline: str
    state: State | None
    coverage: CoverageOut
    not_done_by: list[str]
    not_done_by_more: int
    happened: list[str]
    proofs: list[str]
    why: list[str]
    years: list[YearOut]


class ExecutionOut(Schema):
    """A page of the execution report of a programme."""

    programme: int
    title: str
    day: date
    unit: Organisation | None
    coverage: CoverageOut
    items: list[ExecutionRow]
    next: int | None


class Programmes(Schema):
    """A page of programmes."""

    items: list[ProgrammeOut]
    next: int | None


class Measures(Schema):
    """A page of measures."""

    items: list[MeasureOut]
    next: int | None


class Assignments(Schema):
    """A page of assignments."""

    items: list[AssignmentOut]
    next: int | None


class Reports(Schema):
    """A page of reports."""

    items: list[ReportOut]
    next: int | None


class AssignmentFilter(Schema):
    """Which assignments are asked for; the conditions add up, days are inclusive."""

    programme: Id | None = None
    measure: Id | None = None
    unit: Id | None = None
    status: StatusName | None = None
    proof: State | None = None
    due_from: date | None = None
    due_to: date | None = None

    def conditions(self) -> dict[str, Any]:
        """Return what is asked, in the words of the database."""
        asked: dict[str, Any] = self.model_dump(include={"programme", "measure", "unit", "status"})
        asked |= {"due__gte": self.due_from, "due__lte": self.due_to}
        asked |= {"proof": STATES[self.proof].value if self.proof else None}
        return {key: value for key, value in asked.items() if value is not None}


class PaperIn(Given):
    """A link, minutes, a local act or an event as evidence; files are added in the browser."""

    kind: PaperKind
    title: Annotated[Text, Field(max_length=300)] = ""
    number: Annotated[Text, Field(max_length=60)] = ""
    dated: date | None = None
    url: Annotated[Text, Field(max_length=1000)] = ""


class ReportIn(Given):
    """A report to be sent at once."""

    version: Version
    text: Annotated[Text, Field(max_length=10_000)] = ""
    evidence: Annotated[list[PaperIn], Field(max_length=40)] = []


class ActIn(Given):
    """An act on an assignment; `day` is the deadline asked for, or the day of the event."""

    act: ActName
    version: Version
    reason: Annotated[Text, Field(max_length=2000)] = ""
    day: date | None = None


def coverage_out(found: Coverage | None) -> dict[str, int]:
    """Return a coverage as it is sent."""
    known = found or Coverage()
    counts = {code: known.count(state) for code, state in STATES.items()}
    return {"total": known.total, "proven": known.proven, **counts}


def state_out(value: str) -> str | None:
    """Return the code of a state as annotated on a row; None for what is not counted."""
    return CODES[ProofState(value)] if value in set(ProofState) else None


def unit_out(unit: Any) -> dict[str, Any]:
    """Return a unit as it is sent."""
    return {"id": unit.pk, "name": str(unit)}
