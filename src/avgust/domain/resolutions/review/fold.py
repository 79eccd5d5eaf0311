"""A reading and the corrections of people, folded into what now stands."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.model import (
    Addressee,
    Clause,
    DeadlineKind,
    Finding,
    Heading,
    PartKind,
    Resolution,
    Span,
    ThemeGuess,
)
from avgust.domain.resolutions.review.clause import Conflict, Review, ReviewedClause, finding_key, opening
from avgust.domain.resolutions.review.corrections import (
    AddClause,
    ApplyMend,
    Confirm,
    Correction,
    Dismiss,
    FieldChange,
    MakeHeading,
    MakeMeasure,
    Merge,
    NotMeasure,
    SetAddressees,
    SetDeadline,
    SetReferences,
    SetSection,
    SetTargets,
    SetText,
    SetTheme,
    Split,
)
from avgust.domain.resolutions.stages import unique_addressees

PERSON = "person"  # the rule name of what a person said
LONGEST_ID: Final = 60

_GONE = mark("This clause is no longer there: it was split, merged or taken back.")
_NO_FINDING = mark("This finding is no longer open.")
_NOT_NEXT = mark("The two clauses no longer stand next to each other.")
_TOO_FEW = mark("A split needs at least two pieces.")
_TAKEN_ID = mark("A clause with this name is already there.")


class _Stale(Exception):  # noqa: N818 - a signal inside this module, never seen outside
    """The correction does not fit what stands."""

    def __init__(self, msgid: str) -> None:
        super().__init__(msgid)
        self.reason = Message(msgid)


def reviewed(resolution: Resolution, corrections: Sequence[Correction]) -> Review:
    """Return what stands after `corrections`, in their order.

    A correction that does not fit (its clause was split, merged or never added) changes nothing and is
    returned as a conflict. Nothing is raised.
    """
    return extended(opening(resolution), corrections)


def extended(review: Review, corrections: Sequence[Correction], first: int = 0) -> Review:
    """Return what stands when `corrections` are laid on `review`; `first` is the index of the first one.

    Laying them on one by one, or in any number of steps, comes to the same.
    """
    sheet = _Sheet(review)
    conflicts = list(review.conflicts)
    for index, correction in enumerate(corrections, first):
        try:
            sheet.apply(correction)
        except _Stale as stale:
            conflicts.append(Conflict(index, stale.reason))
    return replace(sheet.review(), conflicts=tuple(conflicts))


def joined(first: Clause, second: Clause) -> Clause:
    """Return one measure made of two that stand one after the other.

    Who answers for either answers for both; the earlier stated deadline of the first wins, since a
    merged point is due as its beginning says.
    """
    deadline = first.deadline if first.deadline.kind is not DeadlineKind.NONE else second.deadline
    return replace(
        first,
        text=f"{first.text.rstrip(' ;.,')}; {second.text}",
        span=Span(min(first.span.start, second.span.start), max(first.span.end, second.span.end)),
        full_span=Span(
            min(first.full_span.start, second.full_span.start),
            max(first.full_span.end, second.full_span.end),
        ),
        addressees=unique_addressees(first.addressees + second.addressees),
        partners=unique_addressees(first.partners + second.partners),
        deadline=deadline,
        targets=first.targets + second.targets,
        references=first.references + second.references,
        result="; ".join(part for part in (first.result, second.result) if part) or None,
        lines=first.lines + second.lines,
        rule=PERSON,
        confidence=1.0,
    )


def piece_id(clause_id: str, number: int) -> str:
    """Return the id of a piece of a split clause, counted from 1."""
    return _short(f"{clause_id}.{number}")


def merged_id(first: str, second: str) -> str:
    """Return the id of what two clauses become."""
    return _short(f"{first}-{second}")


def _short(clause_id: str) -> str:
    """Return an id that fits its column however often clauses are merged and split."""
    return clause_id if len(clause_id) <= LONGEST_ID else f"m{sha256(clause_id.encode()).hexdigest()[:16]}"


def lineage(clause_id: str) -> frozenset[str]:
    """Return ids under which the words of a clause may have stood: of wholes it was cut from, of its parts.

    "c1-c2.1" was cut from "c1-c2" or merged with a piece of "c2"; whichever, the others name nothing.
    """
    parts = clause_id.split("-")
    runs = itertools.combinations(range(len(parts) + 1), 2)
    wholes = ("-".join(parts[start:end]) for start, end in runs)
    return frozenset(whole.rsplit(".", cut)[0] for whole in wholes for cut in range(whole.count(".") + 1))


class _Sheet:
    """The rows while corrections are laid on them."""

    def __init__(self, review: Review) -> None:
        self._rows = {row.id: row for row in review.clauses}
        self._findings = review.document_findings
        self._settled = review.document_settled

    def review(self) -> Review:
        """Return what stands."""
        return Review(tuple(self._rows.values()), self._findings, self._settled)

    def apply(self, correction: Correction) -> None:
        """Lay one correction on the rows. Raises _Stale before anything is changed."""
        match correction:
            case AddClause():
                self._add(correction)
            case Dismiss():
                self._settle(correction.clause, correction.finding)
            case ApplyMend():
                self._mend(correction)
            case Split():
                self._split(correction)
            case Merge():
                self._merge(correction)
            case MakeHeading():
                self._head(correction)
            case _:
                row = self._row(correction.clause)
                self._rows[row.id] = _changed(row, correction)

    def _row(self, clause_id: str) -> ReviewedClause:
        if clause_id not in self._rows:
            raise _Stale(_GONE)
        return self._rows[clause_id]

    def _exchange(self, old: Sequence[str], new: Sequence[ReviewedClause]) -> None:
        """Put `new` in the place of the first of `old`."""
        rows: dict[str, ReviewedClause] = {}
        for clause_id, row in self._rows.items():
            if clause_id == old[0]:
                rows.update({fresh.id: fresh for fresh in new})
            elif clause_id not in old:
                rows[clause_id] = row
        self._rows = rows

    def _add(self, correction: AddClause) -> None:
        if correction.clause in self._rows:
            raise _Stale(_TAKEN_ID)
        fresh = ReviewedClause(
            correction.clause, correction.reading, PartKind.CLAUSE, measure=True, confirmed=True
        )
        if correction.after is None:
            self._rows = {fresh.id: fresh, **self._rows}
            return
        above = self._row(correction.after)
        self._exchange([above.id], [above, fresh])

    def _split(self, correction: Split) -> None:
        row = self._row(correction.clause)
        if len(correction.pieces) < 2:
            raise _Stale(_TOO_FEW)
        pieces = [
            ReviewedClause(piece_id(row.id, at), piece, row.kind, measure=True)
            for at, piece in enumerate(correction.pieces, 1)
        ]
        pieces[0] = replace(pieces[0], settled=row.settled + row.findings)
        self._exchange([row.id], pieces)

    def _merge(self, correction: Merge) -> None:
        first, second = self._row(correction.clause), self._row(correction.following)
        measures = [row.id for row in self._rows.values() if row.measure]
        if (first.id, second.id) not in itertools.pairwise(measures):
            raise _Stale(_NOT_NEXT)
        both = ReviewedClause(
            merged_id(first.id, second.id),
            joined(first.clause, second.clause),
            first.kind,
            measure=True,
            touched=first.touched | second.touched,
            findings=first.findings + second.findings,
            settled=first.settled + second.settled,
        )
        self._exchange([first.id, second.id], [both])

    def _head(self, correction: MakeHeading) -> None:
        """Make the clause a heading of those of `over` that still stand."""
        row = self._row(correction.clause)
        self._rows[row.id] = _taken_out(row, PartKind.HEADING)
        heirs = tuple(replace(addressee, inherited=True) for addressee in correction.executors)
        for below in filter(None, map(self._rows.get, correction.over)):
            headings = (*below.clause.headings, correction.heading)
            self._rows[below.id] = replace(below, clause=_under(below, headings, heirs or None))

    def _settle(self, clause_id: str, key: str) -> None:
        if not clause_id:
            self._findings, closed = _without(self._findings, key)
            self._settled += closed
            return
        row = self._row(clause_id)
        findings, closed = _without(row.findings, key)
        self._rows[row.id] = replace(row, findings=findings, settled=row.settled + closed)

    def _mend(self, correction: ApplyMend) -> None:
        row = self._row(correction.clause)
        _open, closed = _without(row.findings, correction.finding)
        self.apply(correction.change)
        after = self._rows.get(row.id)
        if after is not None and closed[0] not in after.settled:
            left = tuple(f for f in after.findings if finding_key(f) != correction.finding)
            self._rows[row.id] = replace(after, findings=left, settled=after.settled + closed)


def _without(findings: tuple[Finding, ...], key: str) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings but the one with `key`, and that one."""
    closed = tuple(finding for finding in findings if finding_key(finding) == key)
    if not closed:
        raise _Stale(_NO_FINDING)
    return tuple(finding for finding in findings if finding_key(finding) != key), closed


def _changed(row: ReviewedClause, correction: Correction) -> ReviewedClause:
    """Return `row` after a correction that touches it alone."""
    match correction:
        case Confirm():
            return replace(row, confirmed=True)
        case NotMeasure(kind=kind):
            return _taken_out(row, kind or row.kind)
        case MakeMeasure(reading=reading):
            return replace(row, clause=reading, measure=True, confirmed=True)
        case FieldChange():
            changed = replace(row, clause=_with_field(row, correction))
            return _searched(replace(changed, touched=row.touched | {correction.field}), correction)
    raise TypeError(correction)


def _taken_out(row: ReviewedClause, kind: PartKind) -> ReviewedClause:
    """Return `row` as no measure, of this kind; its defects are nobody's any more."""
    settled = row.settled + row.findings
    return replace(row, kind=kind, measure=False, confirmed=True, findings=(), settled=settled)


def _under(row: ReviewedClause, headings: tuple[Heading, ...], heirs: tuple[Addressee, ...] | None) -> Clause:
    """Return the clause of `row` under `headings`; `heirs` answer where nobody is named in its own words."""
    clause = row.clause
    own = "addressees" in row.touched or any(not addressee.inherited for addressee in clause.addressees)
    addressees = clause.addressees if own or heirs is None else heirs
    return replace(clause, headings=headings, addressees=addressees)


def _with_field(row: ReviewedClause, change: FieldChange) -> Clause:
    """Return the clause of `row` with the field that `change` sets."""
    clause = row.clause
    match change:
        case SetSection(headings=headings, addressees=addressees):
            return _under(row, headings, addressees)
        case SetAddressees(addressees=addressees, partners=partners):
            return replace(clause, addressees=addressees, partners=partners)
        case SetDeadline(deadline=deadline):
            return replace(clause, deadline=deadline)
        case SetTargets(targets=targets):
            return replace(clause, targets=targets)
        case SetReferences(references=references):
            return replace(clause, references=references)
        case SetTheme(theme=theme):
            return replace(clause, theme=ThemeGuess(theme, 1.0, PERSON))
        case SetText(text=text, label=label):
            return replace(clause, text=text, label=label)
    raise TypeError(change)


def _searched(row: ReviewedClause, change: FieldChange) -> ReviewedClause:
    """Return `row` with the defects that the author of the change saw after it.

    What was dismissed stays dismissed; what the change cured is settled.
    """
    if change.findings is None:
        return row
    kept = {finding_key(finding) for finding in row.settled}
    still = {finding_key(finding) for finding in change.findings}
    cured = tuple(finding for finding in row.findings if finding_key(finding) not in still)
    fresh = tuple(finding for finding in change.findings if finding_key(finding) not in kept)
    return replace(row, findings=fresh, settled=row.settled + cured)
