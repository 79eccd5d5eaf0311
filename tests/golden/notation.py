"""Golden documents: a printed document and its annotation by hand in one file.

A `.gold` file is the printed text. `@@` at the end of a line (or on a line of its own) annotates the measure
that the line prints: `@@ LABEL | who=A, B | when=KIND START..END | goal=>= 70 % | theme=a,b | refs=X; Y |
text=… | section=…`. LABEL is absent for bullets; `text` is the line without label and closing mark unless given; `theme`
lists the acceptable ones. Names that have commas of their own are parted by `; `. What is absent from the annotation is not judged, except `who` (nobody), `when`
(none) and `goal` (none), which must then be found empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
_LABEL = re.compile(r"^(?:\d+(?:\.\s?\d+)*[.)]?|[а-яa-z][.)]|[-–—•*])\s+")


@dataclass(frozen=True)
class Measure:
    """What a person read in one measure."""

    text: str
    label: str | None
    who: frozenset[str]
    when: tuple[str, str | None, str | None]
    goals: tuple[tuple[str, float, str], ...]
    themes: frozenset[str]
    refs: tuple[str, ...]
    section: str | None = None  # the innermost heading; None is not judged


@dataclass(frozen=True)
class Golden:
    """A printed document and its measures."""

    name: str
    text: str
    measures: tuple[Measure, ...]


def golden(path: Path) -> Golden:
    """Read a `.gold` or `.table` file."""
    printed: list[str] = []
    measures: list[Measure] = []
    for raw in path.read_text("utf-8").splitlines():
        line, _, notes = raw.partition("@@")
        if line.strip() or not notes:
            printed.append(line.rstrip())
        if notes:
            measures.append(_measure(line.strip(), notes))
    return Golden(path.stem, "\n".join(printed) + "\n", tuple(measures))


def _measure(line: str, notes: str) -> Measure:
    parts = [part.strip() for part in notes.split("|")]
    fields = dict(part.split("=", 1) for part in parts if "=" in part)
    label = next((part for part in parts if "=" not in part and part), None)
    text = fields.get("text") or _LABEL.sub("", line)
    return Measure(
        text=text.strip(" .;,"),
        label=label,
        who=frozenset(_names(fields.get("who", ""))),
        when=_when(fields.get("when", "none")),
        goals=tuple(_goal(g) for g in fields.get("goal", "").split(";") if g.strip()),
        themes=frozenset(t.strip() for t in fields.get("theme", "").split(",") if t.strip()),
        refs=tuple(r.strip() for r in fields.get("refs", "").split(";") if r.strip()),
        section=fields.get("section"),
    )


def _names(listed: str) -> list[str]:
    apart = r";\s" if ";" in listed else r",\s"
    return [name.strip(" ;").casefold() for name in re.split(apart, listed) if name.strip(" ;")]


def _when(text: str) -> tuple[str, str | None, str | None]:
    kind, _, ends = text.partition(" ")
    start, _, end = ends.partition("..")
    return kind, start or None, end or None


def _goal(text: str) -> tuple[str, float, str]:
    comparator, value, unit = text.strip().split(" ", 2)
    return comparator, float(value), unit.casefold()


def documents() -> list[Golden]:
    """Return all golden documents of this folder."""
    return [golden(path) for path in sorted(FOLDER.glob("*.gold"))]
