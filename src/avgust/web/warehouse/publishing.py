"""A new version of a set: written apart, renamed into place, named by the database; till then the old holds.

Killed at any moment, the old version is whole: a folder that no row of the database names is no version, and
the sweep deletes it. Two who publish at once: the second finds that the version it started from is no longer
the live one, and starts again from the new one.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction
from django.utils import timezone

from avgust.web.warehouse import expressions
from avgust.web.warehouse.engine import opened, rows_in
from avgust.web.warehouse.layout import FILE, HALVES, folder_of, root
from avgust.web.warehouse.models import Dataset
from avgust.web.warehouse.staging import Stage

ATTEMPTS: Final = 5
MEMORY: Final = "96MB"  # of a rewriting, which spills: five million rows beside themselves stay below 500 MB
Change = Callable[[Path | None, Path], None]  # the live file, the file to write
Guard = Callable[[], None]  # raises where the new version may no longer be named


@dataclass(frozen=True)
class Order:
    """When an upload was sent: before those of greater numbers, of which `amendments` replace no class."""

    upload: int
    amendments: Callable[[], Collection[int]] = tuple


class PublishingError(RuntimeError):
    """Others published the same set again and again meanwhile."""


def publish_stage(
    name: str,
    items: Sequence[str],
    stage: Stage,
    *,
    amend: bool = False,
    order: Order | None = None,
    guard: Guard = lambda: None,
) -> Dataset:
    """Put staged rows in place of those of the same classes; with `amend` of the same participants only.

    With `order` nothing takes the place of what was sent after it, though that was published before.
    """
    stage.close()

    def change(live: Path | None, target: Path) -> None:
        if live is None:
            shutil.copyfile(stage.path, target)
            return
        pa.default_memory_pool().release_unused()
        with opened(MEMORY, threads=1) as connection:
            old, new = rows_in(connection, live), rows_in(connection, stage.path)
            whole = _whole(old, new, live, amend=amend, order=order)
            connection.to_parquet(whole, target, compression="zstd")

    return _publish(name, items, change, guard)


def _whole(old: Any, new: Any, live: Path, *, amend: bool, order: Order | None) -> Any:
    """Return the rows of the next version."""
    if order is None or _last_upload(live) <= order.upload:
        return expressions.replaced(old, new, amend=amend)
    amendments = sorted(order.amendments())
    return expressions.replaced_in_turn(old, new, amend=amend, upload=order.upload, amendments=amendments)


def _last_upload(path: Path) -> int:
    """Return the greatest number of an upload in a file, by its statistics: no row is read."""
    metadata = pq.read_metadata(path)
    place = metadata.schema.names.index("upload")
    groups = [
        metadata.row_group(number).column(place).statistics for number in range(metadata.num_row_groups)
    ]
    return max((int(one.max) for one in groups if one is not None and one.has_min_max), default=0)


def publish_without(name: str, upload: int) -> Dataset:
    """Take the rows of one upload out."""
    dataset = Dataset.objects.get(name=name)

    def change(live: Path | None, target: Path) -> None:
        if live is None:
            raise PublishingError(f"{name} has no rows")
        with opened(MEMORY, threads=1) as connection:
            old = rows_in(connection, live)
            connection.to_parquet(old.filter(old.upload != upload), target, compression="zstd")

    return _publish(name, dataset.items, change)


def live_file(dataset: Dataset) -> Path | None:
    """Return the file of the live version; None before the first."""
    return folder_of(dataset.name) / dataset.version / FILE if dataset.version else None


def _publish(name: str, items: Sequence[str], change: Change, guard: Guard = lambda: None) -> Dataset:
    for _attempt in range(ATTEMPTS):
        dataset, _made = Dataset.objects.get_or_create(name=name, defaults={"items": list(items)})
        if list(dataset.items) != list(items) and dataset.version:
            raise PublishingError(f"{name} has other items")
        version = _written(dataset, change)
        rows = pq.read_metadata(folder_of(name) / version / FILE).num_rows
        if _point(dataset, version, rows, items, guard):
            return Dataset.objects.get(pk=dataset.pk)
    raise PublishingError(f"{name} was published by others {ATTEMPTS} times meanwhile")


def _written(dataset: Dataset, change: Change) -> str:
    """Write the next version whole and return its name; nobody reads it yet."""
    place = root() / HALVES
    place.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(prefix="version-", dir=place))
    try:
        change(live_file(dataset), half / FILE)
        _settle(half / FILE)
        number = int(dataset.version[2:8]) + 1 if dataset.version else 1
        version = f"v={number:06}-{secrets.token_hex(4)}"
        target = folder_of(dataset.name) / version
        target.parent.mkdir(parents=True, exist_ok=True)
        half.rename(target)
        _settle(target.parent)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return version


@transaction.atomic
def _point(dataset: Dataset, version: str, rows: int, items: Sequence[str], guard: Guard) -> bool:
    """Name the new version as the live one, unless another was named since; one statement decides."""
    guard()
    same = Dataset.objects.filter(pk=dataset.pk, version=dataset.version)
    return bool(same.update(version=version, rows=rows, items=list(items), published_at=timezone.now()))


def _settle(path: Path) -> None:
    """Have the disk hold `path` before the database names it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
