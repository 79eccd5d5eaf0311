"""Elements of Akoma Ntoso, with text that XML can hold."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

from avgust.domain.resolutions.export.printable import printable

NAMESPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
AGENT: Final = "#avgust"  # who marked the text up
_RUNNING: Final = frozenset({"p", "heading", "num", "docTitle"})
_GAPS: Final = re.compile(r"\s+")


def element(tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Return an element; the reserved word `class` is written `class_`."""
    made = ET.Element(tag, {key.rstrip("_"): printable(value) for key, value in attributes.items()})
    if text:
        made.text = spaced(text)
    return made


def spaced(text: str) -> str:
    """Return `text` printable and with single white space."""
    return _GAPS.sub(" ", printable(text))


def break_lines(node: ET.Element, depth: int = 0) -> None:
    """Put each structural element on a line of its own; white space inside running text stays as it is."""
    if node.tag in _RUNNING or not len(node):
        return
    node.text = "\n" + " " * (depth + 1)
    for child in node:
        break_lines(child, depth + 1)
        child.tail = node.text
    node[-1].tail = "\n" + " " * depth


def append_text(parent: ET.Element, text: str) -> None:
    """Append `text` behind whatever `parent` holds already."""
    text = spaced(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
