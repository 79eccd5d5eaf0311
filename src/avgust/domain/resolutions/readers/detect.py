"""Tells what a file is by its first bytes and, for containers, by what lies inside; never by its name."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.readers.archive import Archive
from avgust.domain.resolutions.readers.errors import ReadError

_ = mark

_PICTURES: Final = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"AT&TFORM", "DjVu"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
)
_ARCHIVES: Final = (
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"\x1f\x8b\x08", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ\x00", "XZ"),
    (b"\x28\xb5\x2f\xfd", "ZSTD"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p|h[1-6]|span|ol|ul)\b[^<>]*>", re.I
)
_HTML_FIRST: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.I | re.S,
)
_MHTML: Final = re.compile(rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.I)

EXTENSIONS: Final = {
    "docx": ("docx", "docm", "dotx", "dotm"),
    "odt": ("odt", "ott", "fodt"),
    "pdf": ("pdf",),
    "rtf": ("rtf", "doc"),  # Word itself saves RTF and HTML under .doc
    "html": ("html", "htm", "xhtml", "doc"),
    "mhtml": ("mht", "mhtml", "doc"),
    "txt": ("txt", "md", "markdown", "text"),
    "doc": ("doc", "dot"),
}
_KNOWN: Final = frozenset(extension for group in EXTENSIONS.values() for extension in group) | frozenset(
    ("xls", "xlsx", "ppt", "pptx", "ods", "odp", "zip", "rar", "png", "jpg", "jpeg", "gif", "tif", "tiff")
)


def detect(data: bytes) -> str:
    """Return the format of `data`: a key of `EXTENSIONS`. Raises ReadError for what is no document."""
    head = data[:1024]
    _refuse(head)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _detect_in_archive(data)
    if head.startswith(_OLE):
        return _detect_in_ole(data)
    if b"%PDF-" in head:
        return "pdf"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    return _detect_markup(data)


def note_on_name(name: str, found: str) -> Message | None:
    """Return a note for the user when the extension of `name` promises another format."""
    _stem, dot, extension = name[-256:].rpartition(".")
    extension = extension.strip().lower()
    if not dot or extension not in _KNOWN or extension in EXTENSIONS[found]:
        return None
    return Message(
        _("The name of the file ends in .%(extension)s, but inside it is %(format)s; it was read as such."),
        {"extension": extension, "format": found.upper()},
    )


def _refuse(head: bytes) -> None:
    """Raise ReadError for pictures and archives, which hold no text of their own."""
    for signature, kind in _PICTURES:
        if head.startswith(signature):
            raise ReadError("picture", format=kind)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        raise ReadError("picture", format="WEBP")
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        raise ReadError("picture", format="HEIC")
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0" and head[14:18] in (b"\x28\0\0\0", b"\x7c\0\0\0"):
        raise ReadError("picture", format="BMP")
    for signature, kind in _ARCHIVES:
        if head.startswith(signature):
            raise ReadError("archive", format=kind)


def _detect_in_archive(data: bytes) -> str:
    """Tell office documents apart by the parts that each must have."""
    archive = Archive(data)
    kind = archive.mimetype()
    if kind.startswith("application/vnd.oasis.opendocument.text"):
        return "odt"
    if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        raise ReadError("spreadsheet", format="ODS")
    if kind.startswith("application/vnd.oasis.opendocument.presentation"):
        raise ReadError("presentation", format="ODP")
    if archive.has_folder("word/"):
        return "docx"
    if archive.has_folder("xl/"):
        raise ReadError("spreadsheet", format="XLSX")
    if archive.has_folder("ppt/"):
        raise ReadError("presentation", format="PPTX")
    if "content.xml" in archive.names:
        return "odt"
    if "[Content_Types].xml" in archive.names:
        raise ReadError("unknown_format")
    raise ReadError("archive", format="ZIP")


def _detect_in_ole(data: bytes) -> str:
    """Tell old office files apart by the names of their streams, written in UTF-16."""
    for stream, code, kind in (
        ("EncryptedPackage", "encrypted", ""),
        ("EncryptionInfo", "encrypted", ""),
        ("Workbook", "spreadsheet", "XLS"),
        ("PowerPoint Document", "presentation", "PPT"),
    ):
        if stream.encode("utf-16-le") in data:
            if code == "spreadsheet" and "WordDocument".encode("utf-16-le") in data:
                continue  # a Word file with an embedded spreadsheet
            raise ReadError(code, **({"format": kind} if kind else {}))
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    raise ReadError("unknown_format")


def _detect_markup(data: bytes) -> str:
    """Tell HTML, its web archive and flat ODT from plain text."""
    head = data[:65536]
    for byte_order_mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(byte_order_mark)
    if b"\0" in head[:64]:
        head = head.replace(b"\0", b"")  # UTF-16: the Latin letters of tags remain
    if b"office:document" in head[:4096] and b"opendocument.text" in head:
        return "odt"
    if b"<?mso-application" in head[:512] or b"w:wordDocument" in head[:4096]:
        raise ReadError("unknown_format")
    if _HTML_FIRST.match(head):
        return "html"
    if _MHTML.match(head[:4096]) and b"multipart/" in head[:4096].lower():
        return "mhtml"
    if head.lstrip().startswith(b"<") and len(_HTML.findall(head)) >= 3:
        return "html"
    return "txt"
