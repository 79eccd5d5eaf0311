"""The parts of a DOCX package, found by their relations, and the names of WordprocessingML."""

from __future__ import annotations

import posixpath
from typing import Final
from urllib.parse import unquote

from avgust.domain.resolutions.readers.archive import Archive
from avgust.domain.resolutions.readers.markup import Element, parse_xml

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFF: Final = frozenset(("0", "false", "off", "none"))

TWIPS: Final = 20.0  # in a point


def attribute(element: Element | None, name: str) -> str | None:
    """Return the attribute w:`name`, None where it or the element is absent."""
    return None if element is None else element.get(W + name)


def value_of(parent: Element | None, name: str) -> str | None:
    """Return `w:val` of the child w:`name`."""
    return None if parent is None else attribute(parent.find(W + name), "val")


def number_of(parent: Element | None, name: str) -> int | None:
    """Return `w:val` of the child w:`name` as a number; None for what is none."""
    return as_int(value_of(parent, name))


def as_int(text: str | None) -> int | None:
    """Return `text` as a whole number; office programs also write "12.0"."""
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None


def switch(parent: Element | None, name: str) -> bool | None:
    """Return the on/off property w:`name`: None where it is not set here."""
    found = None if parent is None else parent.find(W + name)
    return None if found is None else (found.get(W + "val") or "1").lower() not in _OFF


class Package:
    """A DOCX, DOCM or DOTX file. Macros are parts that nobody asks for."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        self._main = self._related("", "officeDocument") or "word/document.xml"

    def main(self) -> Element:
        """Return the root of the main part."""
        return parse_xml(self._archive.read(self._main), self._main)

    def related(self, kind: str) -> Element | None:
        """Return the root of the part that the main part names as `kind` ("styles", "footnotes", …)."""
        name = self._related(self._main, kind)
        data = None if name is None else self._archive.optional(name)
        return None if data is None or name is None else parse_xml(data, name)

    def _related(self, part: str, kind: str) -> str | None:
        folder, name = posixpath.split(part)
        data = self._archive.optional(posixpath.join(folder, "_rels", f"{name}.rels"))
        if data is None:
            return None
        for relation in parse_xml(data, "rels").iter(_RELATION):
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                target = unquote(relation.get("Target", ""))
                return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return None
