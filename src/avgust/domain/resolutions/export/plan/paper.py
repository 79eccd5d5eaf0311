"""What a printed plan holds, whatever its columns: headings and rows of texts, ready to be set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.export.plan.row import PlanRow


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column of the table: the words of its head (a msgid) and its width in millimetres."""

    header: str
    width: int
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A line across the table: a section, a theme, an executor."""

    text: str


Line = Heading | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A landscape A4 document with one table. `approval` prints the block that a head signs."""

    title: str
    subtitle: str = ""
    note: str = ""  # what the view shows: its filters in words
    columns: tuple[PaperColumn, ...] = ()
    approval: bool = False


PLAN: Final = (  # 267 mm in all
    PaperColumn(mark("No."), 14),
    PaperColumn(mark("Measure"), 108),
    PaperColumn(mark("Deadline"), 40),
    PaperColumn(mark("Responsible executor"), 58),
    PaperColumn(mark("Target"), 47),
)
APPROVAL: Final = (  # GOST R 7.0.97-2016, 5.16: the block stands in the upper right corner
    mark("APPROVED"),
    mark("___________________________ (post)"),
    mark("______________ (signature, name)"),
    mark("“____” ______________ 20___"),
)


def plan_lines(rows: Iterable[PlanRow], language: str) -> Iterator[Line]:
    """Yield the rows of a plan; a section is printed once above its first measure."""
    section = ""
    for row in rows:
        if row.section and row.section != section:
            yield Heading(row.section)
        section = row.section
        yield (row.number, row.text, row.deadline, who(row, language), row.target)


def who(row: PlanRow, language: str) -> str:
    """Return who acts; co-executors stand below the executor, as office practice has it."""
    names = list(row.executors)
    if row.co_executors:
        helpers = {"names": "; ".join(row.co_executors)}
        names.append(Message(mark("co-executors: %(names)s"), helpers).render(language))
    return ";\n".join(names)
