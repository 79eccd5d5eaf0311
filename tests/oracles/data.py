"""Public data and what independent R packages printed on them: ../shared/data (see its SOURCES.md)."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from avgust.domain.assessment.responses import Responses

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is absent")


def rows_of(name: str) -> list[dict[str, str]]:
    path = SHARED / name
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def reference(name: str) -> list[dict[str, str]]:
    return rows_of(f"ref/{name}")


def numbers(rows: list[dict[str, str]], *columns: str) -> np.ndarray:
    """Return columns as an array (rows × columns); NA is nan."""
    return np.array(
        [[np.nan if row[column] == "NA" else float(row[column]) for column in columns] for row in rows]
    )


def responses(name: str, items: list[str], weights: str | None = None) -> Responses:
    rows = rows_of(name)
    scores = np.array([[int(row[item]) for item in items] for row in rows], dtype=np.int8)
    return Responses(scores, tuple(items), None if weights is None else numbers(rows, weights)[:, 0])


def verbal(*, dichotomous: bool) -> Responses:
    items = list(rows_of("verbal_aggression_316x24.csv")[0])[3:]
    read = responses("verbal_aggression_316x24.csv", items)
    return Responses((read.scores > 0).astype(np.int8), read.items) if dichotomous else read


def lsat(which: int) -> Responses:
    columns = list(rows_of(f"lsat{which}_patterns.csv")[0])
    return responses(f"lsat{which}_patterns.csv", columns[:5], columns[5])


def science() -> Responses:
    return responses("science_392x4.csv", ["Comfort", "Work", "Future", "Benefit"])


def sat12() -> Responses:
    right = numbers(rows_of("sat12_key.csv"), "key")[:, 0]
    rows = rows_of("sat12_raw_600x32.csv")
    raw = numbers(rows, *rows[0])
    return Responses((raw == right).astype(np.int8), tuple(rows[0]))
