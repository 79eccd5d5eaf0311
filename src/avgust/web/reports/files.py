"""The report as a workbook that can be sent back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Final

from django.utils import timezone

from avgust.domain.messages import Message, mark
from avgust.domain.reporting.report import ExecutionReport
from avgust.domain.reporting.spreadsheet import report_sheet
from avgust.domain.reporting.worksheet.keys import Ticket
from avgust.domain.reporting.worksheet.writing import About, write_returnable
from avgust.web.programmes.models import Programme
from avgust.web.reports.work_rows import MOST, work_rows
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

PAST: Final = Message(
    mark("This is the report of a day that has passed: it is read only. Download today's to fill it in.")
)
NO_ROWS: Final = Message(mark("There is nothing in it about which you can say something now."))
TOO_MANY: Final = Message(
    mark(
        "The sheet holds the first %(most)s rows. Choose a municipality on the page of the report for less."
    ),
    {"most": MOST},
)


def write_report(
    out: IO[bytes],
    programme: Programme,
    made: ExecutionReport,
    ids: Sequence[int],
    *,
    user: User,
    place: Unit | None,
    language: str,
) -> None:
    """Write the report and the rows `ids` that `user` may fill in."""
    past = made.day < timezone.localdate()
    remark = PAST if past else TOO_MANY if len(ids) > MOST else None if ids else NO_ROWS
    about = about_file(programme, place=place, report=made, remark=remark)
    rows = work_rows([] if past else ids[:MOST], user)
    write_returnable(out, about, [report_sheet(made, language)], rows, language)


def about_file(
    programme: Programme,
    *,
    place: Unit | None,
    report: ExecutionReport | None = None,
    remark: Message | None = None,
) -> About:
    """Return what the first sheet says; nothing of persons."""
    day = report.day if report else timezone.localdate()
    lines = [
        (Message(mark("Programme")), programme.title),
        (Message(mark("Whose programme it is")), str(programme.unit)),
        (Message(mark("On the date")), f"{day:%d.%m.%Y}"),
    ]
    if place is not None:
        lines.append((Message(mark("Municipality")), str(place)))
    return About(Ticket(programme.pk, day, place.pk if place else None), programme.title, lines, remark)
