"""What people do with codifiers: keep a draft, import it after a second look, put it away, undo an import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avgust.domain.assessment.codifiers import Codifier, Fact, Reading
from avgust.domain.assessment.codifiers.package import from_package, to_package
from avgust.domain.assessment.codifiers.reading import read_codifier
from avgust.isolation import read_table_isolated
from avgust.web import audit, files
from avgust.web.accounts.rights import Action
from avgust.web.assessments.codifiers import codes
from avgust.web.assessments.codifiers.models import CodifierDraft, CodifierEdition, CodifierEntry
from avgust.web.assessments.codifiers.shelf import earlier_of, editions_of
from avgust.web.assessments.codifiers.usage import specifications_of
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


def require(actor: User, unit: Unit) -> None:
    """Stop who does not set specifications there."""
    if not actor.may(Action.IMPORT_RESULTS, unit):
        raise PermissionDenied(
            _("Codifiers of this territory are imported by its own analysts and officers.")
        )


def read_file(data: bytes, given: Mapping[Fact, str]) -> Reading:
    """Return what a file says; a table is read in a process of its own. Raises TableError."""
    return read_codifier(data, read_table_isolated, given)


@transaction.atomic
def draft_codifier(codifier: Codifier, *, actor: User, unit: Unit, name: str) -> CodifierDraft:
    """Keep a codifier for a second look; nothing is in force before `apply_draft`."""
    require(actor, unit)
    _check(codifier, editions_of(unit, codifier.name))
    return CodifierDraft.objects.create(
        unit=unit,
        title=codifier.title,
        package=to_package(codifier).decode(),
        file_name=files.plain_name(name, "codifier"),
        uploaded_by=actor,
    )


def _check(codifier: Codifier, editions: list[CodifierEdition]) -> None:
    """Stop an edition that contradicts those which stand."""
    told = {"name": codifier.name, "edition": codifier.edition}
    if any(one.edition == codifier.edition for one in editions):
        said = _(
            "Edition %(edition)s of “%(name)s” is here already. Name this one otherwise, or undo the import"
            " of that one."
        )
        raise ValidationError(said % told)
    if any(one.since == codifier.since for one in editions):
        said = _("Another edition of “%(name)s” is in force from the same day. Mend the day in the file.")
        raise ValidationError(said % told)
    if any((one.subject, one.kind) != (codifier.subject, codifier.kind) for one in editions):
        said = _("“%(name)s” is a codifier of another subject or kind here. Give this one another name.")
        raise ValidationError(said % told)


@transaction.atomic
def apply_draft(draft: CodifierDraft, *, actor: User, against: int | None) -> CodifierEdition:
    """Import a draft. `against` is the edition that its difference was shown with: still the same one."""
    locked = _checking(draft, actor)
    Unit.objects.select_for_update(no_key=True).get(
        pk=locked.unit_id
    )  # two first editions wait for each other
    codifier = codifier_in(locked)
    editions = editions_of(locked.unit, codifier.name)
    _check(codifier, editions)
    earlier = earlier_of(editions, codifier.since)
    if (earlier.pk if earlier else None) != against:
        raise ValidationError(_("The earlier edition has changed meanwhile: look at the difference again."))
    made = _write(codifier, locked, actor)
    locked.status, locked.package, locked.made = CodifierDraft.Status.APPLIED, "", made
    locked.save(update_fields=["status", "package", "made"])
    told = {"entries": made.size, "since": made.since}
    audit.record(actor=actor, code=codes.CODIFIER_IMPORTED, subject=made, after=told, unit=made.unit)
    return made


def codifier_in(draft: CodifierDraft) -> Codifier:
    """Return the codifier of a draft that is still checked."""
    found = from_package(draft.package.encode()).codifier
    if found is None:
        raise ValidationError(_("The draft can no longer be read. Upload the file again."))
    return found


def _write(codifier: Codifier, draft: CodifierDraft, actor: User) -> CodifierEdition:
    basis = codifier.basis
    made = CodifierEdition.objects.create(
        unit=draft.unit,
        name=codifier.name,
        subject=codifier.subject.value,
        kind=codifier.kind.value,
        edition=codifier.edition,
        title=codifier.title,
        since=codifier.since,
        until=codifier.until,
        basis=basis.title,
        number=basis.number,
        day=basis.day,
        size=len(codifier.entries),
        file_name=draft.file_name,
        imported_by=actor,
    )
    CodifierEntry.objects.bulk_create(
        (
            CodifierEntry(
                edition=made,
                place=place,
                code=one.code,
                title=one.title,
                parent=one.parent,
                grades=list(one.grades),
            )
            for place, one in enumerate(codifier.entries)
        ),
        batch_size=1000,
    )
    return made


@transaction.atomic
def drop_draft(draft: CodifierDraft, *, actor: User) -> None:
    """Put a draft away without importing it."""
    locked = _checking(draft, actor)
    locked.status, locked.package = CodifierDraft.Status.DROPPED, ""
    locked.save(update_fields=["status", "package"])
    audit.record(actor=actor, code=codes.CODIFIER_DROPPED, subject=locked, unit=locked.unit)


def _checking(draft: CodifierDraft, actor: User) -> CodifierDraft:
    require(actor, draft.unit)
    locked = CodifierDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.status != CodifierDraft.Status.CHECKING:
        raise ValidationError(_("This draft is imported or put away already: upload the file again."))
    return locked


@transaction.atomic
def undo_edition(edition: CodifierEdition, *, actor: User) -> None:
    """Take an edition out of use while no specification names it; the row stays, marked."""
    require(actor, edition.unit)
    locked = CodifierEdition.objects.select_for_update().get(pk=edition.pk)
    if locked.undone_at is not None:
        raise ValidationError(_("The import of this edition is undone already."))
    using = specifications_of(locked).count()
    if using:
        said = ngettext(
            "One specification names this edition: it stays.",
            "%(count)s specifications name this edition: it stays.",
            using,
        )
        raise ValidationError(said % {"count": using})
    locked.undone_at, locked.undone_by = timezone.now(), actor
    locked.save(update_fields=["undone_at", "undone_by"])
    audit.record(actor=actor, code=codes.CODIFIER_UNDONE, subject=locked, unit=locked.unit)
