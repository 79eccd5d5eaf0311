"""From blocks to the skeleton of a document: header, headings, clauses, parts.

`lines` joins blocks to logical paragraphs, `header` reads the top, `walk` gives every paragraph behind it
to who reads it (`outline` for points, `tables` for plans in tables), `coverage` sees that nothing is lost.
"""

from __future__ import annotations

from avgust.domain.resolutions.model import PartKind, SourceDocument, Structure
from avgust.domain.resolutions.structure.coverage import cover
from avgust.domain.resolutions.structure.draft import Draft
from avgust.domain.resolutions.structure.header import header_length, read_header
from avgust.domain.resolutions.structure.letter import letter_address
from avgust.domain.resolutions.structure.lines import Paragraph, read_paragraphs
from avgust.domain.resolutions.structure.walk import Walk

__all__ = ["read_structure"]


def read_structure(document: SourceDocument) -> Structure:
    """Return the skeleton of `document`; what no rule took is an UNTAKEN part."""
    matter = read_paragraphs(document)
    length = header_length(matter)
    lines = [one for one in matter[:length] if isinstance(one, Paragraph)]
    body = [one for one in matter[length : length + 40] if isinstance(one, Paragraph)]
    header = read_header(document.text, lines, body)
    draft = Draft(document.text)
    for line in lines:
        draft.take(PartKind.HEADER, line, "header.line")
    address = letter_address(document.text, lines) if header.genre == "letter" else None
    Walk(draft, matter[length:], header.genre, address).go()
    return Structure(
        header=header,
        clauses=tuple(clause.closed(document.text) for clause in draft.clauses),
        headings=tuple(draft.headings),
        parts=cover(document.text, draft.parts),
    )
