"""XML from strangers: no definitions, no foreign entities, no network, bounded depth."""

from __future__ import annotations

from typing import Final

from lxml import etree

from avgust.domain.resolutions.readers.errors import ReadError

Element = etree._Element

_DEFINITIONS: Final = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_STRICT: Final = (  # ISO 29500 Strict says the same words in other namespaces
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def parse_xml(data: bytes, part: str) -> Element:
    """Return the root of an XML part. Raises ReadError; `part` names it for the user.

    Refuses every document type definition: office documents have none, attacks need one. libxml2 itself
    stops at a depth of 256 elements.
    """
    if any(word in data for word in _DEFINITIONS):
        raise ReadError("entities", part=part[:80])
    for strict, usual in _STRICT:
        if strict in data:
            data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error).lower():
            raise ReadError("too_deep") from error
        raise ReadError("corrupted", part=part[:80]) from error
    if root is None or root.getroottree().docinfo.doctype:
        raise ReadError("entities", part=part[:80])
    return root
