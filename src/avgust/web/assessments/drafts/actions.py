"""What an analyst does with a table of her own: sends it, says what columns are, checks, keeps, imports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from avgust.domain.assessment.works.mapping import LONGEST
from avgust.domain.assessment.works.meanings import Meaning, meanings_of
from avgust.domain.messages import Message, mark
from avgust.domain.tables import TableError
from avgust.web import audit, files
from avgust.web.assessments import codes
from avgust.web.assessments.actions import keep_mapping, require, upload_kept
from avgust.web.assessments.drafts.models import TableDraft, meaning_out
from avgust.web.assessments.drafts.reading import First, first_of
from avgust.web.assessments.kept_messages import message_out
from avgust.web.assessments.models import MappingPackage, Upload, Work
from avgust.web.assessments.tasks import check_table
from avgust.web.ui.requests import language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

BY_MAPPING: Final = mark("The mapping “%(name)s” says so.")
MOST_TRIED: Final = 300  # mappings that are held against the heads of a table


def send_table(work: Work, *, actor: User, name: str, data: bytes) -> TableDraft:
    """Keep a table and guess its columns; a kept mapping that fits fills them in. Raises ValidationError."""
    require(actor, work.unit)
    plain = files.plain_name(name, "table")
    draft = TableDraft(work=work, name=plain, size=len(data), sha256=files.keep(data), uploaded_by=actor)
    try:
        first = first_of(draft)
    except TableError as error:
        files.forget(draft.sha256)
        raise ValidationError(error.message.render(language())) from error
    _fill_in(draft, first, actor)
    with transaction.atomic():
        files.hold(draft.sha256)
        files.keep(data)  # again under the lock: another's sweep may have taken it since
        draft.save()
        audit.record(actor=actor, code=codes.TABLE_SENT, subject=work, unit=work.unit)
    return draft


def _fill_in(draft: TableDraft, first: First, actor: User) -> None:
    draft.sheets, draft.heads = first.sheets, list(first.heads)
    draft.sample = [list(row) for row in first.sample]
    draft.guesses = [message_out(one.why) for one in first.guesses]
    draft.meanings = [meaning_out(one.meaning) for one in first.guesses]
    draft.mapping_name = f"{draft.work}"[:LONGEST]
    fitting = fitting_mappings(actor, draft.work, first.heads)
    if fitting:
        _take(draft, fitting[0])


def fitting_mappings(actor: User, work: Work, heads: Sequence[str]) -> list[MappingPackage]:
    """Return the kept mappings that the heads fit: who takes most columns first, then those of the place."""
    known = MappingPackage.objects.visible_to(actor).last_editions().order_by("-kept_at", "-pk")[:MOST_TRIED]
    fitting = [one for one in known if meanings_of(one.value(), heads) is not None]
    return sorted(fitting, key=lambda one: (-len(one.value().heads), one.unit_id != work.unit_id))


def _take(draft: TableDraft, package: MappingPackage) -> None:
    """Fill the columns in by a kept mapping that fits."""
    found = meanings_of(package.value(), draft.heads)
    if found is None:
        raise ValidationError(_("This mapping does not fit the columns of the table: a head is missing."))
    said = message_out(Message(BY_MAPPING, {"name": package.name}))
    pairs = zip(draft.guesses, found, strict=True)
    draft.guesses = [said if one.is_taken else before for before, one in pairs]
    draft.meanings = [meaning_out(one) for one in found]
    draft.mapping_name, draft.proposed = package.name, package


def _locked(draft: TableDraft, actor: User) -> TableDraft:
    """Return the draft locked, with its work; what is no longer there is said."""
    rows = TableDraft.objects.select_for_update(of=("self",)).select_related("work__unit", "proposed")
    found = rows.filter(pk=draft.pk, uploaded_by=actor).first()
    if found is None:
        raise ValidationError(_("This table is imported or put away already: send it again."))
    require(actor, found.work.unit)
    return found


@transaction.atomic
def take_mapping(draft: TableDraft, package: MappingPackage, *, actor: User) -> None:
    """Fill the columns in by a kept mapping. Raises ValidationError where it does not fit."""
    locked = _locked(draft, actor)
    _take(locked, package)
    locked.check_state, locked.found = TableDraft.Check.NONE, None
    locked.save()


@transaction.atomic
def say_columns(draft: TableDraft, meanings: Sequence[Meaning], name: str, *, actor: User) -> TableDraft:
    """Keep what the columns are said to be; what an earlier check found of others is forgotten."""
    locked = _locked(draft, actor)
    said = [meaning_out(one) for one in meanings]
    if locked.meanings != said:
        locked.check_state, locked.found = TableDraft.Check.NONE, None
    locked.meanings, locked.mapping_name = said, name
    locked.save(update_fields=["meanings", "mapping_name", "check_state", "found"])
    return locked


def _require_mapping(draft: TableDraft) -> None:
    faults = draft.faults
    if faults:
        raise ValidationError([fault.what.render(language()) for fault in faults])


@transaction.atomic
def check_draft(draft: TableDraft, *, actor: User) -> None:
    """Have the worker read the whole file by the mapping; nothing is imported."""
    locked = _locked(draft, actor)
    _require_mapping(locked)
    locked.check_state, locked.found, locked.rows = TableDraft.Check.WAITING, None, 0
    locked.attempt += 1
    locked.save(update_fields=["check_state", "found", "rows", "attempt"])
    check_table.enqueue(locked.pk)


@transaction.atomic
def keep_draft_mapping(draft: TableDraft, *, actor: User) -> MappingPackage:
    """Keep the mapping under its name, for the territory of the work."""
    locked = _locked(draft, actor)
    _require_mapping(locked)
    return keep_mapping(actor=actor, unit=locked.work.unit, data=locked.mapping().package())


@transaction.atomic
def import_draft(draft: TableDraft, *, actor: User) -> Upload:
    """Keep the mapping and have the worker import the file by it; the draft is gone."""
    package = keep_draft_mapping(draft, actor=actor)
    locked = _locked(draft, actor)
    upload = upload_kept(locked.work, actor=actor, kept=locked, mapping=package)
    locked.delete()
    return upload


@transaction.atomic
def drop_draft(draft: TableDraft, *, actor: User) -> None:
    """Put a table away: its file is deleted, nothing is imported."""
    locked = _locked(draft, actor)
    digest = locked.sha256
    locked.delete()
    audit.record(actor=actor, code=codes.TABLE_DROPPED, subject=locked.work, unit=locked.work.unit)
    transaction.on_commit(lambda: files.forget(digest))
