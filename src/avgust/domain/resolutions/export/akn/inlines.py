"""Marks inside the text: who acts, by when, how much, under which act."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as ET

from avgust.domain.resolutions.export.akn.elements import append_text, element, spaced
from avgust.domain.resolutions.model import (
    Addressee,
    AddresseeForm,
    Clause,
    Reference,
    ReferenceKind,
    Resolution,
    Span,
    Target,
)


class Mark(NamedTuple):
    """An inline element and the place that it covers."""

    span: Span
    tag: str
    attributes: dict[str, str]


class Concepts:
    """The bodies, roles and concepts of a document, each declared once, and the marks that point at them."""

    def __init__(self, resolution: Resolution) -> None:
        self._text = resolution.document.text
        self.declared: dict[tuple[str, str], str] = {}
        found = [mark for clause in resolution.clauses for mark in self._marks(clause)]
        self._placed = sorted(found, key=lambda mark: (mark.span.start, -mark.span.end))
        self._starts = [mark.span.start for mark in self._placed]

    def write(self, parent: ET.Element, span: Span) -> None:
        """Append the text of `span` with its marks; of overlapping marks the first and longest stays."""
        at = span.start
        inside = slice(bisect_left(self._starts, span.start), bisect_left(self._starts, span.end))
        for mark in self._placed[inside]:
            if mark.span.start >= at and mark.span.end <= span.end:
                append_text(parent, self._text[at : mark.span.start])
                words = spaced(mark.span.of(self._text))
                parent.append(element(mark.tag, words, **mark.attributes))
                at = mark.span.end
        append_text(parent, self._text[at : span.end])

    def _declare(self, kind: str, name: str) -> str:
        """Return the reference to a thing of the document; `kind` is the suffix of its TLC element."""
        key = (kind, name)
        self.declared.setdefault(key, f"{kind.lower()}_{len(self.declared) + 1}")
        return "#" + self.declared[key]

    def _marks(self, clause: Clause) -> Iterator[Mark]:
        for addressee in (*clause.addressees, *clause.partners):
            yield self._addressee(addressee)
        deadline = clause.deadline
        if deadline.span and deadline.end:
            yield Mark(deadline.span, "date", {"date": deadline.end.isoformat()})
        for target in clause.targets:
            yield self._target(target)
        for reference in clause.references:
            yield self._reference(reference)

    def _addressee(self, addressee: Addressee) -> Mark:
        is_body = addressee.form is AddresseeForm.BODY
        refers_to = self._declare("Organization" if is_body else "Role", addressee.name)
        return Mark(addressee.span, "organization" if is_body else "role", {"refersTo": refers_to})

    def _target(self, target: Target) -> Mark:
        refers_to = self._declare("Concept", target.of or target.unit)
        normalized = f"{target.comparator} {target.value:g} {target.unit}"
        return Mark(target.span, "quantity", {"refersTo": refers_to, "normalized": normalized})

    def _reference(self, reference: Reference) -> Mark:
        if reference.kind is ReferenceKind.URL:
            address = quote(reference.text, safe=":/?#[]@!$&'()*+,;=%~-._")
            return Mark(reference.span, "ref", {"href": address})
        if reference.kind is ReferenceKind.LAW and reference.number:
            day = f"{reference.dated.isoformat()}/" if reference.dated else ""
            return Mark(reference.span, "ref", {"href": f"/akn/ru/act/{day}{quote(reference.number)}"})
        return Mark(reference.span, "concept", {"refersTo": self._declare("Concept", reference.text)})
