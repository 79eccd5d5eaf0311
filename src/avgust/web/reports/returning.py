"""A report that is sent back: read and judged at once or by the worker, shown, then applied row by row.

Nothing is done before `apply_returned`. Each row is an act of its own by the rules of the pages
(`control.together`), in batches; a row is done once, however often the work is begun again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from avgust.domain.control.states import Act
from avgust.domain.evidence.papers import Paper
from avgust.domain.messages import Message, kept, mark
from avgust.domain.reporting.worksheet.judging import REWRITTEN, Does, Verdict, judge
from avgust.domain.reporting.worksheet.keys import text_print
from avgust.domain.reporting.worksheet.reading import Fault, NotOursError, Returned, Said, read_returned
from avgust.domain.resolutions.export.printable import cell
from avgust.domain.tables import TableError, bounded
from avgust.isolation import read_table_isolated
from avgust.web import files
from avgust.web.accounts.models import User
from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.control.actions import Words
from avgust.web.control.together import Draft, Together, Wish
from avgust.web.documents.actions import Refused
from avgust.web.reports import codes
from avgust.web.reports.models import ReturnedFile, ReturnedRow
from avgust.web.reports.standings import CHUNK, Reader, standings_of, words_of
from avgust.web.reports.standings import Words as Written

if TYPE_CHECKING:
    from avgust.web.programmes.models import Programme

AT_ONCE: Final = 150 * 1024  # bytes of a file that is read while one waits: some 1,000 rows
ROWS_AT_ONCE: Final = 50  # that are applied while one waits
BATCH: Final = 50  # rows of one transaction
TURN: Final = 20  # batches after which the worker looks for what others wait for
OTHER_PROGRAMME: Final = Message(
    mark("The workbook is a report on another programme. Upload it on the page of that programme's report.")
)
CLOSED: Final = Message(mark("The file is applied or put away already."))
NOTHING: Final = Message(mark("No row of the file can be applied."))


def may_return(user: User) -> bool:
    """Return whether the person can say anything in a report at all."""
    return user.may(Action.REPORT_ASSIGNMENT) or user.may(Action.CONTROL_ASSIGNMENTS)


def upload_returned(programme: Programme, *, actor: User, name: str, data: bytes) -> ReturnedFile:
    """Keep the workbook, and read it: a small one at once, a large one by the worker."""
    if not may_return(actor):
        raise PermissionDenied
    try:
        bounded(data)
    except TableError as error:
        raise Refused(error.message) from error
    file = _kept(programme, actor, name, data)
    if len(data) <= AT_ONCE:
        read_file(file.pk)
        file.refresh_from_db()
    return file


@transaction.atomic
def _kept(programme: Programme, actor: User, name: str, data: bytes) -> ReturnedFile:
    digest = files.digest_of(data)
    files.hold(digest)
    file = ReturnedFile.objects.create(
        programme=programme,
        file_name=files.plain_name(name, "report.xlsx"),
        size=len(data),
        sha256=digest,
        uploaded_by=actor,
    )
    files.keep(data)
    record(actor=actor, code=codes.UPLOADED, subject=programme, after={"file": file.file_name})
    if len(data) > AT_ONCE:
        _enqueue(file)
    return file


def _enqueue(file: ReturnedFile) -> None:
    from avgust.web.reports.tasks import carry_on  # noqa: PLC0415 - tasks import this module

    carry_on.enqueue(file.pk)


def read_file(pk: int) -> None:
    """Read a kept workbook and judge its rows. Done again, it does nothing."""
    file = ReturnedFile.objects.select_related("programme", "uploaded_by").get(pk=pk)
    if file.status != ReturnedFile.Status.READING:
        return
    try:
        found = _of_programme(file, files.place_of(file.sha256).read_bytes())
    except (TableError, NotOursError) as error:
        settle_read(file, ReturnedFile.Status.UNREADABLE, why=kept(error.message))
        return
    settle_read(file, ReturnedFile.Status.CHECKING, found=found)


def _of_programme(file: ReturnedFile, data: bytes) -> Returned:
    """Return what a workbook says. Raises NotOursError where it is a report on another programme."""
    found = read_returned(read_table_isolated(data))
    if found.ticket.programme != file.programme_id:
        raise NotOursError(OTHER_PROGRAMME)
    return found


@transaction.atomic
def settle_read(
    file: ReturnedFile,
    status: ReturnedFile.Status,
    *,
    why: dict[str, Any] | None = None,
    found: Returned | None = None,
) -> None:
    """Write what became of reading a file: what each row would do, or why nothing can be read."""
    locked = ReturnedFile.objects.select_for_update().get(pk=file.pk)
    if locked.status != ReturnedFile.Status.READING:
        return
    if found is not None:
        for rows in _judged(file, found):
            ReturnedRow.objects.bulk_create(rows, batch_size=500)
        locked.same, locked.day = found.same, found.ticket.day
    digest, locked.sha256 = locked.sha256, ""
    locked.status, locked.why = status, why or {}
    locked.save()
    if digest:
        transaction.on_commit(lambda: files.forget(digest))


def _judged(file: ReturnedFile, found: Returned) -> Iterator[list[ReturnedRow]]:
    """Yield the rows of a file with what is said about them, a thousand at a time."""
    reader = Reader(file.uploaded_by)
    yield [_faulty(file, one) for one in found.faults]
    for chunk in _chunks(found.said):
        standings = standings_of(file.programme_id, [one.key.assignment for one in chunk], reader)
        rows = []
        for one in chunk:
            standing = standings.get(one.key.assignment)
            judged = judge(one, standing)
            row = _row(file, one, known=standing is not None)
            row.does, row.verdict = judged.does.value, judged.verdict.value
            row.why = kept(judged.why)
            rows.append(row)
        yield rows


def _chunks(said: Sequence[Said]) -> Iterable[Sequence[Said]]:
    return (said[start : start + CHUNK] for start in range(0, len(said), CHUNK))


def _row(file: ReturnedFile, one: Said, *, known: bool) -> ReturnedRow:
    return ReturnedRow(
        file=file,
        row=one.row,
        number=one.number[:60],
        organisation=one.unit[:500],
        assignment_id=one.key.assignment if known else None,
        version=one.key.version,
        text_print=one.key.text,
        text=one.text,
        link=one.link[:1000],
        reason=one.reason,
    )


def _faulty(file: ReturnedFile, one: Fault) -> ReturnedRow:
    return ReturnedRow(
        file=file,
        row=one.row,
        number=one.number[:60],
        organisation=one.unit[:500],
        verdict=Verdict.REFUSED.value,
        why=kept(one.why),
    )


@transaction.atomic
def apply_returned(file: ReturnedFile, *, actor: User) -> ReturnedFile:
    """Begin to apply the rows that can be: a few at once, many by the worker."""
    locked = _own(file, actor)
    ready = locked.rows.filter(verdict=Verdict.READY.value).count()
    if not ready:
        raise Refused(NOTHING)
    locked.status = ReturnedFile.Status.APPLYING
    locked.save(update_fields=["status"])
    record(actor=actor, code=codes.APPLIED, subject=locked.programme, after={"file": locked.file_name})
    if ready > ROWS_AT_ONCE:
        _enqueue(locked)
    else:
        transaction.on_commit(lambda: apply_rows(locked.pk))
    return locked


@transaction.atomic
def drop_returned(file: ReturnedFile, *, actor: User) -> None:
    """Put a file away without doing anything; what was written in it is forgotten."""
    _forget(_own(file, actor))


@transaction.atomic
def put_away(file: ReturnedFile) -> None:
    """Put away a file about which its sender said nothing for long; one that is decided stays as it is."""
    locked = ReturnedFile.objects.select_for_update().get(pk=file.pk)
    if locked.status == ReturnedFile.Status.CHECKING:
        _forget(locked)


def _forget(locked: ReturnedFile) -> None:
    locked.rows.all().delete()
    locked.status, locked.finished_at = ReturnedFile.Status.DROPPED, timezone.now()
    locked.save(update_fields=["status", "finished_at"])


def _own(file: ReturnedFile, actor: User) -> ReturnedFile:
    locked = ReturnedFile.objects.select_for_update(of=("self",)).select_related("programme").get(pk=file.pk)
    if locked.uploaded_by_id != actor.pk:
        raise PermissionDenied
    if locked.status != ReturnedFile.Status.CHECKING:
        raise Refused(CLOSED)
    return locked


def apply_rows(pk: int, batches: int | None = None) -> bool:
    """Apply the rows that wait, batch by batch, `batches` at most; return whether more may wait.

    Begun again, it goes on where it was.
    """
    done = 0
    while batches is None or done < batches:
        if not _apply_batch(pk):
            return False
        done += 1
    return True


@transaction.atomic
def _apply_batch(pk: int) -> bool:
    """Apply a batch in one transaction; return whether more may wait. Assignments are locked in one order."""
    file = ReturnedFile.objects.select_for_update().get(pk=pk)
    if file.status != ReturnedFile.Status.APPLYING:
        return False
    waiting = file.rows.filter(verdict=Verdict.READY.value, done_at=None)
    rows: dict[int, ReturnedRow] = {}
    for row in waiting.order_by("assignment", "pk")[:BATCH]:
        rows.setdefault(row.assignment_id or 0, row)  # a second row about it waits for the next batch
    if rows:
        _try(rows, User.objects.get(pk=file.uploaded_by_id))  # anew: a post may have ended meanwhile
    else:
        file.status, file.finished_at = ReturnedFile.Status.DONE, timezone.now()
        file.save(update_fields=["status", "finished_at"])
    return bool(rows)


def _try(rows: dict[int, ReturnedRow], actor: User) -> None:
    """Do what rows say, by assignment, where it stands as it was downloaded; write what came of each."""
    together = Together(rows, actor=actor)
    refused = dict.fromkeys(_rewritten(rows, together), REWRITTEN)
    refused |= together.do(_wish(pk, row) for pk, row in rows.items() if pk not in refused)
    now = timezone.now()
    for pk, row in rows.items():
        if why := refused.get(pk):
            row.verdict, row.why = Verdict.REFUSED.value, kept(why)
        else:
            row.done_at = now
    ReturnedRow.objects.bulk_update(rows.values(), ["done_at", "verdict", "why"])


def _rewritten(rows: dict[int, ReturnedRow], together: Together) -> list[int]:
    """Return the assignments whose draft somebody wrote in since the download."""
    same = [row for pk, row in together.rows.items() if row.version == rows[pk].version]
    written = words_of(same, Reader(together.actor))
    texts = {row.pk: text_print(cell(written.get(row.pk, Written()).text)) for row in same}
    return [pk for pk, text in texts.items() if _writes(rows[pk]) and text != rows[pk].text_print]


def _writes(row: ReturnedRow) -> bool:
    return Does(row.does) in (Does.DRAFT, Does.SEND)


def _wish(assignment: int, row: ReturnedRow) -> Wish:
    draft = Draft(row.text, Paper("link", url=row.link) if row.link else None) if _writes(row) else None
    act = {Does.SEND: Act.REPORT, Does.ACCEPT: Act.ACCEPT, Does.RETURN: Act.RETURN}.get(Does(row.does))
    seen = -1 if row.version is None else row.version
    return Wish(assignment, seen, draft, act, Words(row.reason))
