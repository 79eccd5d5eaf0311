"""Defects of a resolution that a careful reader would show its author before adoption.

Each kind is one module of `catalogue/` with a `kind` and a `find`; adding a module adds the kind.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import cast

from avgust.domain.resolutions.findings import catalogue
from avgust.domain.resolutions.findings.declaration import Finder, FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import EarlierClause, Finding, Resolution

__all__ = ["FindingKind", "find_defects", "finding_kinds", "finding_labels"]


@lru_cache(maxsize=1)
def _finders() -> tuple[Finder, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(catalogue.__path__))
    return tuple(cast("Finder", import_module(f"{catalogue.__name__}.{name}")) for name in names)


def finding_kinds() -> tuple[FindingKind, ...]:
    """Return the declarations of every kind, by code."""
    return tuple(sorted((finder.kind for finder in _finders()), key=lambda kind: kind.code))


def find_defects(
    resolution: Resolution, earlier: Sequence[EarlierClause] = (), *, only: int | None = None
) -> tuple[Finding, ...]:
    """Return the defects of `resolution` in the order of the text; with `only`, those of that clause.

    `earlier` are clauses of earlier resolutions of the same territory, for overlaps across years.
    """
    reading = Reading(resolution, earlier, only)
    finders = (finder for finder in _finders() if only is None or not finder.kind.of_document)
    everything = (finding for finder in finders for finding in reading.once(finder.find))
    found = (finding for finding in everything if only in (None, finding.clause))
    return tuple(sorted(found, key=lambda finding: (finding.span, finding.clause or 0, finding.kind)))


@lru_cache(maxsize=1)
def finding_labels() -> dict[str, str]:
    """Return the msgid of the name of every kind, by code."""
    return {kind.code: kind.label for kind in finding_kinds()}
