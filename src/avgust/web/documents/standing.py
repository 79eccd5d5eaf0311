"""The review of a document as it stands: its reading and the corrections that were not taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.shortcuts import get_object_or_404

from avgust.domain.resolutions.model import Fact, Resolution, Span
from avgust.domain.resolutions.review.clause import Review
from avgust.domain.resolutions.review.fold import PERSON, reviewed
from avgust.domain.resolutions.review.progress import Progress, progress
from avgust.domain.resolutions.review.rereading import Rereader
from avgust.web.documents.models import Correction, Document, Reading


@lru_cache(maxsize=24)
def _resolution(reading_id: int, digest: str) -> Resolution:
    """Return a stored reading, unpacked once in each process; readings never change.

    The digest of the file stands in the key for the case that a restored database reuses an id.
    """
    return get_object_or_404(Reading, pk=reading_id).unpacked()


def resolution_of(document: Document) -> Resolution:
    """Return what the parser said about `document`; 404 where it was deleted meanwhile."""
    reading = get_object_or_404(Reading.objects.only("pk"), document_id=document.pk)
    return _resolution(reading.pk, f"{document.pk}:{document.sha256}")


def _dated(resolution: Resolution, adopted_on: date | None) -> Resolution:
    """Return `resolution` with the day of adoption that a person set: years left out are told from it."""
    read = resolution.header.adopted.value if resolution.header.adopted else None
    if adopted_on is None or read == adopted_on.isoformat():
        return resolution
    said = Fact(adopted_on.isoformat(), "", Span(0, 0), PERSON, 1.0)
    return replace(resolution, header=replace(resolution.header, adopted=said))


@dataclass(frozen=True)
class Standing:
    """Everything a page of the review needs, in three queries however long the document is."""

    document: Document
    resolution: Resolution
    corrections: Sequence[Correction]
    review: Review

    @classmethod
    def of(cls, document: Document) -> Standing:
        """Fold the review of `document`."""
        resolution = _dated(resolution_of(document), document.adopted_on)
        rows = list(document.corrections.standing().select_related("actor"))
        return cls(document, resolution, rows, reviewed(resolution, [row.said for row in rows]))

    @property
    def progress(self) -> Progress:
        """Return how far the review has come."""
        return progress(self.review)

    @property
    def rereader(self) -> Rereader:
        """Return what understands typed words of this document."""
        return Rereader(self.resolution)
