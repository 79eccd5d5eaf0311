"""The reports of all schools as one archive: asked for, made by the worker piece by piece, deleted in time.

Each report is a file of its own until all are there: a worker killed in the middle goes on from the last one.
The archive appears by a rename, whole or not at all.
"""

from __future__ import annotations

import logging
import shutil
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.domain.reporting.story.archive import file_name, rendered
from avgust.web import audit
from avgust.web.accounts.rights import Action
from avgust.web.readings import codes, telling
from avgust.web.readings.edits import edits_of
from avgust.web.readings.models import Batch
from avgust.web.readings.places import Place, place_of
from avgust.web.readings.source import Source, source_of

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.assessments.models import Work
    from avgust.web.territory.models import Unit

KEPT: Final = timedelta(days=7)
SAY: Final = 1.0  # seconds between two words on how far it is
ARCHIVE: Final = "reports.zip"
log = logging.getLogger("avgust.readings")


def folder_of(pk: int) -> Path:
    """Return where the files of a batch lie."""
    return Path(settings.VAR) / "reports" / str(pk)


def archive_of(batch: Batch) -> Path:
    """Return the archive."""
    return folder_of(batch.pk) / ARCHIVE


@transaction.atomic
def ask_for_batch(work: Work, unit: Unit, form: str, *, actor: User, language: str) -> Batch:
    """Ask for the reports; who asks again while they are under way gets the same."""
    from avgust.web.readings.tasks import make_batch  # noqa: PLC0415 - tasks import this module

    if not actor.may(Action.SEE_RESULTS, unit):
        raise PermissionDenied(_("Reports of a territory are made for those who answer for it."))
    waiting = (Batch.Status.WAITING, Batch.Status.MAKING)
    alike = Batch.objects.filter(work=work, unit=unit, form=form, language=language)
    same = alike.filter(status__in=waiting).first()
    if same is not None:
        return same
    made = Batch.objects.create(
        work=work, unit=unit, form=Batch.Form(form), language=language, asked_by=actor
    )
    audit.record(actor=actor, code=codes.BATCH_ASKED, subject=made, unit=unit, after={"form": made.form})
    transaction.on_commit(lambda: make_batch.enqueue(made.pk))
    return made


def carry_out(pk: int) -> None:
    """Make a batch, or go on with it; nothing where it is done."""
    batch = Batch.objects.select_related("work__unit", "unit").filter(pk=pk).first()
    if batch is None or not batch.is_under_way:
        return
    source = source_of(batch.work)
    place = None if source is None else place_of(batch.work.unit, batch.work.held_on, source.units)
    try:
        if source is None or place is None:
            _end(batch, Batch.Status.FAILED)
            return
        _make(batch, source, place)
    except Exception:
        _end(batch, Batch.Status.FAILED)
        raise


def _make(batch: Batch, source: Source, place: Place) -> None:
    folder, key = folder_of(batch.pk), source.version.key
    if batch.key and batch.key != key:  # the results were published anew meanwhile: not two versions in one
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = place_of(batch.unit, batch.work.held_on, source.units).names
    batch.key, batch.status, batch.total = key, Batch.Status.MAKING, len(wanted)
    batch.save(update_fields=["key", "status", "total"])
    names = _parts(batch, source, place, wanted, folder)
    _pack(folder, batch.form, names)
    size = archive_of(batch).stat().st_size
    Batch.objects.filter(pk=batch.pk).update(size=size, done=len(names))
    _end(batch, Batch.Status.DONE)
    for part in folder.glob("part-*"):
        part.unlink()


def _parts(
    batch: Batch, source: Source, place: Place, wanted: dict[int, str], folder: Path
) -> list[tuple[str, Path]]:
    """Write the reports that are not there yet; return the names of all with their files."""
    stamp, said, found = batch.asked_at, time.monotonic(), []
    edits, day = edits_of(batch.work, place), batch.work.held_on
    for unit, name, story in telling.all_schools(source, place, edits, day, wanted):
        part = folder / f"part-{unit}.{batch.form}"
        if not part.exists():
            half = folder / f"half-{unit}"
            half.write_bytes(rendered(story, batch.form, batch.language, stamp=stamp))
            half.replace(part)
        found.append((name, part))
        if time.monotonic() - said > SAY:
            Batch.objects.filter(pk=batch.pk).update(done=len(found))
            said = time.monotonic()
    return found


def _pack(folder: Path, form: str, names: list[tuple[str, Path]]) -> None:
    """Put the parts into one archive; PDF and DOCX are packed already."""
    taken: set[str] = set()
    half = folder / "half.zip"
    with ZipFile(half, "w", ZIP_STORED) as archive:
        for name, part in names:
            entry = ZipInfo(f"{file_name(name, taken)}.{form}", timezone.localtime().timetuple()[:6])
            with archive.open(entry, "w") as out, part.open("rb") as data:
                shutil.copyfileobj(data, out)
    half.replace(folder / ARCHIVE)


def _end(batch: Batch, status: Batch.Status) -> None:
    now = timezone.now()
    Batch.objects.filter(pk=batch.pk).update(status=status, finished_at=now, expires_at=now + KEPT)


def take_batch(batch: Batch, *, actor: User) -> Path:
    """Return the archive for who takes it; the journal keeps the taking."""
    with transaction.atomic():
        audit.record(actor=actor, code=codes.BATCH_TAKEN, subject=batch, unit=batch.unit)
    return archive_of(batch)


def expire(_period: str) -> None:
    """Delete the archives whose time is over, and folders that no batch names."""
    over = Batch.objects.filter(expires_at__lte=timezone.now()).exclude(status=Batch.Status.EXPIRED)
    for batch in over:
        shutil.rmtree(folder_of(batch.pk), ignore_errors=True)
    over.update(status=Batch.Status.EXPIRED, size=0)
    alive = set(Batch.objects.exclude(status=Batch.Status.EXPIRED).values_list("pk", flat=True))
    root = folder_of(0).parent
    for folder in root.iterdir() if root.exists() else ():
        if not (folder.name.isdecimal() and int(folder.name) in alive):
            shutil.rmtree(folder, ignore_errors=True)
