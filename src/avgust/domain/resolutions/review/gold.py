"""A reviewed document as a gold file: what people confirmed is what the parser is measured by.

The shape is the one that the project's scorer reads: one item a measure, fields as a careful reader
would write them.
"""

from __future__ import annotations

from typing import Any

from avgust.domain.resolutions.model import Clause, Deadline, Fact, Resolution
from avgust.domain.resolutions.review.clause import Review


def gold_file(resolution: Resolution, review: Review, name: str) -> dict[str, Any]:
    """Return the gold file of `review`, called `name`, made of JSON values."""
    header = resolution.header
    return {
        "doc": name,
        "title": header.title.value if header.title else None,
        "adopted": {"date": header.adopted.value, "text": header.adopted.text} if header.adopted else None,
        "territory": _value(header.territory),
        "school_year": _value(header.school_year),
        "items": [_item(n, row.clause) for n, row in enumerate(review.measures, start=1)],
    }


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def _item(n: int, clause: Clause) -> dict[str, Any]:
    return {
        "n": n,
        "label": clause.label,
        "section": list(clause.section),
        "text": clause.text,
        "addressees": [addressee.name for addressee in clause.addressees],
        "deadline": _deadline(clause.deadline),
        "targets": [
            {
                "text": t.text,
                "comparator": t.comparator,
                "value": _number(t.value),
                "unit": t.unit,
                "of": t.of,
            }
            for t in clause.targets
        ],
        "references": [{"kind": r.kind.value, "text": r.text} for r in clause.references],
        "theme": clause.theme.theme.value if clause.theme else None,
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "kind": deadline.kind.value,
        "start": deadline.start.isoformat() if deadline.start else None,
        "end": deadline.end.isoformat() if deadline.end else None,
        "text": deadline.text,
        "inherited": deadline.inherited,
    }


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value
