"""A resolution as Akoma Ntoso 3.0 (OASIS LegalDocML), the XML of parliaments and official gazettes.

The document is an `act` named «resolution»: of the document types of the standard only acts have numbered
hierarchies. Sections are `section` and `hcontainer`, measures are `point`, clauses that are no measures are
`hcontainer` named by their kind. Identifiers follow the naming convention of the standard (part 3, 5.3).
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from avgust.domain.resolutions.export.akn.body import write_body, write_preamble, write_preface
from avgust.domain.resolutions.export.akn.elements import NAMESPACE, break_lines, element
from avgust.domain.resolutions.export.akn.inlines import Concepts
from avgust.domain.resolutions.export.akn.metadata import meta
from avgust.domain.resolutions.model import Resolution

__all__ = ["akn_xml"]


def akn_xml(resolution: Resolution, language: str, name: str = "") -> bytes:
    """Return the document as XML; `name`, the stem of its file, stands in its address.

    The text is the author's in every `language` of the interface, so `language` changes nothing.
    """
    del language
    concepts = Concepts(resolution)
    act = element("act", name=resolution.header.genre)
    body = element("body")
    write_body(body, resolution, concepts)
    act.append(meta(resolution, concepts, name))
    act.append(write_preface(resolution, name))
    preamble = write_preamble(resolution)
    if preamble is not None:
        act.append(preamble)
    act.append(body)
    root = element("akomaNtoso", xmlns=NAMESPACE)
    root.append(act)
    break_lines(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + bytes(ET.tostring(root, encoding="utf-8")) + b"\n"
