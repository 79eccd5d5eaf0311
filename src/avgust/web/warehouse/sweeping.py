"""Deleting versions that are no longer live, and what a killed process left half written."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from avgust.web.warehouse.layout import HALVES, root
from avgust.web.warehouse.models import Dataset

SETTLED: Final = 6 * 3600  # seconds in which a reader or a writer may still be at an old folder


def sweep_daily(_period: str) -> None:
    """Sweep once a day."""
    sweep()


def sweep(settled: float = SETTLED) -> int:
    """Delete folders that no set names and nobody uses any more; return how many."""
    live = {f"{name}/{version}" for name, version in Dataset.objects.values_list("name", "version")}
    before = time.time() - settled
    count = 0
    for folder in _folders():
        if folder.stat().st_mtime < before and str(folder.relative_to(root())) not in live:
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
    return count


def _folders() -> Iterator[Path]:
    halves = root() / HALVES
    if halves.is_dir():
        yield from [path for path in halves.iterdir() if path.is_dir()]
    yield from [path for path in root().glob("*/**/v=*") if path.is_dir() and HALVES not in path.parts]
