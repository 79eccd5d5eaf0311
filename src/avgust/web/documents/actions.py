"""What people do with documents. Each act is whole or nothing, and stands in the journal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.utils import timezone

import avgust
from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.headline import headline
from avgust.domain.resolutions.model import EarlierClause, Header, Resolution
from avgust.domain.resolutions.review import corrections as said
from avgust.domain.resolutions.review.clause import Review, opening
from avgust.domain.resolutions.review.fold import extended, lineage
from avgust.domain.resolutions.review.progress import progress
from avgust.isolation import parse_isolated
from avgust.web import files
from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.documents import codes
from avgust.web.documents.models import Correction, Document, Reading
from avgust.web.documents.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit

EARLIER_DOCUMENTS: Final = 5  # how many adopted documents of the unit a new one is compared with


class Refused(Exception):  # noqa: N818 - an answer to a person, not a failure
    """The act does not fit what stands; `reason` says why, in words for the person."""

    def __init__(self, reason: Message) -> None:
        self.reason = reason
        super().__init__(reason.render("en"))


class Overtaken(Refused):
    """Somebody else changed the same clause after the person saw it. `rows` are those changes."""

    def __init__(self, rows: Sequence[Correction]) -> None:
        self.rows = rows
        super().__init__(Message(mark("Somebody else changed this clause while you were looking at it.")))


@dataclass(frozen=True, slots=True)
class Upload:
    """The outcome of an upload: a new document, or the one that already has this file."""

    document: Document
    created: bool


def upload_document(*, actor: User, unit: Unit, name: str, data: bytes) -> Upload:
    """Read the file and keep it with its reading. The same file again in the same unit is the same document.

    Raises ReadError where the file cannot be read; then nothing is stored.
    """
    _require(actor, Action.UPLOAD_DOCUMENT, unit)
    known = Document.objects.filter(unit=unit, sha256=files.digest_of(data)).first()
    if known:
        return Upload(known, created=False)
    resolution = read_document(unit=unit, name=name, data=data)
    try:
        document = keep_document(actor=actor, unit=unit, name=name, data=data, resolution=resolution)
    except IntegrityError:  # the same file in two windows at once
        return Upload(Document.objects.get(unit=unit, sha256=files.digest_of(data)), created=False)
    return Upload(document, created=True)


def read_document(*, unit: Unit, name: str, data: bytes) -> Resolution:
    """Read a file beside what its unit adopted before; nothing is kept, and no transaction waits for it."""
    return parse_isolated(data, name, earlier_clauses(unit))


@transaction.atomic
def keep_document(*, actor: User, unit: Unit, name: str, data: bytes, resolution: Resolution) -> Document:
    """Keep a file with its reading, under review from now on."""
    _require(actor, Action.UPLOAD_DOCUMENT, unit)
    files.hold(files.digest_of(data))
    file_name = files.plain_name(name, "document")
    document = Document(
        unit=unit,
        title=_title(resolution) or file_name,
        sha256=files.digest_of(data),
        file_name=file_name,
        size=len(data),
        format=resolution.document.format,
        adopted_on=_adopted_on(resolution.header),
        school_year=resolution.header.school_year.value[:9] if resolution.header.school_year else "",
        uploaded_by=actor,
    )
    _count(document, opening(resolution))
    document.save()
    Reading.objects.create(
        document=document, parser_version=avgust.__version__, body=Reading.packed(resolution)
    )
    record(
        actor=actor,
        code=codes.UPLOADED,
        subject=document,
        after={"file": file_name, "sha256": document.sha256},
    )
    files.keep(data)
    return document


def earlier_clauses(unit: Unit) -> tuple[EarlierClause, ...]:
    """Return the measures of the unit's latest adopted documents, for overlaps across years."""
    adopted = Document.objects.filter(unit=unit, status=Document.Status.ADOPTED)
    return tuple(
        EarlierClause(document.title, row.clause.label, row.clause.text, document.adopted_on)
        for document in adopted.order_by("-adopted_on", "-pk")[:EARLIER_DOCUMENTS]
        for row in Standing.of(document).review.measures
    )


@transaction.atomic
def correct(
    document: Document, correction: said.Correction, *, actor: User, seen: int, reason: str = ""
) -> Correction:
    """Add what `actor` says about a clause, who saw version `seen` of the review.

    A change of another person elsewhere in the document is no hindrance. Raises Overtaken when the same
    clause was changed since, Refused when the correction does not fit; then nothing is stored.
    """
    _require(actor, Action.REVIEW_DOCUMENT, document.unit)
    locked = _open(document)
    newer = _changes_since(locked, correction, seen, actor)
    if newer:
        raise Overtaken(newer)
    return _append(Standing.of(locked), correction, actor, reason)


def _append(
    standing: Standing,
    correction: said.Correction,
    actor: User,
    reason: str,
    redo_of: Correction | None = None,
) -> Correction:
    """Add a correction that fits; the document moves on with it."""
    document = standing.document
    correction, after = _laid(standing, correction)
    row = Correction.objects.create(
        document=document,
        version=document.version + 1,
        clause=correction.clause,
        act=correction.act,
        body=said.as_json(correction),
        actor=actor,
        reason=reason,
        redo_of=redo_of,
    )
    _moved_on(document, after)
    told = {"label": _label(standing, correction.clause), "act": correction.act, "version": row.version}
    code = codes.REDONE if redo_of else codes.CORRECTED
    record(actor=actor, code=code, subject=document, after=told, reason=reason)
    transaction.on_commit(lambda: standing.keep(row, after))
    return row


def _laid(standing: Standing, correction: said.Correction) -> tuple[said.Correction, Review]:
    """Return `correction` with the defects of its clause after it, and what then stands."""
    after = _fitting(standing, correction)
    inner = correction.change if isinstance(correction, said.ApplyMend) else correction
    row = after.find(inner.clause)
    if not isinstance(inner, said.FieldChange) or row is None or not row.measure or not row.clause.n:
        return correction, after
    earlier = earlier_clauses(standing.document.unit) if isinstance(inner, said.SetText) else None
    inner = replace(inner, findings=standing.rereader.findings(after, row, earlier))
    correction = replace(correction, change=inner) if isinstance(correction, said.ApplyMend) else inner
    return correction, _fitting(standing, correction)


def _fitting(standing: Standing, correction: said.Correction) -> Review:
    """Return what stands with `correction`. Raises Refused where it does not fit."""
    known = len(standing.review.conflicts)
    after = extended(standing.review, [correction], standing.fold.count)
    if len(after.conflicts) > known:
        raise Refused(after.conflicts[-1].reason)
    return after


@transaction.atomic
def undo(document: Document, *, actor: User) -> Correction | None:
    """Take back the last standing correction of `actor`; None when there is none.

    Later corrections of others stay. One that needs what is taken back falls silent, and speaks again
    when it returns.
    """
    _require(actor, Action.REVIEW_DOCUMENT, document.unit)
    locked = _open(document)
    row = locked.corrections.standing().filter(actor=actor).last()
    if row is None:
        return None
    standing = Standing.of(locked)
    row.undone_by, row.undone_at, row.undone_version = actor, timezone.now(), locked.version + 1
    row.save(update_fields=["undone_by", "undone_at", "undone_version"])
    _moved_on(locked, standing.without(row))
    record(
        actor=actor,
        code=codes.UNDONE,
        subject=locked,
        after={"label": _label(standing, row.clause), "act": row.act, "version": locked.version},
    )
    return row


@transaction.atomic
def redo(document: Document, *, actor: User) -> Correction | None:
    """Say again what `actor` took back last; None when there is nothing, or something new was said since.

    The correction comes back as a new one, after what others said meanwhile. Raises Refused where it no
    longer fits.
    """
    _require(actor, Action.REVIEW_DOCUMENT, document.unit)
    locked = _open(document)
    row = redoable(locked, actor)
    if row is None:
        return None
    return _append(Standing.of(locked), row.said, actor, row.reason, redo_of=row)


def redoable(document: Document, actor: User) -> Correction | None:
    """Return what `actor` would bring back next: undone after the last thing newly said."""
    own = document.corrections.filter(actor=actor)
    newest = own.filter(redo_of=None).aggregate(version=Max("version"))["version"] or 0
    undone = own.filter(undone_version__gt=newest, redone_as=None)
    return undone.order_by("-undone_version").first()


@transaction.atomic
def describe_document(document: Document, *, actor: User, title: str, adopted_on: date | None) -> Document:
    """Set what the document is called and when it was adopted, where its header was misread or is silent."""
    _require(actor, Action.REVIEW_DOCUMENT, document.unit)
    locked = _open(document)
    title = " ".join(title.split())
    if not title:
        raise Refused(Message(mark("A document needs a title.")))
    before = {"title": locked.title, "adopted_on": locked.adopted_on}
    locked.title, locked.adopted_on = title[:500], adopted_on
    locked.version += 1
    locked.save()
    after = {"title": locked.title, "adopted_on": locked.adopted_on}
    record(actor=actor, code=codes.DESCRIBED, subject=locked, before=before, after=after)
    return locked


@transaction.atomic
def delete_document(document: Document, *, actor: User) -> None:
    """Delete a document that was never adopted. Its file stays while another unit has it."""
    _require(actor, Action.DELETE_DOCUMENT, document.unit)
    locked = _open(document)
    record(
        actor=actor,
        code=codes.DELETED,
        subject=locked,
        before={"file": locked.file_name, "sha256": locked.sha256},
    )
    digest = locked.sha256
    locked.delete()
    transaction.on_commit(lambda: files.forget(digest))


def _require(actor: User, action: Action, unit: Unit) -> None:
    if not actor.may(action, unit):
        raise PermissionDenied


def _open(document: Document) -> Document:
    """Return `document` locked for this transaction; an adopted one is closed, a deleted one is 404."""
    locked = get_object_or_404(Document.objects.select_for_update(), pk=document.pk)
    if locked.adopted:
        raise Refused(Message(mark("The document is adopted: its review is closed.")))
    return locked


def _changes_since(
    document: Document, correction: said.Correction, seen: int, actor: User
) -> list[Correction]:
    """Return what other people did after version `seen` to the clauses concerned, or to what they were."""
    concerned = {correction.clause, getattr(correction, "following", "")} - {""}
    names = {name for clause in concerned for name in lineage(clause)}
    rows = document.corrections.filter(clause__in=names).exclude(actor=actor).select_related("actor")
    return [row for row in rows if max(row.version, row.undone_version or 0) > seen]


def _moved_on(document: Document, after: Review) -> None:
    document.version += 1
    _count(document, after)
    document.save()


def _count(document: Document, review: Review) -> None:
    now = progress(review)
    document.measures, document.checked = now.total, now.checked
    document.open_findings, document.severe_findings = now.open_findings, len(now.severe)


def _label(standing: Standing, clause: str) -> str:
    row = standing.review.find(clause)
    return (row.clause.label if row else None) or "—"


def _title(resolution: Resolution) -> str:
    """Return the printed title in sentence case."""
    title = resolution.header.title
    return headline(title.value[:500], resolution.document.text) if title else ""


def _adopted_on(header: Header) -> date | None:
    try:
        return date.fromisoformat(header.adopted.value) if header.adopted else None
    except ValueError:
        return None
