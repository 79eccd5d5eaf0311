"""Uploaded files, kept by the digest of their content: one file once, whatever it is called.

A station says in its `apps.py` where digests stand: `keeps_files = (("Document", "sha256"),)`. A file lives
as long as any of these columns names it.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from hashlib import file_digest, sha256
from pathlib import Path, PurePath
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

logger = logging.getLogger(__name__)

SETTLED: Final = 3600  # seconds after which a file that nothing names belongs to no upload still under way
UNDER_WAY: Final = 24 * 3600  # seconds after which what is under way belongs to a process that was killed
DIGEST_LENGTH: Final = 64


def digest_of(data: bytes) -> str:
    """Return the name under which `data` is kept."""
    return sha256(data).hexdigest()


def digest_of_file(source: Path) -> str:
    """Return the name under which the file `source` is kept; however large it is, little of it is held."""
    with source.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def plain_name(name: str, otherwise: str) -> str:
    """Return what a sender calls a file, without the folders that some browsers tell, else `otherwise`."""
    return PurePath(name.replace("\\", "/")).name[-255:] or otherwise


def place_of(digest: str) -> Path:
    """Return where the file of `digest` lies; two letters of the digest make the folder."""
    return Path(settings.UPLOADS) / digest[:2] / digest


def hold(digest: str) -> None:
    """Let nobody else keep or delete the file of `digest` until this transaction ends.

    SQLite has one writer at a time, from the first statement of a transaction (`IMMEDIATE`).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])


def keep(data: bytes) -> str:
    """Store `data` and return its digest. A file appears whole or not at all."""
    digest = digest_of(data)
    place = place_of(digest)
    if place.exists():
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(half).replace(place)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
    return digest


def keep_file(source: Path) -> str:
    """Store a copy of the file `source`, however large, and return its digest."""
    digest = digest_of_file(source)
    place = place_of(digest)
    if place.exists():
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(dir=place.parent)
    os.close(handle)
    try:
        shutil.copyfile(source, half)
        Path(half).replace(place)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
    return digest


@transaction.atomic
def forget(digest: str) -> bool:
    """Delete the file of `digest` unless something names it; return whether it is gone.

    To be called after the transaction that took the last name away: the same file may have been uploaded
    again since.
    """
    hold(digest)
    if is_named(digest):
        return False
    place_of(digest).unlink(missing_ok=True)
    return True


def is_named(digest: str) -> bool:
    """Return whether any column of any station names the file."""
    return any(model._base_manager.filter(**{column: digest}).exists() for model, column in _columns())


def _columns() -> Iterator[tuple[type[models.Model], str]]:
    for config in apps.get_app_configs():
        for name, column in getattr(config, "keeps_files", ()):
            yield config.get_model(name), column


def sweep_daily(_period: str) -> None:
    """Sweep once a day."""
    sweep()


def sweep(settled: float = SETTLED, under_way: float = UNDER_WAY) -> int:
    """Delete what a server that was killed left behind: halves of files, and files that nothing names.

    A file younger than `settled` seconds may belong to a transaction still under way, one in the folder of
    what is under way is let alone for `under_way` seconds. Returns how many.
    """
    count, before = _sweep_scratch(time.time() - under_way), time.time() - settled
    for path in Path(settings.UPLOADS).glob("??/*"):
        if path.stat().st_mtime > before:
            continue
        if len(path.name) != DIGEST_LENGTH:
            path.unlink(missing_ok=True)
            count += 1
        elif not is_named(path.name):  # asked again under the lock
            count += forget(path.name)
    if count:
        logger.info("%s files that nothing named were deleted.", count)
    return count


def _sweep_scratch(before: float) -> int:
    """Delete what lies under way since `before`: a large upload that was being read, a file being written."""
    count = 0
    for path in Path(settings.SCRATCH).iterdir():
        if path.lstat().st_mtime > before:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        count += 1
    return count
