"""The one way in: size, format by content, the reader of that format, a note when the name lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Final

from avgust.domain.resolutions.model import SourceDocument
from avgust.domain.resolutions.readers.detect import detect, note_on_name
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.limits import MAX_BYTES

Reader = Callable[[bytes], SourceDocument]

# Modules are imported when their format is met: the library of one format costs the others nothing.
READERS: Final = {
    "docx": "docx",
    "odt": "odt",
    "pdf": "pdf",
    "rtf": "rtf",
    "html": "html",
    "mhtml": "mhtml",
    "txt": "text",
    "doc": "doc",
}


def read(data: bytes, name: str) -> SourceDocument:
    """Return the document in `data`. `name` serves only to note a wrong extension; it may be anything.

    Raises ReadError, and nothing else, for what cannot be read.
    """
    if not data:
        raise ReadError("empty")
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 2**20
        raise ReadError("too_large", size=-(-len(data) // 2**20), limit=limit)
    found = detect(data)
    try:
        document = reader_of(found)(data)
    except RecursionError as error:
        raise ReadError("too_deep") from error
    except MemoryError as error:
        raise ReadError("memory") from error
    note = note_on_name(name, found)
    return document if note is None else replace(document, notes=(note, *document.notes))


def reader_of(found: str) -> Reader:
    """Return the reader of a format that `detect` names."""
    module = import_module(f"avgust.domain.resolutions.readers.{READERS[found]}")
    reader: Reader = module.read
    return reader
