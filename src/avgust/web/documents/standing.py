"""The review of a document as it stands: its reading and the corrections that were not taken back.

Each process keeps the latest fold of the documents in use. A correction is laid on it, so that its cost
is that of what it changes; taking one back folds anew.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from typing import Final

from django.db.models import Max, Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from avgust.domain.resolutions.model import Fact, Resolution, Span
from avgust.domain.resolutions.review.clause import Review, opening
from avgust.domain.resolutions.review.fold import PERSON, extended
from avgust.domain.resolutions.review.progress import Progress, progress
from avgust.domain.resolutions.review.rereading import Rereader
from avgust.web.documents.models import Correction, CorrectionQuerySet, Document, Reading

IN_USE: Final = 24  # documents whose reading and fold a process keeps
Key = tuple[int, int, str]  # reading, document, digest: a restored database may reuse an id


@lru_cache(maxsize=IN_USE)
def _opened(key: Key) -> tuple[Resolution, Review]:
    """Return a stored reading and its untouched review, unpacked once; readings never change."""
    resolution = get_object_or_404(Reading, pk=key[0]).unpacked()
    return resolution, opening(resolution)


def _key(document: Document) -> tuple[Key, int]:
    """Return what a reading is kept by, and the version now; 404 where the document was deleted meanwhile."""
    readings = Reading.objects.filter(document_id=document.pk).values_list("pk", "document__version")
    found = readings.first()
    if found is None:
        raise Http404
    reading, version = found
    return (reading, document.pk, f"{document.sha256}@{document.uploaded_at.timestamp()}"), version


def resolution_of(document: Document) -> Resolution:
    """Return what the parser said about `document`; 404 where it was deleted meanwhile."""
    return _opened(_key(document)[0])[0]


def _dated(resolution: Resolution, adopted_on: date | None) -> Resolution:
    """Return `resolution` with the day of adoption that a person set: years left out are told from it."""
    read = resolution.header.adopted.value if resolution.header.adopted else None
    if adopted_on is None or read == adopted_on.isoformat():
        return resolution
    said = Fact(adopted_on.isoformat(), "", Span(0, 0), PERSON, 1.0)
    return replace(resolution, header=replace(resolution.header, adopted=said))


@dataclass(frozen=True, slots=True)
class Fold:
    """A review after version `version`, of `count` corrections; the last of them was said at `at`."""

    version: int
    at: datetime | None
    count: int
    review: Review


class _Folds:
    """The latest folds of this process, by document."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Fold] = OrderedDict()
        self._lock = Lock()

    def latest(self, key: Key) -> Fold | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Key, fold: Fold) -> None:
        with self._lock:
            self._kept[key] = fold
            self._kept.move_to_end(key)
            while len(self._kept) > IN_USE:
                self._kept.popitem(last=False)


_folds = _Folds()


@dataclass(frozen=True)
class Standing:
    """Everything a page of the review needs, in few queries however long the document is."""

    document: Document
    resolution: Resolution
    fold: Fold
    key: Key

    @classmethod
    def of(cls, document: Document) -> Standing:
        """Return the review as it is now, whole: what others write meanwhile is in it or is not."""
        key, version = _key(document)
        resolution, untouched = _opened(key)
        fold = _folded(document, version, _folds.latest(key), untouched)
        _folds.keep(key, fold)
        return cls(document, _dated(resolution, document.adopted_on), fold, key)

    @property
    def review(self) -> Review:
        """What stands."""
        return self.fold.review

    @property
    def version(self) -> int:
        """The version of the document that is looked at."""
        return self.fold.version

    @property
    def corrections(self) -> CorrectionQuerySet:
        """The corrections that stand."""
        return _said(self.document, self.version)

    def without(self, row: Correction) -> Review:
        """Return the review without one correction."""
        left = [other.said for other in self.corrections if other.pk != row.pk]
        return extended(_opened(self.key)[1], left)

    def keep(self, row: Correction, after: Review) -> None:
        """Keep what stands after a correction that was just stored."""
        _folds.keep(self.key, Fold(row.version, row.at, self.fold.count + 1, after))

    @property
    def progress(self) -> Progress:
        """Return how far the review has come."""
        return progress(self.review)

    @property
    def rereader(self) -> Rereader:
        """Return what understands typed words of this document."""
        return Rereader(self.resolution)


def _said(document: Document, version: int) -> CorrectionQuerySet:
    """Return the corrections that stood after `version`, in their order."""
    stood = Q(undone_version=None) | Q(undone_version__gt=version)
    return document.corrections.filter(stood, version__lte=version).order_by("version")


def _folded(document: Document, now: int, kept: Fold | None, untouched: Review) -> Fold:
    """Return the fold at version `now`, from `kept` where that goes."""
    told = document.corrections.filter(version__lte=now).aggregate(
        last=Max("at"),
        before=Max("at", filter=Q(version__lte=kept.version if kept else 0)),
        undone=Max("undone_version", filter=Q(undone_version__lte=now)),
    )
    fits = (
        kept and kept.version <= now and kept.at == told["before"] and (told["undone"] or 0) <= kept.version
    )
    if kept and fits and kept.version == now:
        return kept
    base = kept if kept and fits else Fold(0, None, 0, untouched)
    said = [row.said for row in _said(document, now).filter(version__gt=base.version)]
    review = extended(base.review, said, base.count)
    return Fold(now, told["last"], base.count + len(said), review)
