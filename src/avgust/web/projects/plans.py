"""From an uploaded table to its difference with the programme."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.planning.plan_difference import Difference, Known, Reader, difference
from avgust.domain.planning.plan_table import MOST_ROWS, lines_of, sheets_of_blocks
from avgust.domain.resolutions.export.wording import theme_label
from avgust.domain.resolutions.model import Deadline, DeadlineKind, Relation, Target, Theme
from avgust.domain.resolutions.morphology import fold
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.tables import Sheet, TableError, bounded, decode_sheets
from avgust.isolation import read_isolated, read_table_isolated
from avgust.web.documents.actions import Refused
from avgust.web.programmes.models import Measure, Programme
from avgust.web.programmes.presenting import MeasureWords
from avgust.web.programmes.typed import OFFICIAL, deadline_of, reader_of
from avgust.web.projects.plan_files import PlanFile
from avgust.web.ui.requests import language

_WORD: Final = b"word/document.xml"  # in the directory of a DOCX, and in no workbook
NO_PLAN: Final = Message(
    mark(
        "No table of the file has the heads of a plan. A column “Measure” and one of “Deadline”, “Executor”"
        " or “Target” are needed; the exported plan of the programme has them all."
    )
)
TOO_LONG: Final = Message(mark("The plan has more than %(most)s rows. Split the file."), {"most": MOST_ROWS})


def sheets_in(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Return the tables of a workbook or a document, read in a process of its own. Raises Refused."""
    try:
        if bounded(data).startswith(b"PK\x03\x04") and _WORD in data:
            sheets = sheets_of_blocks(read_isolated(data, name).blocks)
        else:
            sheets = read_table_isolated(data)
    except (ReadError, TableError) as error:
        raise Refused(error.message) from error
    rows = lines_of(sheets)
    if not rows:
        raise Refused(NO_PLAN)
    if len(rows) > MOST_ROWS:
        raise Refused(TOO_LONG)
    return sheets


def compared(file: PlanFile) -> Difference:
    """Return what `file` would change in its programme as it stands now, in two queries."""
    sheets = decode_sheets(gzip.decompress(bytes(file.table)))
    rows = file.programme.measures.prefetch_related("executors").order_by("order")
    return difference(lines_of(sheets), [known_of(row) for row in rows], _reader(file.programme))


def known_of(measure: Measure) -> Known:
    """Return a measure as the comparison takes it; words as the reader of the page exported them."""
    words = MeasureWords(measure, language())
    return Known(
        id=measure.pk,
        number=measure.label or str(measure.order),
        text=measure.text,
        section=measure.section,
        theme=words.theme,
        deadline=words.deadline,
        printed=measure.deadline_text,
        deadline_value=_deadline(measure.deadline),
        target="; ".join(words.targets),
        target_value=_targets(measure.targets),
        executors=_names(measure, Relation.EXECUTOR),
        co_executors=_names(measure, Relation.CO_EXECUTOR),
        in_force=measure.in_force,
    )


def _names(measure: Measure, relation: Relation) -> tuple[str, ...]:
    return tuple(row.name for row in measure.executors.all() if row.relation == relation)


def _reader(programme: Programme) -> Reader:
    """Return the grammars of documents for a programme: years left out are told from its school year."""
    grammars = reader_of(programme)

    def deadline(words: str) -> object | None:
        read = deadline_of(programme, words)
        return None if read.kind is DeadlineKind.NONE else _deadline(read)

    def target(words: str) -> object | None:
        return _targets(grammars.targets("\n".join(words.split("; ")), 0)) or None

    return Reader(deadline, target, frozenset(themes()))


def themes() -> dict[str, str]:
    """Return themes by their labels, folded, in both languages."""
    return {fold(theme_label(theme, tongue)): theme.value for theme in Theme for tongue in (OFFICIAL, "en")}


def same_deadline(one: Deadline, other: Deadline) -> bool:
    """Return whether two wordings state the same deadline, with what follows it."""
    if (one.then is None) != (other.then is None) or _deadline(one) != _deadline(other):
        return False
    return one.then is None or other.then is None or same_deadline(one.then, other.then)


def _deadline(read: Deadline) -> object:
    """Return what two wordings of one deadline have in common."""
    return (
        read.kind,
        read.start,
        read.end,
        read.every,
        read.day_of_period,
        read.offset,
        read.working,
        read.event,
    )


def _targets(found: Sequence[Target]) -> tuple[object, ...]:
    return tuple((one.comparator, one.value, one.unit) for one in found)
