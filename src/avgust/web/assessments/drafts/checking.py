"""Every check of an import over the whole file, without importing: what it would take and refuse."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from avgust.domain.assessment.works import Line, Refusal, Specification
from avgust.domain.assessment.works.checks import other_work
from avgust.domain.assessment.works.readers import Table
from avgust.domain.messages import Message, mark
from avgust.domain.tables import TableError
from avgust.web.assessments.drafts.models import TableDraft
from avgust.web.assessments.importing import CHUNK, NO_SPECIFICATION
from avgust.web.assessments.kept_messages import message_out
from avgust.web.assessments.schools import Schools
from avgust.web.assessments.tables import tables_of
from avgust.web.assessments.taking import Taker

FIRST: Final = 20  # refused rows that are shown
BROKEN: Final = mark(
    "The check stopped at an error of the program: %(kind)s. Check again; if it stops again, tell the"
    " administrator this word."
)


class _StoppedError(Exception):
    def __init__(self, why: Message) -> None:
        self.why = why
        super().__init__(why.msgid)


class _SupersededError(Exception):
    """The table was changed, imported or put away while it was read."""


@dataclass
class _Found:
    """What a check counts."""

    taken: int = 0
    absent: int = 0
    refused: int = 0
    rows: int = 0
    first: list[Refusal] = field(default_factory=list)
    reasons: dict[str, tuple[int, Message]] = field(default_factory=dict)

    def refuse(self, refusals: list[Refusal]) -> None:
        self.refused += len(refusals)
        self.first += refusals[: FIRST - len(self.first)]
        for one in refusals:
            count, why = self.reasons.get(one.why.msgid, (0, one.why))
            self.reasons[one.why.msgid] = (count + 1, why)

    def out(self, fault: Message | None) -> dict[str, Any]:
        reasons = sorted(self.reasons.values(), key=lambda pair: -pair[0])
        first = [(one.sheet, one.row, message_out(one.why)) for one in self.first]
        return {
            "taken": self.taken,
            "absent": self.absent,
            "refused": self.refused,
            "first": [{"sheet": sheet, "row": row, "why": why} for sheet, row, why in first],
            "reasons": [[count, message_out(why)] for count, why in reasons],
            "fault": message_out(fault) if fault else None,
        }


def carry_out(pk: int) -> None:
    """Check the whole file of a draft; nothing where it waits for no check, or was changed meanwhile."""
    draft = TableDraft.objects.select_related("work__unit").filter(pk=pk).first()
    if draft is None or not draft.is_being_checked:
        return
    found, fault = _Found(), None
    try:
        _read(draft, found)
    except _SupersededError:
        return
    except TableError as error:
        fault = error.message
    except _StoppedError as error:
        fault = error.why
    except Exception as error:
        told = {"kind": type(error).__name__}
        _turn(draft).update(check_state=TableDraft.Check.DONE, found=found.out(Message(BROKEN, told)))
        raise
    said = {"check_state": TableDraft.Check.DONE, "found": found.out(fault), "rows": found.rows}
    _turn(draft).update(**said)


def _turn(draft: TableDraft) -> Any:
    waiting = TableDraft.objects.filter(pk=draft.pk, attempt=draft.attempt)
    return waiting.filter(check_state=TableDraft.Check.WAITING)


def _read(draft: TableDraft, found: _Found) -> None:
    work, mapping = draft.work, draft.mapping()
    kept = work.specification
    known = kept.value() if kept else None
    names = tuple(item.code for item in known.items) if known else ()
    schools = Schools(work.unit, work.held_on)
    taker: Taker | None = None
    for _sheet, table in tables_of(draft, mapping, names):
        specification = known or _printed(table)
        known = specification
        taker = taker or Taker(specification, schools, work, 0)
        fault = other_work(table.items, table.codes, specification)
        if fault:
            raise _StoppedError(fault)
        while chunk := list(islice(table.rows, CHUNK)):
            rows, refusals = taker.take([one for one in chunk if isinstance(one, Line)], table.codes)
            present = sum(row.present for row in rows)
            found.taken += present
            found.absent += len(rows) - present
            found.refuse([*(one for one in chunk if isinstance(one, Refusal)), *refusals])
            found.rows += len(chunk)
            if not _turn(draft).update(rows=found.rows):
                raise _SupersededError


def _printed(table: Table) -> Specification:
    """Return the specification that the table would bring, as `importing` sets it."""
    if len(table.items) != len(table.codes) or not table.items:
        raise _StoppedError(Message(NO_SPECIFICATION))
    return Specification(table.items)
