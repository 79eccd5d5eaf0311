"""Why a file cannot be read: one code and one sentence for each cause, written for an official.

A sentence says what is wrong, where, and how to mend it; nobody must know what ZIP or XML is.
"""

from __future__ import annotations

from typing import Any, Final

from avgust.domain.messages import Message, mark

_ = mark

FAULTS: Final[dict[str, str]] = {
    "empty": _("The file is empty (0 bytes). Choose the file with the text of the document."),
    "too_large": _(
        "The file is %(size)s MB; up to %(limit)s MB can be read. Save the document without pictures, "
        "or only the part with the resolution."
    ),
    "too_long": _(
        "The document is too long: more than %(limit)s characters. Leave only the resolution in the file."
    ),
    "too_many_blocks": _(
        "The document is too long: more than %(limit)s paragraphs and rows of tables. Leave only the "
        "resolution in the file."
    ),
    "too_many_cells": _(
        "The tables of the document are too large: more than %(limit)s cells. Leave only the resolution in "
        "the file."
    ),
    "too_many_pages": _(
        "The document is too long: more than %(limit)s pages. Leave only the resolution in the file."
    ),
    "no_text": _("The document holds no text. Check that the right file was chosen."),
    "scan": _(
        "The PDF is a scan: its %(pages)s pages are pictures without text. Ask the sender for the "
        "original in DOCX, or recognise the text with an OCR program and check it."
    ),
    "picture": _(
        "The file is a picture (%(format)s), not a text. Ask the sender for the original in DOCX, or "
        "recognise the text with an OCR program and check it."
    ),
    "encrypted": _(
        "The file is protected with a password. Open it with the password, save it without protection "
        "and upload it again."
    ),
    "corrupted": _(
        "The file is damaged or was not copied to its end (%(part)s cannot be read). Open it in an office "
        "program, save it anew as DOCX and upload it again."
    ),
    "spreadsheet": _(
        "The file is a spreadsheet (%(format)s). Copy its table into a text document, save it as DOCX "
        "and upload that."
    ),
    "presentation": _(
        "The file is a presentation (%(format)s). Copy its text into a text document, save it as DOCX "
        "and upload that."
    ),
    "archive": _("The file is an archive (%(format)s). Unpack it and upload the document that lies inside."),
    "bomb": _(
        "The file unpacks to far more than a document can hold, and was not opened for safety. "
        "Open it in an office program, save it anew as DOCX and upload it again."
    ),
    "entities": _(
        "The file carries definitions that pull in foreign content (%(part)s), and was not opened for "
        "safety. Open it in an office program, save it anew as DOCX and upload it again."
    ),
    "too_deep": _(
        "The document is nested too deeply (tables inside tables, lists inside lists). Simplify it, or "
        "copy its text into a new document."
    ),
    "unknown_format": _(
        "This kind of file cannot be read. Save the document as DOCX, ODT, PDF with text, RTF, HTML or "
        "TXT and upload it again."
    ),
    "garbled": _(
        "The letters of the document cannot be told: its text layer or encoding is broken. Ask the sender "
        "for the original in DOCX."
    ),
    "doc_reader_missing": _(
        "Files of old Word (.doc) cannot be read here: the program antiword, catdoc or LibreOffice is not "
        "installed. Save the document as DOCX and upload it again, or ask the administrator to install "
        "antiword."
    ),
    "doc_failed": _(
        "The file of old Word (.doc) could not be read. Open it in an office program, save it as DOCX and "
        "upload it again."
    ),
    "timeout": _(
        "The document was not read within %(seconds)s seconds, and reading was stopped. Save only the part "
        "with the resolution, as DOCX, and upload it again."
    ),
    "memory": _(
        "The document needs more memory than reading may take, and reading was stopped. Save only the part "
        "with the resolution, as DOCX, and upload it again."
    ),
    "crashed": _(
        "The document could not be read: the reading program failed on it. Open it in an office program, "
        "save it anew as DOCX and upload it again."
    ),
}


class ReadError(Exception):
    """A file that cannot be read, and why. `code` is a key of `FAULTS`."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.message = Message(FAULTS[code], params)
        super().__init__(self.message.render("en"))
