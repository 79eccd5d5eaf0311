"""Tells what a file is by its content, and returns what may be kept of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pypdfium2

from avgust.domain.evidence.errors import EvidenceError
from avgust.domain.evidence.pictures import FORMATS as PICTURES
from avgust.domain.evidence.pictures import redrawn
from avgust.domain.resolutions.readers.archive import Archive
from avgust.domain.resolutions.readers.errors import ReadError

_OOXML: Final = "application/vnd.openxmlformats-officedocument"
MIMES: Final = {
    "pdf": "application/pdf",
    "docx": f"{_OOXML}.wordprocessingml.document",
    "xlsx": f"{_OOXML}.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
}
KINDS: Final = {"pdf": "file", "docx": "file", "xlsx": "table", "jpg": "photo", "png": "photo"}

_MAIN_PARTS: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_MACROS: Final = ("vbaProject.bin", "vbaData.xml")
_MARKUP: Final = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|svg|script|\?xml)\b", re.I | re.S
)
_HEIC: Final = re.compile(rb"ftyp(?:heic|heix|hevc|heif|mif1|msf1|avif)")
_FOREIGN: Final = (
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
    (b"AT&TFORM", "DjVu"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"\x1f\x8b\x08", "GZIP"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC, XLS"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "EXE"),
)


@dataclass(frozen=True, slots=True)
class Content:
    """A file that may be kept: `data` are its bytes, of a picture those drawn anew without metadata."""

    extension: str  # a key of `MIMES`
    data: bytes
    pages: int | None = None

    @property
    def mime(self) -> str:
        """The media type."""
        return MIMES[self.extension]

    @property
    def kind(self) -> str:
        """The kind of evidence: "file", "table" or "photo"."""
        return KINDS[self.extension]


def examine(data: bytes) -> Content:
    """Return what may be kept of `data`. Raises EvidenceError for what is not taken.

    A file must begin as its kind does: one that is a web page to a browser and a document to a reader is
    refused, and so is everything that is not named here.
    """
    if not data:
        raise EvidenceError("empty")
    head = data[:4096]
    if head.startswith(b"%PDF-"):
        return _pdf(data)
    if head.startswith(b"PK\x03\x04"):
        return _office(data)
    if any(head.startswith(signature) for signature in PICTURES) or _is_webp(head):
        return Content(*redrawn(data))
    raise _refusal(head)


def _is_webp(head: bytes) -> bool:
    return head.startswith(b"RIFF") and head[8:12] == b"WEBP"


def _refusal(head: bytes) -> EvidenceError:
    """Return why a file that begins with `head` is not taken."""
    if _HEIC.match(head[4:12]):
        return EvidenceError("heic")
    if _MARKUP.match(head.lstrip(b"\xef\xbb\xbf")):
        return EvidenceError("web_page")
    for signature, name in _FOREIGN:
        if head.startswith(signature):
            return EvidenceError("not_taken", format=name)
    return EvidenceError("unknown")


def _pdf(data: bytes) -> Content:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise EvidenceError("encrypted" if "assword" in str(error) else "corrupted") from error
    try:
        pages = len(document)
    finally:
        document.close()
    if pages == 0:
        raise EvidenceError("corrupted")
    return Content("pdf", data, pages)


def _office(data: bytes) -> Content:
    """Tell DOCX from XLSX by the part that each must have, within the limits of the readers."""
    try:
        archive = Archive(data)
        if any(name.endswith(_MACROS) for name in archive.names):
            raise EvidenceError("macros")
        for extension, part in _MAIN_PARTS.items():
            if part in archive.names:
                archive.read("[Content_Types].xml")
                archive.read(part)
                return Content(extension, data)
    except ReadError as error:
        raise EvidenceError(error.code if error.code in ("bomb", "encrypted") else "corrupted") from error
    raise EvidenceError("not_taken", format=_container(archive))


def _container(archive: Archive) -> str:
    if archive.has_folder("ppt/"):
        return "PPTX"
    return "ODT, ODS" if "content.xml" in archive.names else "ZIP"
