"""From blocks to the skeleton of a document: header, headings, clauses, parts."""

from __future__ import annotations

from avgust.domain.resolutions.model import (
    Header,
    Part,
    PartKind,
    SourceDocument,
    Span,
    Structure,
)

__all__ = ["read_structure"]


def read_structure(document: SourceDocument) -> Structure:
    """Return the skeleton of `document`; what no rule took is an UNTAKEN part."""
    whole = Span(0, len(document.text))
    parts = (Part(PartKind.UNTAKEN, whole, "gap"),) if document.text.strip() else ()
    return Structure(Header(), (), (), parts)
