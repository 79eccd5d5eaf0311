"""The pipeline, top to bottom: document → structure → clauses with fields → findings.

Each stage is a typed function that reads the output of the one above. None refuses text: what no rule
took stays in `Resolution.parts` as UNTAKEN.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from avgust.domain.resolutions.findings import find_defects
from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.addressee import (
    addressees_of_clause,
    addressees_of_heading,
    addressees_of_line,
    besides_persons,
)
from avgust.domain.resolutions.grammars.deadline import (
    Anchor,
    deadline_of_clause,
    deadline_of_heading,
    deadline_of_line,
)
from avgust.domain.resolutions.grammars.reference import find_references
from avgust.domain.resolutions.grammars.target import find_results, find_targets
from avgust.domain.resolutions.grammars.theme import guess_theme, topic_of
from avgust.domain.resolutions.model import (
    MEASURES,
    Addressee,
    Clause,
    Deadline,
    DeadlineKind,
    EarlierClause,
    FieldLine,
    Heading,
    RawClause,
    Reference,
    Relation,
    Resolution,
    SourceDocument,
    Structure,
    Target,
)
from avgust.domain.resolutions.structure import read_structure

T = TypeVar("T")


def parse(document: SourceDocument, earlier: Sequence[EarlierClause] = ()) -> Resolution:
    """Return everything that the rules can say about `document`.

    `earlier` are clauses of earlier resolutions of the same territory, for findings of overlap.
    """
    structure = read_structure(document)
    clauses = read_clauses(document, structure)
    resolution = Resolution(
        document=document,
        header=structure.header,
        clauses=clauses,
        others=tuple(clause for clause in structure.clauses if clause.kind not in MEASURES),
        headings=structure.headings,
        parts=structure.parts,
    )
    return replace(resolution, findings=find_defects(resolution, earlier))


def read_clauses(document: SourceDocument, structure: Structure) -> tuple[Clause, ...]:
    """Read the fields of every measure of `structure`."""
    reader = ClauseReader(document.text, Anchor.of(structure.header), topic_of(structure.header))
    measures = (clause for clause in structure.clauses if clause.kind in MEASURES)
    return tuple(reader.read(n, raw) for n, raw in enumerate(measures, start=1))


class ClauseReader:
    """Reads the fields of clauses; keeps what headings say, since many clauses share them."""

    def __init__(self, text: str, anchor: Anchor, topic: tuple[str, ...] = ()) -> None:
        self._text = text
        self._anchor = anchor
        self._topic = topic  # the subject of an order, as its outermost heading for themes
        self._executors: dict[Heading, tuple[Addressee, ...]] = {}
        self._deadlines: dict[Heading, Deadline] = {}

    def read(self, n: int, raw: RawClause) -> Clause:
        """Return the clause `raw` with every field that the rules find."""
        fragment = Fragment.of(self._text, raw.span)
        results = [self._fragment(line) for line in raw.lines if line.role == "result"]
        addressees, partners = self._addressees(raw, fragment)
        return Clause(
            n=n,
            label=raw.label,
            text=raw.text,
            span=raw.span,
            full_span=raw.full_span,
            headings=raw.headings,
            addressees=addressees,
            partners=partners,
            deadline=self._deadline(raw, fragment),
            targets=_with(find_targets(fragment), map(find_results, results), _demand),
            references=_with(find_references(fragment), map(find_references, results), _name),
            theme=guess_theme(fragment, (*self._topic, *(heading.text for heading in raw.headings))),
            result="; ".join(part.text for part in results) or None,
            rule=raw.rule,
            confidence=raw.confidence,
            printed_as=raw.printed_as,
            lines=raw.lines,
        )

    def _fragment(self, line: FieldLine) -> Fragment:
        return Fragment.of(self._text, line.span)

    def _addressees(
        self, raw: RawClause, fragment: Fragment
    ) -> tuple[tuple[Addressee, ...], tuple[Addressee, ...]]:
        """Return (who answers, who helps or controls): own words and lines first, else the headings."""
        inherited = self._inherited_executors(raw.headings)
        own = list(addressees_of_clause(fragment, inherited))
        for line in raw.lines:
            if line.role in ("executor", "controller"):
                own.extend(addressees_of_line(self._fragment(line), line.role))
        own = besides_persons(own)
        if not any(a.relation is Relation.EXECUTOR for a in own):
            own = [*(replace(a, inherited=True) for a in inherited), *own]
        unique = unique_addressees(own)
        answering = (Relation.EXECUTOR, Relation.CO_EXECUTOR)
        return (
            tuple(a for a in unique if a.relation in answering),
            tuple(a for a in unique if a.relation not in answering),
        )

    def _inherited_executors(self, headings: Iterable[Heading]) -> tuple[Addressee, ...]:
        """Return the executors that the innermost heading names which names any."""
        for heading in reversed(tuple(headings)):
            if heading.question:
                continue
            if heading not in self._executors:
                fragment = Fragment.of(self._text, heading.span)
                self._executors[heading] = addressees_of_heading(fragment)
            if self._executors[heading]:
                return self._executors[heading]
        return ()

    def _deadline(self, raw: RawClause, fragment: Fragment) -> Deadline:
        """Return the deadline: its own line or column, else its words, else the innermost heading's."""
        for line in raw.lines:
            if line.role == "deadline":
                stated = deadline_of_line(self._fragment(line), self._anchor)
                if stated.kind is not DeadlineKind.NONE:
                    return stated
        own = deadline_of_clause(fragment, self._anchor)
        if own.kind is not DeadlineKind.NONE:
            return own
        for heading in reversed(raw.headings):
            if heading.question:
                continue
            if heading not in self._deadlines:
                part = Fragment.of(self._text, heading.span)
                self._deadlines[heading] = deadline_of_heading(part, self._anchor)
            if self._deadlines[heading].kind is not DeadlineKind.NONE:
                return replace(self._deadlines[heading], inherited=True)
        return own


def unique_addressees(addressees: Sequence[Addressee]) -> tuple[Addressee, ...]:
    """Return each addressee once; the first mention of a name holds."""
    return tuple({a.name.casefold(): a for a in reversed(addressees)}.values())[::-1]


def _with(
    own: tuple[T, ...], of_results: Iterable[tuple[T, ...]], sense: Callable[[T], object]
) -> tuple[T, ...]:
    """Return `own` and what the results say besides: a column of results often repeats its measure."""
    known = {sense(one) for one in own}
    return (*own, *(one for found in of_results for one in found if sense(one) not in known))


def _demand(target: Target) -> tuple[str, float, str]:
    return target.comparator, target.value, target.unit


def _name(reference: Reference) -> tuple[str, str]:
    return reference.kind, reference.text.casefold()
