"""What people do with causes and decisions. Each act is whole or nothing, and stands in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from avgust.domain.decisions import causes as domain
from avgust.domain.decisions.document import decision_docx
from avgust.domain.decisions.minutes import Genre, TypedDecision, faults_of, faults_of_clause, plain
from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.review.clause import opening
from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.decisions import codes
from avgust.web.decisions.models import Cause, CauseOfClause, Decision, ProofOfClause
from avgust.web.documents.actions import (
    Refused,
    describe_document,
    keep_document,
    read_document,
    upload_document,
)
from avgust.web.documents.models import Document
from avgust.web.documents.standing import Standing
from avgust.web.programmes.models import AdoptedClause

if TYPE_CHECKING:
    from avgust.domain.resolutions.model import Resolution
    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit

WHOLE = ""  # the clause of a link to the whole document


class Faulty(Refused):
    """A cause or a decision is not whole; `faults` say it field by field."""

    def __init__(self, faults: Sequence[domain.Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(faults[0].told)


def require(actor: User, unit: Unit) -> None:
    """Raise PermissionDenied for who may prepare no decisions of `unit`."""
    if not actor.may(Action.PREPARE_DECISIONS, unit):
        raise PermissionDenied


# ── causes ────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def record_cause(said: domain.Cause, *, actor: User, unit: Unit) -> Cause:
    """Record why a decision is to be taken. Raises Faulty."""
    require(actor, unit)
    row = Cause(unit=unit, recorded_by=actor)
    _fill(row, said)
    row.save()
    record(actor=actor, code=codes.RECORDED, subject=row, after=_values(row))
    return row


@transaction.atomic
def change_cause(cause: Cause, said: domain.Cause, *, actor: User) -> Cause:
    """Say a cause otherwise; once a decision on it is adopted, its words stand as they were decided on."""
    require(actor, cause.unit)
    row = Cause.objects.select_for_update(of=("self",)).select_related("unit").get(pk=cause.pk)
    if is_settled(row):
        told = mark("A decision on the cause is adopted: it stays as it was decided on. Record a new cause.")
        raise Refused(Message(told))
    before = _values(row)
    _fill(row, said)
    after = _values(row)
    if after != before:
        row.save()
        record(actor=actor, code=codes.CHANGED, subject=row, before=before, after=after)
    return row


@transaction.atomic
def delete_cause(cause: Cause, *, actor: User) -> None:
    """Take away a cause that was recorded by mistake; one with a decision stays."""
    require(actor, cause.unit)
    row = Cause.objects.select_for_update(of=("self",)).get(pk=cause.pk)
    record(actor=actor, code=codes.DELETED, subject=row, before=_values(row))
    try:
        row.delete()
    except ProtectedError as linked:
        raise Refused(
            Message(mark("A decision follows from the cause: take it from the clauses first."))
        ) from linked


def is_settled(cause: Cause) -> bool:
    """Tell whether a decision on the cause is adopted."""
    return cause.clauses.filter(document__status=Document.Status.ADOPTED).exists()


def _fill(row: Cause, said: domain.Cause) -> None:
    said = replace(
        said, words=plain(said.words), source=plain(said.source), measured_in=plain(said.measured_in)
    )
    faults = domain.faults_of(said, timezone.localdate())
    if faults or said.observed_on is None:
        raise Faulty(faults)
    row.kind, row.words, row.observed_on = said.kind.value, said.words, said.observed_on
    row.value, row.expected = said.value, said.expected
    row.measured_in = said.measured_in if said.value is not None else ""
    row.source, row.address = said.source, said.address


def _values(row: Cause) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "words": row.words,
        "observed_on": row.observed_on,
        "value": row.value,
        "expected": row.expected,
        "measured_in": row.measured_in,
        "seen_in": row.source,
        "address": row.address,
    }


# ── decisions ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept beside the text of typed clauses, by their places from 0."""

    causes: Mapping[int, Sequence[Cause]]
    proofs: Mapping[int, Sequence[str]]  # kinds of control.Evidence


def type_decision(typed: TypedDecision, kept: Kept, *, actor: User, unit: Unit) -> Decision:
    """Make a document of typed clauses: it is read, reviewed and adopted like an uploaded one.

    Raises Faulty, and Refused where the same decision was typed before. The file is read before the
    transaction begins, so that nobody waits for the parser.
    """
    require(actor, unit)
    faults = [
        *faults_of(typed, timezone.localdate()),
        *(f for c in typed.clauses for f in faults_of_clause(c)),
    ]
    if faults:
        raise Faulty(faults)
    name, data = f"{typed.heading[:100]}.docx", decision_docx(typed)
    resolution = read_document(unit=unit, name=name, data=data)
    try:
        return _kept(typed, kept, actor, unit, name, data, resolution)
    except IntegrityError as twice:
        told = mark("A decision with this number, day and title is typed already: look for it in the list.")
        raise Refused(Message(told)) from twice


@transaction.atomic
def _kept(
    typed: TypedDecision, kept: Kept, actor: User, unit: Unit, name: str, data: bytes, resolution: Resolution
) -> Decision:
    document = keep_document(actor=actor, unit=unit, name=name, data=data, resolution=resolution)
    if (document.title, document.adopted_on) != (typed.heading, typed.held_on):
        document = describe_document(document, actor=actor, title=typed.heading, adopted_on=typed.held_on)
    decision = Decision.objects.create(
        unit=unit,
        document=document,
        genre=typed.genre.value,
        number=typed.number,
        title=plain(typed.title),
        held_on=typed.held_on,
        typed=True,
        recorded_by=actor,
    )
    ids = _ids(resolution, len(typed.clauses))
    for place, causes in kept.causes.items():
        _link(document, ids[place], causes, actor)
    ProofOfClause.objects.bulk_create(
        ProofOfClause(document=document, clause=ids[place], kinds=sorted(set(kinds)))
        for place, kinds in kept.proofs.items()
        if kinds and ids[place]
    )
    after = {"clauses": len(typed.clauses), "genre": typed.genre.value}
    record(actor=actor, code=codes.TYPED, subject=decision, after=after)
    return decision


def _ids(resolution: Resolution, count: int) -> list[str]:
    """Return the id in the review of each typed clause, by its number; WHOLE where it has none."""
    known = {row.clause.label: row.id for row in opening(resolution).clauses if row.clause.label}
    return [known.get(str(place), WHOLE) for place in range(1, count + 1)]


def upload_decision(
    *, actor: User, unit: Unit, name: str, data: bytes, genre: Genre, number: str, causes: Iterable[Cause]
) -> Decision:
    """Upload a document as a decision; its causes are those of the whole until they are told by clause.

    A file that is here already becomes a decision. Raises ReadError where it cannot be read.
    """
    require(actor, unit)
    document = upload_document(actor=actor, unit=unit, name=name, data=data).document
    return make_decision(document, actor=actor, genre=genre, number=number, causes=causes)


@transaction.atomic
def make_decision(
    document: Document, *, actor: User, genre: Genre, number: str = "", causes: Iterable[Cause] = ()
) -> Decision:
    """Record that a document is a decision, also an adopted one; a second time changes nothing."""
    require(actor, document.unit)
    defaults = {
        "unit": document.unit,
        "genre": genre.value,
        "number": plain(number)[:40],
        "recorded_by": actor,
    }
    decision, made = Decision.objects.get_or_create(document=document, defaults=defaults)
    if made:
        record(actor=actor, code=codes.MADE, subject=decision, after={"genre": genre.value})
    given, locked = list(causes), Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    of_whole: dict[str, AdoptedClause | None] = clauses_of(locked) if locked.adopted else {WHOLE: None}
    for clause, source in of_whole.items():
        _link(document, clause, given, actor, source)
    return decision


# ── which clause follows from which cause ─────────────────────────────────────────────────────────────


@transaction.atomic
def link_cause(decision: Decision, cause: Cause, clauses: Sequence[str], *, actor: User) -> int:
    """Say that clauses of a decision follow from a cause; return how many are new. WHOLE names all of them.

    Raises Refused for a clause that the document does not have.
    """
    require(actor, decision.unit)
    document = Document.objects.select_for_update(of=("self",)).get(pk=decision.document_id)
    known = clauses_of(document)
    chosen = [*known] if WHOLE in clauses and document.adopted else list(dict.fromkeys(clauses))
    if not chosen or any(clause != WHOLE and clause not in known for clause in chosen):
        raise Refused(Message(mark("The document has no such clause any more. Look at the page again.")))
    return sum(_link(document, clause, [cause], actor, known.get(clause)) for clause in chosen)


@transaction.atomic
def unlink_cause(link: CauseOfClause, *, actor: User) -> None:
    """Take a cause from a clause; what follows from nothing any more stays in force."""
    decision = Decision.objects.select_related("unit", "document").get(document=link.document_id)
    require(actor, decision.unit)
    row = (
        CauseOfClause.objects.select_for_update(of=("self",))
        .select_related("cause")
        .filter(pk=link.pk)
        .first()
    )
    if row is None:
        return
    before = {"label": row.source.label if row.source else row.clause, "cause": str(row.cause)}
    record(actor=actor, code=codes.UNLINKED, subject=decision, before=before, after={"cause": str(row.cause)})
    row.delete()


def clauses_of(document: Document) -> dict[str, AdoptedClause | None]:
    """Return the clauses that a cause may be given to: adopted ones, or those of the review as it stands."""
    if document.adopted:
        return {one.clause: one for one in document.adopted_clauses.defer("search", "marks")}
    return {row.id: None for row in Standing.of(document).review.clauses}


def _link(
    document: Document,
    clause: str,
    causes: Iterable[Cause],
    actor: User,
    source: AdoptedClause | None = None,
) -> int:
    made = 0
    for cause in causes:
        defaults = {"source": source, "linked_by": actor}
        _row, new = CauseOfClause.objects.get_or_create(
            cause=cause, document=document, clause=clause, defaults=defaults
        )
        if new:
            made += 1
            after = {"cause": str(cause), "label": source.label if source else clause}
            record(actor=actor, code=codes.LINKED, subject=document.decision, after=after)
    return made
