"""A resolution as plain data for other programs: `avgust parse FILE --format json`.

The names of the documented schema come first in each record; everything else (spans, rules, confidence,
words for people) is extra. Spans are `[start, end)` in the canonical text of the document.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import avgust
from avgust.domain.messages import Message, translate
from avgust.domain.resolutions.export.wording import deadline_text, target_text, theme_label
from avgust.domain.resolutions.findings import finding_labels
from avgust.domain.resolutions.model import (
    Addressee,
    Clause,
    Deadline,
    Fact,
    FieldLine,
    Finding,
    Header,
    Mend,
    RawClause,
    Reference,
    Resolution,
    Span,
    Target,
    ThemeGuess,
)

Record = dict[str, Any]


def as_json(resolution: Resolution, language: str, doc: str = "") -> Record:
    """Return `resolution` as data that `json.dumps` takes; `doc` is the stem of the file's name."""
    source, header = resolution.document, resolution.header
    return {
        "doc": doc,
        "title": header.title.value if header.title else None,
        "adopted": _adopted(header),
        "territory": header.territory.value if header.territory else None,
        "school_year": header.school_year.value if header.school_year else None,
        "items": [_item(clause, language) for clause in resolution.clauses],
        "genre": header.genre,
        "number": header.number.value if header.number else None,
        "header": {name: _fact(getattr(header, name)) for name in _FACTS},
        "others": [_other(clause) for clause in resolution.others],
        "headings": [
            {"text": heading.text, "label": heading.label, "level": heading.level, "span": [*heading.span]}
            for heading in resolution.headings
        ],
        "parts": [
            {"kind": part.kind.value, "span": [*part.span], "rule": part.rule} for part in resolution.parts
        ],
        "untaken": [{"text": part.span.of(source.text), "span": [*part.span]} for part in resolution.untaken],
        "findings": [finding_record(found, source.text, language) for found in resolution.findings],
        "format": source.format,
        "encoding": source.encoding,
        "pages": source.pages,
        "notes": [note.render(language) for note in source.notes],
        "version": avgust.__version__,
    }


def finding_record(finding: Finding, text: str, language: str) -> Record:
    """Return a finding as data, its sentences in `language`."""
    return {
        "kind": finding.kind,
        "label": translate(finding_labels().get(finding.kind, finding.kind), language),
        "severity": finding.severity.value,
        "clause": finding.clause,
        "other": finding.other,
        "span": [*finding.span],
        "text": finding.span.of(text),
        "message": finding.message.render(language),
        "explanation": finding.explanation.render(language),
        "mends": [_mend(mend, language) for mend in finding.mends],
        "confidence": finding.confidence,
    }


_FACTS = ("title", "territory", "adopted", "number", "school_year")


def _adopted(header: Header) -> Record | None:
    return {"date": header.adopted.value, "text": header.adopted.text} if header.adopted else None


def _fact(fact: Fact | None) -> Record | None:
    if fact is None:
        return None
    return {
        "value": fact.value,
        "text": fact.text,
        "span": [*fact.span],
        "rule": fact.rule,
        "confidence": fact.confidence,
    }


def _item(clause: Clause, language: str) -> Record:
    guess = clause.theme
    return {
        "n": clause.n,
        "label": clause.label,
        "section": [*clause.section],
        "text": clause.text,
        "addressees": [addressee.name for addressee in clause.addressees],
        "deadline": _deadline(clause.deadline, language),
        "targets": [_target(target, language) for target in clause.targets],
        "references": [_reference(reference) for reference in clause.references],
        "theme": guess.theme.value if guess else None,
        "theme_detail": _theme(guess, language) if guess else None,
        "executors": [_addressee(addressee) for addressee in clause.addressees],
        "partners": [_addressee(addressee) for addressee in clause.partners],
        "result": clause.result,
        "lines": [_line(line) for line in clause.lines],
        "span": [*clause.span],
        "full_span": [*clause.full_span],
        "rule": clause.rule,
        "confidence": clause.confidence,
        "printed_as": clause.printed_as,
    }


def _theme(guess: ThemeGuess, language: str) -> Record:
    return {
        "label": theme_label(guess.theme, language),
        "confidence": guess.confidence,
        "rule": guess.rule,
        "evidence": [[*span] for span in guess.evidence],
        "runner_up": guess.runner_up.value if guess.runner_up else None,
    }


def _other(clause: RawClause) -> Record:
    return {
        "kind": clause.kind.value,
        "label": clause.label,
        "section": [heading.text for heading in clause.headings],
        "text": clause.text,
        "span": [*clause.span],
        "rule": clause.rule,
        "confidence": clause.confidence,
    }


def _addressee(addressee: Addressee) -> Record:
    return {
        "name": addressee.name,
        "form": addressee.form.value,
        "relation": addressee.relation.value,
        "text": addressee.text,
        "inherited": addressee.inherited,
        "span": [*addressee.span],
        "rule": addressee.rule,
        "confidence": addressee.confidence,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _span(span: Span | None) -> list[int] | None:
    return [*span] if span else None


def _deadline(deadline: Deadline, language: str) -> Record:
    return {
        "kind": deadline.kind.value,
        "start": _iso(deadline.start),
        "end": _iso(deadline.end),
        "text": deadline.text,
        "inherited": deadline.inherited,
        "words": deadline_text(deadline, language),
        "every": deadline.every,
        "day_of_period": deadline.day_of_period,
        "offset": deadline.offset,
        "working": deadline.working,
        "event": deadline.event,
        "inferred": [*deadline.inferred],
        "then": _deadline(deadline.then, language) if deadline.then else None,
        "span": _span(deadline.span),
        "rule": deadline.rule,
        "confidence": deadline.confidence,
    }


def _target(target: Target, language: str) -> Record:
    return {
        "text": target.text,
        "comparator": target.comparator,
        "value": target.value,
        "unit": target.unit,
        "of": target.of,
        "words": target_text(target, language),
        "span": [*target.span],
        "rule": target.rule,
        "confidence": target.confidence,
    }


def _reference(reference: Reference) -> Record:
    return {
        "kind": reference.kind.value,
        "text": reference.text,
        "number": reference.number,
        "date": _iso(reference.dated),
        "span": [*reference.span],
        "rule": reference.rule,
        "confidence": reference.confidence,
    }


def _line(line: FieldLine) -> Record:
    return {"role": line.role, "caption": line.caption, "text": line.text, "span": [*line.span]}


def _mend(mend: Mend, language: str) -> Record:
    value = mend.value
    if isinstance(value, Message):
        value = value.render(language)
    elif isinstance(value, date):
        value = value.isoformat()
    return {"label": mend.label.render(language), "field": mend.field, "value": value}
