"""Numbers of points that leave a gap, come twice or stand under a foreign section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Clause, Finding, Heading, Mend, RawClause, Severity, Span

kind = FindingKind(
    code="structure.numbering",
    label=mark("Broken numbering"),
    severity=Severity.WARNING,
    message=mark("After point %(before)s comes point %(label)s."),
    explanation=mark(
        "Points are cited by number in orders, reports and letters. A gap looks like a lost point; a number "
        "used twice cannot be cited at all."
    ),
)
REPEATED: Final = mark("Point %(label)s is printed twice.")
FOREIGN: Final = mark("Point %(label)s stands in section %(section)s.")
_NUMERIC: Final = re.compile(r"\d{1,3}(?:\.\d{1,3})*")

Number = tuple[int, ...]


class Numbered(NamedTuple):
    """A printed number, where it stands, to which list it belongs and whose it is."""

    number: Number
    span: Span
    row: str  # headings, points «1.» and points «1)» are numbered apart
    heading: Heading | None
    clause: Clause | None


def find(reading: Reading) -> Iterator[Finding]:
    """Yield faults in the sequence of printed numbers; a list may begin again at 1."""
    last: dict[tuple[str, Number], Numbered] = {}
    top = 0  # the number of the current section
    for one in sorted(_numbered(reading), key=lambda one: one.span):
        parent = one.number[:-1]
        before = last.get((one.row, parent))
        last[one.row, parent] = one
        if not parent:
            top = one.number[0] if one.row != ")" else top
        elif top and parent[0] not in (top, top + 1):  # a section may have lost its printed number
            yield _fault(one, FOREIGN, section=str(top))
            continue
        follows = before is None or one.number[-1] == before.number[-1] + 1
        begins_anew = not parent and one.number[-1] == 1
        if before and not follows and not begins_anew:
            yield from _broken(reading, before, one)


def _numbered(reading: Reading) -> Iterator[Numbered]:
    """Yield everything that bears a printed number: headings, measures, other clauses."""
    resolution = reading.resolution
    for heading in resolution.headings:
        if number := _number(heading.label):
            yield Numbered(number, heading.span, f"heading {heading.level}", None, None)
    clauses: list[Clause | RawClause] = [*resolution.clauses, *resolution.others]
    for clause in clauses:
        if number := _number(clause.label):
            span = clause.full_span
            printed = reading.text[span.start : span.start + 12]
            row = ")" if len(number) == 1 and re.match(r"\s*\d+\s?\)", printed) else "."
            heading_above = clause.headings[-1] if clause.headings else None
            measure = clause if isinstance(clause, Clause) else None
            yield Numbered(number, span, row, heading_above, measure)


def _number(label: str | None) -> Number | None:
    bare = (label or "").strip(" .)")
    return tuple(int(part) for part in bare.split(".")) if _NUMERIC.fullmatch(bare) else None


def _broken(reading: Reading, before: Numbered, one: Numbered) -> Iterator[Finding]:
    same_list = len(one.number) > 1 or before.heading == one.heading
    if one.number == before.number:
        if same_list:
            yield _fault(one, REPEATED)
    elif one.number[-1] < before.number[-1]:
        if same_list:
            yield _fault(one, kind.message, before=_text(before.number))
    elif not _printed_between(reading.text, before, one):
        yield _fault(one, kind.message, before=_text(before.number))


def _printed_between(text: str, before: Numbered, one: Numbered) -> bool:
    """Tell whether the number that seems lost is printed: then we, not the author, passed it over."""
    lost = (*one.number[:-1], before.number[-1] + 1)
    pattern = r"(?:^|\s|\b)" + r"\.\s?".join(map(str, lost)) + r"\s?[.)]?(?:\s|$)"
    return re.search(pattern, text[before.span.start : one.span.start]) is not None


def _fault(one: Numbered, message: str, **values: Any) -> Finding:
    place = Span(one.span.start, min(one.span.end, one.span.start + len(_text(one.number)) + 1))
    mend = Mend(Message(mark("Number the points anew, best automatically.")), "label")
    return kind.at(place, one.clause, message=message, mends=[mend], label=_text(one.number), **values)


def _text(number: Number) -> str:
    return ".".join(map(str, number))
