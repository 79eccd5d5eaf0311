"""What is published as CSV and JSON: the same rows and the same names, in the order of `COLUMNS`.

The names are part of the address that others have built on: none is renamed or taken away, new ones are
added at the end (`docs/open-data.md`).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any, Final

from avgust.domain.messages import DEFAULT_LANGUAGE
from avgust.domain.proof import ProofState
from avgust.domain.publishing.page import PublicMeasure, PublicProgramme
from avgust.domain.reporting.wording import STATES
from avgust.domain.resolutions.export.printable import inert

SCHEMA: Final = "avgust.public-measures/1"
BOM: Final = "\ufeff"  # tells Excel that a CSV is UTF-8
CANCELLED: Final = "cancelled"
CODES: Final = {
    ProofState.PROVEN_BY_DATA: "proven_by_data",
    ProofState.PROVEN_BY_DOCUMENT: "proven_by_document",
    ProofState.CLAIMED: "claimed",
    ProofState.CONTRADICTED: "contradicted",
    ProofState.NOT_DONE: "not_done",
    ProofState.NOT_DUE: "not_due",
}

# Column → what it holds; the page of documentation repeats it word for word.
COLUMNS: Final = {
    "id": "number of the measure, the same for ever",
    "number": "number of the clause as printed, text",
    "section": "heading of the document under which the measure stands",
    "measure": "text of the measure",
    "executors": "who answers: organisations or groups of them; in CSV parted by `; `",
    "due": "last day of the deadline, ISO 8601; empty where no day is named",
    "deadline": "the deadline in words (Russian)",
    "state": "state of proof, one of the codes below; empty where nothing is counted",
    "state_name": "the same in Russian",
    "assignments": "organisations that owe it, times its periods; whole number",
    **dict.fromkeys(CODES.values(), "assignments in this state; whole number"),
    "links": "public pages accepted as proof; in CSV parted by a space; at most five",
    "address": "page of the measure",
}


def rows(page: PublicProgramme, root: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of `page`; `root` is the address of its public page, with the slash at its end."""
    for measure in page.measures:
        yield _row(measure, root)


def _row(measure: PublicMeasure, root: str) -> dict[str, Any]:
    state = measure.state
    counts = {code: measure.coverage.count(one) for one, code in CODES.items()}
    return {
        "id": measure.id,
        "number": measure.number,
        "section": measure.section,
        "measure": measure.text,
        "executors": list(measure.executors),
        "due": measure.due.isoformat() if measure.due else None,
        "deadline": measure.deadline,
        "state": CANCELLED if measure.cancelled else CODES[state] if state else None,
        "state_name": STATES[state].render(DEFAULT_LANGUAGE) if state else None,
        "assignments": measure.coverage.total,
        **counts,
        "links": list(measure.links),
        "address": f"{root}measures/{measure.id}/",
    }


def as_json(page: PublicProgramme, root: str) -> bytes:
    """Return `page` as JSON in UTF-8."""
    whole = {
        "schema": SCHEMA,
        "programme": {
            "id": page.id,
            "title": page.title,
            "authority": page.authority,
            "school_year": page.school_year or None,
            "adopted_on": page.adopted_on.isoformat() if page.adopted_on else None,
            "address": root,
        },
        "states_on": page.day.isoformat(),
        "counted_at": page.made.isoformat(timespec="seconds"),
        "complete": not page.partly,
        "measures": list(rows(page, root)),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def as_csv(page: PublicProgramme, root: str) -> bytes:
    """Return `page` as CSV by RFC 4180 in UTF-8 with a mark; no cell begins a formula."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows(page, root):
        parted = {**row, "executors": "; ".join(row["executors"]), "links": " ".join(row["links"])}
        writer.writerow(["" if value is None else inert(str(value)) for value in parted.values()])
    return (BOM + out.getvalue()).encode()
