"""What people do with works: add one, set its specification, upload results, take an upload out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.domain.assessment.works import Item
from avgust.domain.assessment.works.mapping import Mapping, MappingError
from avgust.domain.assessment.works.specification import faults_of
from avgust.web import audit, files
from avgust.web.accounts.rights import Action
from avgust.web.assessments import codes
from avgust.web.assessments.codifiers.choosing import faults_of_codifiers
from avgust.web.assessments.codifiers.codes import CODIFIERS_CHOSEN
from avgust.web.assessments.codifiers.models import CodifierEdition
from avgust.web.assessments.codifiers.shelf import codes_of
from avgust.web.assessments.models import (
    MappingPackage,
    SpecificationOfWork,
    Upload,
    UploadFile,
    Work,
    WorkItem,
)
from avgust.web.assessments.tables import KeptFile
from avgust.web.assessments.tasks import read_upload
from avgust.web.territory.models import Unit
from avgust.web.ui.requests import language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

MOST_FILES: Final = 2_000


def require(actor: User, unit: Unit) -> None:
    """Stop who does not import results there."""
    if not actor.may(Action.IMPORT_RESULTS, unit):
        raise PermissionDenied(_("Results of this territory are imported by its own analysts and officers."))


@transaction.atomic
def add_work(*, actor: User, unit: Unit, **said: Any) -> Work:
    """Add a work; its specification is set apart, or taken from the first F1."""
    require(actor, unit)
    work = Work(unit=unit, added_by=actor, **said)
    work.full_clean()
    work.save()
    audit.record(actor=actor, code=codes.ADDED, subject=work, unit=unit)
    return work


@transaction.atomic
def set_specification(
    work: Work,
    *,
    actor: User,
    items: Sequence[Item],
    cuts: Dictionary[int, int],
    since: date,
    basis: str = "",
    variants: Sequence[str] = (),
    content_codifier: CodifierEdition | None = None,
    skill_codifier: CodifierEdition | None = None,
) -> SpecificationOfWork:
    """Set items and cut scores from a day on. With results there, the items themselves stay as they are.

    Codes of items that a codifier does not know are told beside them on the page of the work, and stay.
    """
    require(actor, work.unit)
    faults = [fault.render(language()) for fault in faults_of(items, cuts)]
    if since > work.held_on:
        said = _("The work was held on %(day)s: its specification is in force from that day or earlier.")
        faults.append(said % {"day": f"{work.held_on:%d.%m.%Y}"})
    before = work.specification
    has_results = Work.objects.select_for_update().get(pk=work.pk).pupils > 0
    if before and has_results and _shape(before.value().items) != _shape(items):
        faults.append(_("Results are there: items and their maxima stay as they are. Add another work."))
    faults += faults_of_codifiers(work, content_codifier, skill_codifier)
    if faults:
        raise ValidationError(faults)
    made = SpecificationOfWork.objects.create(
        work=work,
        content_codifier=content_codifier,
        skill_codifier=skill_codifier,
        since=since,
        basis=basis,
        cuts={str(mark): least for mark, least in cuts.items()},
        variants=sorted(variants),
        set_by=actor,
    )
    WorkItem.objects.bulk_create(
        WorkItem(
            specification=made,
            place=place,
            code=item.code,
            maximum=item.maximum,
            level=item.level or "",
            content=item.content,
            skill=item.skill,
            criteria=item.criteria,
        )
        for place, item in enumerate(items)
    )
    told = {"items": len(items), "since": since, "basis": basis}
    audit.record(actor=actor, code=codes.SPECIFIED, subject=work, after=told, unit=work.unit)
    return made


@transaction.atomic
def choose_codifiers(
    work: Work,
    *,
    actor: User,
    content: CodifierEdition | None,
    skills: CodifierEdition | None,
    mend: Collection[str] = (),
    against: int,
) -> SpecificationOfWork:
    """Have the specification in force name these codifiers; items, cut scores and days stay as they are.

    `mend` are the codes of items in which the nearest code replaces each that is not known. `against` is the
    specification that was looked at: another one meanwhile is looked at first.
    """
    require(actor, work.unit)
    Work.objects.select_for_update().get(pk=work.pk)
    before = work.specification
    if before is None or before.pk != against:
        raise ValidationError(_("The specification has changed meanwhile: look at the items again."))
    by_content, by_skills = (one and codes_of(one) for one in (content, skills))
    items, mended = [], 0
    for item in before.value().items:
        said = item
        if item.code in mend:
            said = replace(
                item,
                content=by_content.mended(item.content) if by_content else item.content,
                skill=by_skills.mended(item.skill) if by_skills else item.skill,
            )
        mended += said != item
        items.append(said)
    made = set_specification(
        work,
        actor=actor,
        items=items,
        cuts=before.value().cuts,
        since=before.since,
        basis=before.basis,
        variants=before.variants,
        content_codifier=content,
        skill_codifier=skills,
    )
    told = {"content": content and content.reference, "skills": skills and skills.reference, "mended": mended}
    audit.record(actor=actor, code=CODIFIERS_CHOSEN, subject=work, after=told, unit=work.unit)
    return made


def _shape(items: Sequence[Item]) -> list[tuple[str, int]]:
    return [(item.code, item.maximum) for item in items]


@transaction.atomic
def upload_results(
    work: Work,
    *,
    actor: User,
    sent: Sequence[tuple[str, bytes]],
    mapping: MappingPackage | None = None,
    amends: Upload | None = None,
) -> Upload:
    """Keep the files (name, content) and have the worker read them. `amends`: mended rows of an upload."""
    require(actor, work.unit)
    if not sent:
        raise ValidationError(
            _("There is no table among the files: take XLSX, ODS, XLS, CSV or a ZIP of them.")
        )
    if len(sent) > MOST_FILES:
        said = _("More than %(limit)s files were sent at once. Divide them.")
        raise ValidationError(said % {"limit": MOST_FILES})
    kept = [(name, len(data), files.keep(data)) for name, data in sent]
    return _enqueued(work, actor, kept, mapping, amends)


@transaction.atomic
def upload_paths(work: Work, *, actor: User, paths: Sequence[Path]) -> Upload:
    """Keep files of any size from the disk of the server and have the worker read them."""
    require(actor, work.unit)
    kept = [(path.name, path.stat().st_size, files.keep_file(path)) for path in paths]
    return _enqueued(work, actor, kept, None, None)


@transaction.atomic
def upload_kept(work: Work, *, actor: User, kept: KeptFile, mapping: MappingPackage) -> Upload:
    """Have the worker read a file that is kept already by a mapping."""
    require(actor, work.unit)
    return _enqueued(work, actor, [(kept.name, kept.size, kept.sha256)], mapping, None)


def _enqueued(
    work: Work,
    actor: User,
    kept: Sequence[tuple[str, int, str]],
    mapping: MappingPackage | None,
    amends: Upload | None,
) -> Upload:
    upload = Upload.objects.create(
        work=work, mapping=mapping, amends=amends, total=len(kept), uploaded_by=actor
    )
    UploadFile.objects.bulk_create(
        UploadFile(
            upload=upload,
            place=place,
            name=files.plain_name(name, "table"),
            size=size,
            sha256=digest,
        )
        for place, (name, size, digest) in enumerate(kept)
    )
    audit.record(actor=actor, code=codes.UPLOADED, subject=work, after={"files": len(kept)}, unit=work.unit)
    read_upload.enqueue(upload.pk)
    return upload


@transaction.atomic
def withdraw_upload(upload: Upload, *, actor: User) -> None:
    """Take the rows of an upload out of the results; the worker rewrites them."""
    require(actor, upload.work.unit)
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    if locked.status != Upload.Status.DONE:
        raise ValidationError(_("Only an imported upload can be taken out."))
    locked.status, locked.finished_at = Upload.Status.WITHDRAWN, timezone.now()
    locked.save(update_fields=["status", "finished_at"])
    told = {"day": timezone.localdate(upload.uploaded_at)}
    audit.record(actor=actor, code=codes.WITHDRAWN, subject=upload.work, after=told, unit=upload.work.unit)
    read_upload.enqueue(upload.pk)


@transaction.atomic
def read_again(upload: Upload, *, actor: User) -> None:
    """Have the worker read the kept files of an upload at which reading stopped."""
    require(actor, upload.work.unit)
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    if not locked.may_be_read_again:
        raise ValidationError(_("The files of this upload are no longer kept. Upload them again."))
    locked.status, locked.fault, locked.finished_at = Upload.Status.WAITING, None, None
    locked.save(update_fields=["status", "fault", "finished_at"])
    audit.record(actor=actor, code=codes.READ_AGAIN, subject=upload.work, unit=upload.work.unit)
    read_upload.enqueue(upload.pk)


@transaction.atomic
def keep_mapping(*, actor: User, unit: Unit, data: bytes) -> MappingPackage:
    """Keep the mapping of a package. What is kept under its name stays: this is its next edition."""
    require(actor, unit)
    try:
        mapping = Mapping.of_package(data)
    except MappingError as error:
        raise ValidationError(error.why.render(language())) from error
    package = mapping.package().decode()
    Unit.objects.select_for_update().get(pk=unit.pk)  # one edition at a time
    last = MappingPackage.objects.filter(unit=unit, name=mapping.name).order_by("-edition").first()
    if last is not None and last.package == package:
        return last
    edition = last.edition + 1 if last else 1
    kept = MappingPackage.objects.create(
        unit=unit, name=mapping.name, edition=edition, package=package, kept_by=actor
    )
    audit.record(actor=actor, code=codes.MAPPED, subject=kept, after={"edition": edition}, unit=unit)
    return kept
