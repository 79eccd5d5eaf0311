"""Findings on a terminal, in the order of the text, each under the clause that it touches."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.export.kinds import severity_label
from avgust.domain.resolutions.export.printable import printable
from avgust.domain.resolutions.export.terminal import severities
from avgust.domain.resolutions.model import Finding, Resolution, Severity

if TYPE_CHECKING:
    from rich.console import Console

_STYLES: Final = {Severity.SEVERE: "bold red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
_EXCERPT: Final = 100  # characters of a clause that tell it from its neighbours


def print_findings(resolution: Resolution, language: str, name: str, console: Console) -> None:
    """Print every finding with its place and mend; an explanation is printed once a kind."""
    from rich.text import Text  # noqa: PLC0415

    console.print(Text(printable(name), style="bold"))
    explained: set[str] = set()
    ordered = sorted(resolution.findings, key=lambda found: (found.clause or 0, found.span))
    for clause, group in groupby(ordered, key=lambda found: found.clause):
        console.print()
        console.print(Text(_place(resolution, clause, language), style="bold"))
        for found in group:
            _print_finding(found, language, console, explain=found.kind not in explained)
            explained.add(found.kind)
    console.print()
    if resolution.findings:
        console.print(Text(severities(resolution).render(language)))
    else:
        console.print(Text(Message(mark("No defects were found.")).render(language)))


def _place(resolution: Resolution, n: int | None, language: str) -> str:
    """Return the words that lead a reader to the clause in the document."""
    if n is None:
        return Message(mark("The document as a whole")).render(language)
    clause = resolution.clauses[n - 1]
    text = clause.text if len(clause.text) <= _EXCERPT else clause.text[:_EXCERPT].rsplit(" ", 1)[0] + "…"
    line = resolution.document.text.count("\n", 0, clause.span.start) + 1
    values = {"label": clause.label or f"№ {clause.n}", "line": line, "text": text}
    return printable(Message(mark("%(label)s (line %(line)d) %(text)s"), values).render(language))


def _print_finding(found: Finding, language: str, console: Console, *, explain: bool) -> None:
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    words = Text.assemble(
        (severity_label(found.severity, language), _STYLES[found.severity]),
        " ",
        printable(found.message.render(language)),
        (f"  [{found.kind}]", "dim"),
    )
    console.print(Padding(words, (0, 0, 0, 2)))
    if explain:
        console.print(Padding(Text(printable(found.explanation.render(language)), style="dim"), (0, 0, 0, 4)))
    for mend in found.mends:
        console.print(Padding(Text("→ " + printable(mend.label.render(language))), (0, 0, 0, 4)))
