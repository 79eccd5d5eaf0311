"""Reports on results as the command line writes them: text, JSON, DOCX, PDF, XLSX."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from avgust.commands.files import UnreadableError
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.record import story_record
from avgust.domain.reporting.story.story import Story


@dataclass
class StoryReport:
    """A story; `data` are figures that JSON adds to its words. Or many `stories` with their names."""

    story: Story | None = None
    data: dict[str, Any] = field(default_factory=dict)
    sound: bool = True
    stories: Iterable[tuple[str, Story]] = ()


def write_story(report: StoryReport, form: str, output: str | None, language: str) -> None:
    """Write the report to a file or to the standard output."""
    if report.story is None:
        _write_archive(report, form, output, language)
        return
    data = _rendered(report, report.story, form, language)
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(output)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _write_archive(report: StoryReport, form: str, output: str | None, language: str) -> None:
    """Write all stories as a ZIP, file by file."""
    from avgust.domain.reporting.story.archive import FORMATS, write_zip

    if output is None or form not in FORMATS:
        raise UnreadableError(
            Message(
                mark("All schools at once are a ZIP: name it with --output, and --format pdf, docx or xlsx.")
            )
        )
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    with Path(output).open("wb") as file:
        write_zip(file, report.stories, form, language, stamp=datetime.now(UTC))


def _rendered(report: StoryReport, story: Story, form: str, language: str) -> bytes:
    match form:
        case "docx" | "xlsx" | "pdf":
            from avgust.domain.reporting.story.archive import rendered

            return rendered(story, form, language, stamp=datetime.now(UTC))
        case "json":
            from avgust.commands.analyses.report import plain

            told = {**story_record(story, language), **report.data}
            return (json.dumps(plain(told), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
        case _:
            return as_text(story, language).encode("utf-8", "replace")


def as_text(story: Story, language: str) -> str:
    """Return the story for a terminal: sentences and tables; the reading of a chart stands for it."""
    from rich.table import Table

    from avgust.commands.console import paper

    told = story_record(story, language)
    file = io.StringIO()
    console = paper(file)
    console.print(told["title"], style="bold")
    console.print(told["lede"])
    for fact in told["facts"]:
        console.print(
            f"{fact['label']}: {fact['value']} ({fact['note']})"
            if fact["note"]
            else f"{fact['label']}: {fact['value']}"
        )
    for part in told["sections"]:
        console.print()
        console.print(part["title"], style="bold")
        for text in [part["reading"], *(chart["reading"] for chart in part["charts"])]:
            if text:
                console.print(text)
        for table in part["tables"]:
            made = Table(box=None, pad_edge=False, header_style="bold")
            for head in table["heads"]:
                made.add_column(head)
            for row in table["rows"]:
                made.add_row(*(_said(cell) for cell in row))
            console.print(made)
        for number, point in enumerate(part["points"], start=1):
            console.print(f"{number}. {point['text']}")
            if point["ground"]:
                console.print(f"   {point['ground']}")
    console.print()
    for text in told["method"]:
        console.print(f"· {text}")
    return file.getvalue()


def _said(cell: dict[str, Any]) -> str:
    """Return a cell; a verdict that paper shows by its shade is said by a sign: ! deficit, ~ border."""
    signs = {"bad": "!", "border": "~"}
    return str(cell["text"]) + (signs.get(cell["shade"], "") if cell["number"] else "")
