"""The report of an analysis: data for programs (JSON, CSV) and a table with sentences for people."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from avgust.domain.messages import Message, translate


@dataclass
class Report:
    """`data` is what JSON prints; `rows` are the lines of the table, with the titles of their `columns`.

    `sound` is False where an estimate did not converge or does not exist: the exit code says so.
    """

    data: dict[str, Any]
    rows: Sequence[Mapping[str, Any]]
    columns: Mapping[str, str]
    headlines: list[Message] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    sound: bool = True


def write_report(report: Report, form: str, output: str | None, language: str) -> None:
    """Write the report to a file or to the standard output."""
    text = {"json": as_json, "csv": as_csv, "table": as_table}[form](report, language)
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
        return
    path = Path(output)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8-sig" if form == "csv" else "utf-8", "replace"))


def as_json(report: Report, language: str) -> str:
    """Return one JSON object; what does not exist is null, never NaN."""
    notes = [note.render(language) for note in report.notes]
    data = {**report.data, "notes": [*report.data.get("notes", []), *notes]}
    return json.dumps(plain(data), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def plain(value: Any) -> Any:
    """Return `value` in types that JSON knows."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if hasattr(value, "tolist"):  # arrays and numbers of numpy
        return plain(value.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def as_csv(report: Report, language: str) -> str:
    """Return the rows under the names of JSON; cells never start a formula."""
    del language  # names are those of JSON in every language
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(report.columns)
    for row in report.rows:
        writer.writerow([_cell(plain(row.get(key))) for key in report.columns])
    return file.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return " ".join("" if inner is None else str(inner) for inner in value)
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return f"'{value}"
    return value


def as_table(report: Report, language: str) -> str:
    """Return sentences, the table, and notes."""
    from rich.table import Table

    from avgust.commands.console import paper

    file = io.StringIO()
    console = paper(file)
    for headline in report.headlines:
        console.print(headline.render(language))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key, title in report.columns.items():
        words = any(isinstance(row.get(key), str) for row in report.rows)
        table.add_column(translate(title, language), justify="left" if words else "right")
    for row in report.rows:
        table.add_row(*(_shown(plain(row.get(key))) for key in report.columns))
    if report.rows:
        console.print(table)
    for note in report.notes:
        console.print(f"· {note.render(language)}")
    return file.getvalue()


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "+" if value else ""
    if isinstance(value, float):
        return f"{value:.0f}" if value == int(value) and abs(value) >= 1 else f"{value:.3f}"
    if isinstance(value, list):
        return " ".join(_shown(inner) for inner in value)
    return str(value)
