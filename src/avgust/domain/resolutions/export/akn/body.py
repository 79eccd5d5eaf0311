"""The text itself: preface, preamble, and the hierarchy of sections and points."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

from avgust.domain.resolutions.export.akn.elements import append_text, element, spaced
from avgust.domain.resolutions.export.akn.identifiers import Identifiers
from avgust.domain.resolutions.export.akn.inlines import Concepts
from avgust.domain.resolutions.export.rows import document_title
from avgust.domain.resolutions.model import Clause, Heading, Part, PartKind, RawClause, Resolution, Span

_NUMBER: Final = re.compile(r"\s*[\dIVXа-я]+(?:\.\s?\d+)*\s?[.)]?\s+")
_PREAMBLE: Final = frozenset({PartKind.PREAMBLE, PartKind.RESOLVING})
# Stretches that are neither clause nor heading, kept where they stand.
_LOOSE: Final = frozenset({PartKind.UNTAKEN, PartKind.EDITORIAL, PartKind.SIGNATURE, PartKind.TABLE_HEAD})


def write_preface(resolution: Resolution, name: str) -> ET.Element:
    """Return the head of the document; the lines of its title are joined in `docTitle`."""
    fact = resolution.header.title
    preface = element("preface")
    title = ET.SubElement(preface, "p")
    title.append(element("docTitle", document_title(resolution, name) or "?"))
    for part in resolution.parts:
        if part.kind is PartKind.HEADER:
            _paragraphs(preface, part, resolution, without=fact.span if fact else None)
    return preface


def write_preamble(resolution: Resolution) -> ET.Element | None:
    """Return the preamble with the resolving formula, None where there is none."""
    parts = [part for part in resolution.parts if part.kind in _PREAMBLE]
    if not parts:
        return None
    preamble = element("preamble")
    for part in parts:
        _paragraphs(preamble, part, resolution)
    return preamble if len(preamble) else None


def write_body(body: ET.Element, resolution: Resolution, concepts: Concepts) -> None:
    """Append every clause, heading and loose stretch in the order of the text."""
    writer = _Body(body, concepts, resolution.document.text)
    entries: list[Clause | RawClause | Part] = [*resolution.clauses, *resolution.others]
    covered = {entry.span for entry in entries}
    entries += [part for part in resolution.parts if part.kind in _LOOSE and part.span not in covered]
    for entry in sorted(entries, key=_place):
        if isinstance(entry, Part):
            writer.add_loose(entry, resolution)
        else:
            writer.add_clause(entry)
    if not len(body):
        empty = ET.SubElement(body, "hcontainer", {"name": "empty", "eId": "hcontainer_1"})
        ET.SubElement(ET.SubElement(empty, "content"), "p")


def _place(entry: Clause | RawClause | Part) -> Span:
    return entry.span


class _Body:
    """Keeps the headings that are open, outermost first."""

    def __init__(self, body: ET.Element, concepts: Concepts, text: str) -> None:
        self._body = body
        self._concepts = concepts
        self._text = text
        self._identifiers = Identifiers()
        self._open: list[tuple[Heading, ET.Element, str]] = []

    def add_clause(self, clause: Clause | RawClause) -> None:
        """Append a measure as `point`, any other clause as `hcontainer` named by its kind."""
        self._open_headings(clause.headings)
        parent, above = (self._open[-1][1], self._open[-1][2]) if self._open else (self._body, "")
        if isinstance(clause, Clause):
            node = element("point", eId=self._identifiers.of("point", clause.label, above))
        else:
            identifier = self._identifiers.of("hcontainer", clause.label, above)
            node = element("hcontainer", name=clause.kind.value, eId=identifier)
        if clause.label:
            node.append(element("num", clause.label))
        content = ET.SubElement(node, "content")
        self._concepts.write(ET.SubElement(content, "p"), clause.span)
        for line in clause.lines:
            inside = clause.span.start <= line.span.start < clause.span.end
            if not inside:
                said = ET.SubElement(content, "p", {"class": line.role})
                append_text(said, f"{line.caption} " if line.caption else "")
                self._concepts.write(said, line.span)
        parent.append(node)

    def add_loose(self, part: Part, resolution: Resolution) -> None:
        """Append a stretch that is no clause to the section that is open."""
        parent, above = (self._open[-1][1], self._open[-1][2]) if self._open else (self._body, "")
        node = element(
            "hcontainer", name=part.kind.value, eId=self._identifiers.of("hcontainer", None, above)
        )
        content = ET.SubElement(node, "content")
        _paragraphs(content, part, resolution)
        if len(content):
            parent.append(node)

    def _open_headings(self, chain: tuple[Heading, ...]) -> None:
        kept = 0
        while kept < min(len(chain), len(self._open)) and chain[kept] == self._open[kept][0]:
            kept += 1
        del self._open[kept:]
        for heading in chain[kept:]:
            parent, above = (self._open[-1][1], self._open[-1][2]) if self._open else (self._body, "")
            tag = "hcontainer" if self._open else "section"
            identifier = self._identifiers.of(tag, heading.label, above)
            node = element(tag, **({"name": "lead"} if self._open else {}), eId=identifier)
            if heading.label:
                node.append(element("num", heading.label))
            self._concepts.write(ET.SubElement(node, "heading"), self._words(heading))
            parent.append(node)
            self._open.append((heading, node, identifier))

    def _words(self, heading: Heading) -> Span:
        """Return the place of a heading without its printed number, which stands in `num`."""
        printed = _NUMBER.match(self._text, heading.span.start, heading.span.end) if heading.label else None
        return Span(printed.end(), heading.span.end) if printed else heading.span


def _paragraphs(parent: ET.Element, part: Part, resolution: Resolution, without: Span | None = None) -> None:
    """Append the lines of a part, but for those that lie `without`."""
    at = part.span.start
    for line in part.span.of(resolution.document.text).splitlines(keepends=True):
        start = at + len(line) - len(line.lstrip())
        at += len(line)
        told = without is not None and without.start <= start < without.end
        if line.strip() and not told:
            parent.append(element("p", spaced(line).strip()))
