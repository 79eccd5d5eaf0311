"""A file that a browser sent, up to what may be kept of it. Nothing here touches the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from avgust.domain.evidence import Content, EvidenceError, file_name
from avgust.isolation.evidence import examine_isolated
from avgust.web.control.scanning import scan
from avgust.web.documents.actions import Refused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MEGABYTE: Final = 2**20


@dataclass(frozen=True, slots=True)
class Received:
    """A file that may be kept, and what it is called."""

    name: str
    content: Content


def received(file: UploadedFile[Any]) -> Received:
    """Return what may be kept of `file`. Raises Refused with the sentence for its line.

    Its size is known before a byte of it is read into memory; the scanner sees the bytes as they came.
    """
    size, limit = file.size or 0, settings.EVIDENCE_LIMIT
    if size > limit:
        raise Refused(EvidenceError("too_large", size=-(-size // MEGABYTE), limit=limit // MEGABYTE).message)
    data = file.read()
    try:
        if data:
            scan(data)
        content = examine_isolated(data)
    except EvidenceError as error:
        raise Refused(error.message) from error
    return Received(file_name(file.name or "", content.extension), content)
