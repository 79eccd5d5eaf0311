"""What the walk over a document collects: clauses still open for their own lines, headings, parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import FieldLine, Heading, Part, PartKind, RawClause, Span
from avgust.domain.resolutions.structure.lines import Paragraph
from avgust.domain.resolutions.structure.own_lines import read_own_line

_TAIL: Final = re.compile(r"(?:(?<=[.;])\s?|\()(?=(?:срок|отв|исполнител))", re.IGNORECASE)


@dataclass(slots=True)
class OpenClause:
    """A clause that own lines and continuations may still join."""

    label: str | None
    words: Span
    full: Span
    headings: tuple[Heading, ...]
    kind: PartKind
    rule: str
    confidence: float
    printed_as: str
    close: str = ""
    lines: list[FieldLine] = field(default_factory=list)

    def closed(self, source: str) -> RawClause:
        """Return the immutable clause."""
        return RawClause(
            label=self.label,
            text=Fragment.of(source, self.words).text,
            span=self.words,
            full_span=self.full,
            headings=self.headings,
            kind=self.kind,
            rule=self.rule,
            confidence=self.confidence,
            lines=tuple(self.lines),
            printed_as=self.printed_as,
        )


@dataclass(slots=True)
class Draft:
    """Clauses, headings and parts so far, in the order of the text."""

    source: str
    clauses: list[OpenClause] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def take(self, kind: PartKind, paragraph: Paragraph, rule: str) -> None:
        """Say what a paragraph is; editorial notes in it are parts of their own."""
        self.take_span(kind, paragraph.span, rule, paragraph.editorial)

    def take_span(self, kind: PartKind, span: Span, rule: str, editorial: tuple[Span, ...] = ()) -> None:
        """Say what a stretch of the text is."""
        start = span.start
        for note in editorial:
            if note.start > start:
                self._add(kind, start, note.start, rule)
            self._add(PartKind.EDITORIAL, note.start, note.end, "editorial.note")
            start = note.end
        self._add(kind, start, span.end, rule)

    def _add(self, kind: PartKind, start: int, end: int, rule: str) -> None:
        if start < end:
            self.parts.append(Part(kind, Span(start, end), rule))


def tail_fields(source: str, words: Span) -> list[FieldLine]:
    """Return the fields printed at the end of a point: «…. Срок: до 1 мая», «… (отв. Зорина В.В.)».

    The words stay in the text of the clause.
    """
    fragment = Fragment.of(source, words)
    for found in _TAIL.finditer(fragment.text):
        tail = fragment.part(found.end(), len(fragment.text))
        lines = field_lines(source, tail.origin)
        if lines:
            return lines
    return []


def field_lines(source: str, span: Span) -> list[FieldLine]:
    """Return the fields that a line of its own states."""
    fragment = Fragment.of(source, span)
    return [
        FieldLine(
            found.role,
            fragment.text[found.start : found.end],
            fragment.span(found.start, found.end),
            found.caption,
        )
        for found in read_own_line(fragment.text)
        if found.start < found.end
    ]
