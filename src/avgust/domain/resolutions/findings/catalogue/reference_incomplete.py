"""An act or concept without number or date: several of the same name may be in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Clause, Finding, Mend, Reference, ReferenceKind, Severity

kind = FindingKind(
    code="reference.incomplete",
    label=mark("Reference without number or date"),
    severity=Severity.HINT,
    message=mark("“%(text)s” is cited without its number and date."),
    explanation=mark(
        "Acts are replaced by others of the same name. Without number and date nobody can tell which text "
        "the measure follows."
    ),
)
NO_NUMBER: Final = mark("“%(text)s” is cited without its number.")
NO_DATE: Final = mark("“%(text)s” is cited without its date.")
# Act with a name of its own; «приказом департамента» without a name may be an act still to be written.
_ACT: Final = re.compile(
    r"^(?:ст\S*\s?\d+\s+)?(?:(?:федеральн|областн|региональн|краев)\w+ )?"
    r"(?:закон|указ|постановлен|приказ|распоряжен|письм)\w*\b",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(r"[«\"“]|\b[Оо]б?\s+[а-яё]+")
_CONCEPT: Final = re.compile(r"^(?:концепци|стратеги|доктрин)\w+", re.IGNORECASE)
_DRAFT: Final = re.compile(r"^проект\w*\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?:№|\bN)\s?\d|\b\d{1,4}-ФЗ\b")
_DATE: Final = re.compile(
    r"\b\d{1,2}\.\d{1,2}\.\d{2,4}\b|\bот \d{1,2} \w+ (?:19|20)\d\d|\bдо (?:19|20)\d\d год"
)
_AFTER: Final = 90  # characters in which number and date may follow the name
_TITLE: Final = re.compile(r"[«\"“]([^»\"”]+)|\b[Оо]б?\s+([а-яё].{8,})")
_SHOWN: Final = 90


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each incomplete act or concept once, unless it is cited in full elsewhere."""
    seen: set[str] = set()
    for clause in reading.clauses:
        for reference in clause.references:
            missing = _missing(reading, reference)
            name = _name(reference)
            if missing is None or name in seen or _cited_in_full(reading, reference):
                continue
            seen.add(name)
            yield _finding(clause, reference, missing)


def _finding(clause: Clause, reference: Reference, message: str) -> Finding:
    text = reference.text
    shown = text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + "…"
    mend = Mend(Message(mark("Add the kind of act, its date and number.")), "references")
    return kind.at(reference.span, clause, message=message, text=shown, mends=[mend])


def _missing(reading: Reading, reference: Reference) -> str | None:
    """Return the sentence that says what a reference lacks."""
    if _DRAFT.match(reference.text):
        return None
    around = reference.text + reading.text[reference.span.end : reference.span.end + _AFTER].split("\n")[0]
    number = bool(reference.number or _NUMBER.search(around))
    dated = bool(reference.dated or _DATE.search(around))
    act = reference.kind is ReferenceKind.LAW and _ACT.match(reference.text)
    if act and (number or dated or _NAMED.search(reference.text)):
        if not number:
            return NO_NUMBER if dated else kind.message
        return None if dated else NO_DATE
    if _CONCEPT.match(reference.text) and reference.text[:1].isupper() and not (number or dated):
        return kind.message
    return None


def _name(reference: Reference) -> str:
    title = _TITLE.search(reference.text)
    return re.sub(r"\W+", " ", (title.group() if title else reference.text).lower()).strip()[:60]


def _cited_in_full(reading: Reading, reference: Reference) -> bool:
    """Tell whether the same title stands elsewhere beside a number."""
    title = _TITLE.search(reference.text)
    words = (title[1] or title[2] if title else reference.text.split(" ", 1)[-1])[:40]
    at = reading.text.find(words)
    while at >= 0:
        near = reading.text[max(0, at - _AFTER) : at + len(words) + _AFTER]
        if at != reference.span.start and _NUMBER.search(near):
            return True
        at = reading.text.find(words, at + 1)
    return False
