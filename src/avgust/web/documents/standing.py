"""The review of a document as it stands: its reading and the corrections that were not taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from avgust.domain.resolutions.model import Resolution
from avgust.domain.resolutions.review.clause import Review
from avgust.domain.resolutions.review.fold import reviewed
from avgust.domain.resolutions.review.progress import Progress, progress
from avgust.domain.resolutions.review.rereading import Rereader
from avgust.web.documents.models import Correction, Document, Reading


@lru_cache(maxsize=24)
def _resolution(reading_id: int, digest: str) -> Resolution:
    """Return a stored reading, unpacked once in each process; readings never change.

    The digest of the file stands in the key for the case that a restored database reuses an id.
    """
    return Reading.objects.get(pk=reading_id).unpacked()


def resolution_of(document: Document) -> Resolution:
    """Return what the parser said about `document`."""
    reading_id = Reading.objects.values_list("pk", flat=True).get(document_id=document.pk)
    return _resolution(reading_id, f"{document.pk}:{document.sha256}")


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
        resolution = resolution_of(document)
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
