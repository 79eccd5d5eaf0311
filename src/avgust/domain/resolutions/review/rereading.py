"""What a person typed, understood with the same grammars that read the document.

The values of typed words point at no place of the source: their span is the empty one where the clause
begins, and a typed deadline has none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from avgust.domain.resolutions.findings import find_defects
from avgust.domain.resolutions.findings.catalogue import duplicate_earlier
from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.addressee import addressees_of_heading, addressees_of_line
from avgust.domain.resolutions.grammars.deadline import Anchor, deadline_of_clause, deadline_of_line
from avgust.domain.resolutions.grammars.reference import find_references
from avgust.domain.resolutions.grammars.target import find_targets
from avgust.domain.resolutions.model import (
    Addressee,
    AddresseeForm,
    Clause,
    Deadline,
    DeadlineKind,
    EarlierClause,
    Finding,
    Heading,
    PartKind,
    RawClause,
    Reference,
    ReferenceKind,
    Relation,
    Resolution,
    Span,
    Target,
)
from avgust.domain.resolutions.review.clause import Review, ReviewedClause
from avgust.domain.resolutions.review.fold import PERSON
from avgust.domain.resolutions.stages import ClauseReader

Placed = TypeVar("Placed", Addressee, Target, Reference)

ACROSS_YEARS: Final = duplicate_earlier.kind.code
_LOOSE_ENDS: Final = " \t\n\u00a0;,."
_JOINING: Final = re.compile(r"[\s,]+(?:и|а\s+также|затем)$")
_JOINED: Final = re.compile(r"(?:и|а\s+также|затем)\s+(?=\S)")
_LINES: Final = re.compile(r"[\n;]+")
_ROLES: Final = {
    Relation.EXECUTOR: "executor",
    Relation.CO_EXECUTOR: "executor",
    Relation.PARTNER: "executor",
    Relation.CONTROLLER: "controller",
}


@dataclass(frozen=True)
class Rereader:
    """Reads what people type into the review of one resolution."""

    resolution: Resolution

    @property
    def _anchor(self) -> Anchor:
        return Anchor.of(self.resolution.header)

    def deadline(self, typed: str) -> Deadline:
        """Return the deadline that `typed` states; words that no rule knows are kept as its text."""
        fragment = _fragment(typed)
        if not fragment.text:
            return Deadline(rule=PERSON)
        for read in (deadline_of_line, deadline_of_clause):
            found = read(fragment, self._anchor)
            if found.kind is not DeadlineKind.NONE:
                return _unplaced(replace(found, text=fragment.text, inherited=False, confidence=1.0))
        return Deadline(text=fragment.text, rule=PERSON)

    def addressees(self, typed: str, relation: Relation, at: int) -> tuple[Addressee, ...]:
        """Return who is named in `typed`, a line or a semicolon for each; unknown words are a body."""
        found: list[Addressee] = []
        for line in filter(None, (part.strip() for part in _LINES.split(typed))):
            fragment = _fragment(line)
            read = addressees_of_line(fragment, _ROLES[relation]) or (_named(fragment.text, relation),)
            found += (_placed(a, at) for a in read)
        as_said = (replace(a, relation=relation, inherited=False, confidence=1.0) for a in found)
        return tuple({a.name.casefold(): a for a in as_said}.values())

    def targets(self, typed: str, at: int) -> tuple[Target, ...]:
        """Return the quantities that `typed` demands; words without a number are none."""
        lines = filter(None, (part.strip() for part in typed.split("\n")))
        return tuple(_placed(t, at) for line in lines for t in find_targets(_fragment(line)))

    def references(self, typed: str, at: int) -> tuple[Reference, ...]:
        """Return what `typed` names, a line for each; a line that no rule knows is a document."""
        found: list[Reference] = []
        for line in filter(None, (part.strip() for part in typed.split("\n"))):
            fragment = _fragment(line)
            found += find_references(fragment) or (_document(fragment.text),)
        return tuple(_placed(reference, at) for reference in found)

    def measure(self, clause: Clause) -> Clause:
        """Return a clause of another kind read as a measure."""
        return self._read(clause, clause.span, clause.full_span, clause.label)

    def pieces(self, clause: Clause, cuts: Iterable[int]) -> tuple[Clause, ...]:
        """Return `clause` cut at places of the source, each piece with fields of its own.

        What a piece does not say itself (who, when) it takes from the whole: printed once, it was
        meant for all. Cuts outside the clause and empty pieces are passed over.
        """
        inside = sorted({cut for cut in cuts if clause.span.start < cut < clause.span.end})
        ends = [clause.span.start, *inside, clause.span.end]
        spans = (_trimmed(self.resolution.document.text, a, b) for a, b in itertools.pairwise(ends))
        read = [self._read(clause, span, span, clause.label) for span in spans if span is not None]
        return tuple(_completed(piece, clause) for piece in read)

    def typed_pieces(self, clause: Clause, cuts: Iterable[int]) -> tuple[Clause, ...]:
        """Return a clause whose words were typed cut at places of its text."""
        inside = sorted({cut for cut in cuts if 0 < cut < len(clause.text)})
        ends = [0, *inside, len(clause.text)]
        spans = (_trimmed(clause.text, start, end) for start, end in itertools.pairwise(ends))
        at = clause.span.start
        read = (self.added(s.of(clause.text), clause.label, clause.headings, at) for s in spans if s)
        return tuple(_completed(piece, clause) for piece in read)

    def marked(self, span: Span, label: str | None, headings: tuple[Heading, ...]) -> Clause:
        """Return a measure that a person marked in the source: every value points at its words."""
        text = Fragment.of(self.resolution.document.text, span)
        raw = _raw(text.text, text.origin, text.origin, label, headings)
        return ClauseReader(self.resolution.document.text, self._anchor).read(0, raw)

    def heading(self, clause: Clause) -> tuple[Heading, tuple[Addressee, ...]]:
        """Return a clause as a heading below its own, and whom it addresses."""
        words = f"{clause.label}. {clause.text}" if clause.label else clause.text
        heading = Heading(words, clause.label, clause.full_span, len(clause.headings) + 1)
        fragment = Fragment.of(self.resolution.document.text, clause.span)
        return heading, addressees_of_heading(fragment)

    def added(self, typed: str, label: str | None, headings: tuple[Heading, ...], at: int) -> Clause:
        """Return a measure that a person typed, standing at place `at` of the source."""
        fragment = _fragment(typed)
        raw = _raw(fragment.text, Span(0, len(fragment.text)), Span(0, len(fragment.text)), label, ())
        read = ClauseReader(fragment.text, self._anchor).read(0, raw)
        return replace(
            read,
            span=Span(at, at),
            full_span=Span(at, at),
            headings=headings,
            addressees=tuple(_placed(a, at) for a in read.addressees),
            partners=tuple(_placed(a, at) for a in read.partners),
            deadline=_unplaced(read.deadline),
            targets=tuple(_placed(t, at) for t in read.targets),
            references=tuple(_placed(r, at) for r in read.references),
            theme=replace(read.theme, evidence=()) if read.theme else None,
        )

    def findings(
        self, review: Review, changed: ReviewedClause, earlier: Sequence[EarlierClause] | None = ()
    ) -> tuple[Finding, ...]:
        """Return the defects of one measure of `review`, as the finders see it in its place.

        `earlier` None keeps what was found in earlier documents: only its words could change that. Pieces
        of a split and added measures have no number of their own and are not searched.
        """
        now = tuple(row.clause for row in review.measures if row.clause.n)
        resolution = replace(self.resolution, clauses=now, findings=())
        found = find_defects(resolution, earlier or (), only=changed.clause.n)
        if earlier is not None:
            return found
        kept = (finding for finding in changed.findings if finding.kind == ACROSS_YEARS)
        return (*found, *kept)

    def _read(self, clause: Clause, span: Span, full: Span, label: str | None) -> Clause:
        text = Fragment.of(self.resolution.document.text, span).text
        raw = replace(_raw(text, span, full, label, clause.headings), printed_as=clause.printed_as)
        if span == clause.span:
            raw = replace(raw, lines=clause.lines)
        return ClauseReader(self.resolution.document.text, self._anchor).read(clause.n, raw)


def _raw(text: str, span: Span, full: Span, label: str | None, headings: tuple[Heading, ...]) -> RawClause:
    return RawClause(
        label=label,
        text=text,
        span=span,
        full_span=full,
        headings=headings,
        kind=PartKind.CLAUSE,
        rule=PERSON,
        confidence=1.0,
    )


def _completed(piece: Clause, whole: Clause) -> Clause:
    """Return `piece` with what only the whole clause says."""
    own_executor = any(not a.inherited for a in piece.addressees)
    return replace(
        piece,
        n=0,
        addressees=piece.addressees if own_executor else whole.addressees,
        deadline=piece.deadline if piece.deadline.kind is not DeadlineKind.NONE else whole.deadline,
        theme=piece.theme or whole.theme,
        result=piece.result or whole.result,
        lines=whole.lines,
    )


def _trimmed(source: str, start: int, end: int) -> Span | None:
    """Return the range without loose marks and joining words at its ends; None when nothing is left."""
    text = source[start:end]
    left = len(text) - len(text.lstrip(_LOOSE_ENDS))
    joined = _JOINED.match(text, left)
    left = joined.end() if joined else left
    right = len(_JOINING.sub("", text.rstrip(_LOOSE_ENDS)).rstrip(_LOOSE_ENDS))
    return Span(start + left, start + right) if left < right else None


def _fragment(typed: str) -> Fragment:
    return Fragment.of(typed, Span(0, len(typed)))


def _placed(value: Placed, at: int) -> Placed:
    """Return `value` pointing at nothing: it was typed, not printed."""
    return replace(value, span=Span(at, at))


def _unplaced(deadline: Deadline) -> Deadline:
    then = _unplaced(deadline.then) if deadline.then else None
    return replace(deadline, span=None, then=then)


def _named(name: str, relation: Relation) -> Addressee:
    return Addressee(name, AddresseeForm.BODY, relation, name, Span(0, 0), PERSON, 1.0)


def _document(text: str) -> Reference:
    return Reference(ReferenceKind.DOCUMENT, text, Span(0, 0), PERSON, 1.0)


def cut_places(clause: Clause, fragment_cuts: Sequence[int], source: str) -> tuple[int, ...]:
    """Return places of the source for places in the clause's single-spaced text."""
    fragment = Fragment.of(source, clause.span)
    size = len(fragment.text)
    return tuple(fragment.span(cut, cut + 1).start for cut in fragment_cuts if 0 < cut < size)
