"""A resolution on a terminal of 80 to 160 columns: one table, sections between the rows, a line of totals."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from avgust.domain.messages import Message, mark, translate
from avgust.domain.resolutions.export.kinds import part_label
from avgust.domain.resolutions.export.printable import printable
from avgust.domain.resolutions.export.rows import document_title, plan_rows
from avgust.domain.resolutions.model import DeadlineKind, Resolution, Severity

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from avgust.domain.resolutions.export.plan.row import PlanRow

WIDE: Final = 120  # columns from which the theme has room


def print_resolution(resolution: Resolution, language: str, name: str, console: Console) -> None:
    """Print the measures of `resolution` and what else was found in it."""
    from rich.text import Text  # noqa: PLC0415 - 50 ms that data formats need not pay

    console.print(Text(printable(document_title(resolution, name)), style="bold"))
    console.print(Text(_about(resolution, language), style="dim"))
    console.print(_table(resolution, language, wide=console.width >= WIDE))
    for line in _totals(resolution, language):
        console.print(Text(printable(line)))


def _about(resolution: Resolution, language: str) -> str:
    header = resolution.header
    said = [header.territory.value] if header.territory else []
    said += [fact.text for fact in (header.adopted, header.number, header.school_year) if fact]
    said.append(resolution.document.format.upper())
    said.extend(note.render(language) for note in resolution.document.notes)
    return printable(" · ".join(said))


def _table(resolution: Resolution, language: str, *, wide: bool) -> Table:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    rows = list(plan_rows(resolution, language))
    shown = ["measure", "executor", "deadline"]
    shown += ["target"] if any(row.target for row in rows) else []
    shown += ["theme"] if wide else []
    headers = {
        "measure": (mark("Measure"), 5),
        "executor": (mark("Executor"), 3),
        "deadline": (mark("Deadline"), 2),
        "target": (mark("Target"), 2),
        "theme": (mark("Theme"), 2),
    }
    table = Table(box=box.SIMPLE_HEAD, expand=True, show_edge=False, pad_edge=False)
    table.add_column(translate(mark("No."), language), no_wrap=True, style="cyan")
    for column in shown:
        header, ratio = headers[column]
        table.add_column(translate(header, language), ratio=ratio, overflow="fold")
    section = ""
    for row in rows:
        if row.section != section:
            section = row.section
            table.add_section()
            table.add_row("", Text(printable(section), style="bold"))
        table.add_row(row.number, *(_cell(row, column) for column in shown))
    return table


def _cell(row: PlanRow, column: str) -> str:
    cells = {
        "measure": row.text,
        "executor": "; ".join([*row.executors, *(f"+ {name}" for name in row.co_executors)]) or "—",
        "deadline": row.deadline or "—",
        "target": row.target,
        "theme": row.theme,
    }
    return printable(cells[column])


def _totals(resolution: Resolution, language: str) -> list[str]:
    clauses, found = resolution.clauses, resolution.findings
    measures = Message(
        mark("Measures: %(all)d, without an executor: %(nobody)d, without a deadline: %(never)d."),
        {
            "all": len(clauses),
            "nobody": sum(not clause.addressees for clause in clauses),
            "never": sum(clause.deadline.kind is DeadlineKind.NONE for clause in clauses),
        },
    )
    lines = [measures.render(language)]
    if resolution.others:
        kinds = Counter(part_label(clause.kind, language) for clause in resolution.others)
        listed = ", ".join(f"{label.lower()} — {count}" for label, count in kinds.items())
        lines.append(Message(mark("Other clauses: %(listed)s."), {"listed": listed}).render(language))
    if resolution.untaken:
        pieces = Message(
            mark("Pieces of text not recognised: %(count)d."), {"count": len(resolution.untaken)}
        )
        lines.append(pieces.render(language))
    if found:
        lines.append(severities(resolution).render(language))
    return lines


def severities(resolution: Resolution) -> Message:
    """Return how many findings of each severity there are."""
    graded = Counter(finding.severity.value for finding in resolution.findings)
    msgid = mark("Findings: severe %(severe)d, warnings %(warning)d, hints %(hint)d.")
    return Message(msgid, {severity.value: graded[severity.value] for severity in Severity})
