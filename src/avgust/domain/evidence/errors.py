"""Why a file is not taken as evidence: one code and one sentence a cause, with what to do instead."""

from __future__ import annotations

from typing import Any, Final

from avgust.domain.messages import Message, mark

_ = mark

FAULTS: Final[dict[str, str]] = {
    "empty": _("The file is empty (0 bytes). Choose another one."),
    "too_large": _(
        "The file is %(size)s MB; up to %(limit)s MB are taken. Save it smaller, or add it in parts."
    ),
    "not_taken": _(
        "Files of this kind are not taken (%(format)s). Save it as PDF, DOCX, XLSX, JPEG or PNG and add that."
    ),
    "unknown": _(
        "It cannot be told what kind of file this is. Save it as PDF, DOCX, XLSX, JPEG or PNG and add that."
    ),
    "web_page": _("This is a web page, not a document. Add its address as a link, or print it to PDF."),
    "heic": _(
        "Photographs in HEIC are not taken. On the telephone choose “Settings, Camera, Formats, Most"
        " Compatible”, or send the picture as JPEG."
    ),
    "macros": _("The file holds macros. Save it as DOCX or XLSX without macros and add that."),
    "encrypted": _(
        "The file is protected with a password, and who accepts it could not open it. Save it without one."
    ),
    "corrupted": _("The file is damaged or was not copied to its end. Save it anew and add it again."),
    "bomb": _(
        "The file unpacks to far more than a document can hold, and was not opened for safety. Save it anew."
    ),
    "too_many_pixels": _(
        "The picture has %(size)s megapixels; up to %(limit)s are taken. Save it smaller and add it again."
    ),
    "timeout": _("The file was not examined in time. Save it smaller and add it again."),
    "crashed": _("The file could not be examined. Save it anew as PDF or JPEG and add that."),
}


class EvidenceError(Exception):
    """A file that is not taken, and why. `code` is a key of `FAULTS`."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params
        self.message = Message(FAULTS[code], params)
        super().__init__(self.message.render("en"))
