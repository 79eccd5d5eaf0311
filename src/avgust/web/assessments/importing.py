"""Reading the files of an upload and publishing what they say, in the worker.

Nothing that people see changes before the publication; what a killed worker left is read again. A worker that
was taken for dead and is not has lost its turn: it writes nothing more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from avgust.domain.assessment.works import Line, MarkShares, Refusal, Remark
from avgust.domain.assessment.works.checks import other_work
from avgust.domain.assessment.works.mapping import Mapping
from avgust.domain.assessment.works.readers import Form, Table
from avgust.domain.assessment.works.specification import Specification
from avgust.domain.messages import Message, mark
from avgust.domain.tables import Cell, TableError
from avgust.web import audit, files
from avgust.web.assessments import codes, summing
from avgust.web.assessments.actions import set_specification
from avgust.web.assessments.kept_messages import message_out
from avgust.web.assessments.models import (
    GroupShares,
    RefusedRow,
    SpecificationOfWork,
    Upload,
    UploadFile,
    Work,
)
from avgust.web.assessments.schools import Schools
from avgust.web.assessments.tables import tables_of
from avgust.web.assessments.taking import Taker
from avgust.web.assessments.turns import SupersededError, Turn, begin, give_up
from avgust.web.warehouse.publishing import Order, publish_stage, publish_without
from avgust.web.warehouse.results import SchoolResults, open_results
from avgust.web.warehouse.staging import Stage

CHUNK: Final = 5_000  # rows held at once
REMARKS: Final = 200  # kept of a file
NO_SPECIFICATION: Final = mark(
    "The work has no specification, and the table does not print the maximum of every item. Set it first."
)
log = logging.getLogger("avgust.assessments")


class _FileError(Exception):
    def __init__(self, why: Message) -> None:
        self.why = why
        super().__init__(why.msgid)


Open = Callable[[UploadFile, Mapping | None, tuple[str, ...]], Iterator[tuple[str, Table]]]


def carry_out(pk: int, tables: Open = tables_of) -> None:
    """Do what waits for the worker about an upload; nothing where it is done. `tables` opens a file."""
    upload = Upload.objects.select_related("work__unit", "mapping", "uploaded_by").filter(pk=pk).first()
    if upload is None:
        return
    if upload.status == Upload.Status.WITHDRAWN:
        publish_without(upload.work.dataset, upload.pk)
        summing.keep(upload.work, summing.found(upload.work))
    elif upload.is_under_way:
        try:
            _read(upload, begin(upload), tables)
        except SupersededError:
            log.warning("Upload %s is read by another worker, or was taken out: this one stops.", pk)


def _read(upload: Upload, turn: Turn, tables: Open) -> None:
    import_ = Import(upload, turn, tables)
    work = upload.work
    specification = work.specification
    try:
        for file in upload.files.all():
            specification = import_.read(file, specification)
        if import_.stage is not None and import_.stage.rows and specification:
            names = [item.code for item in specification.value().items]
            import_.forget_seen()  # the memory is DuckDB's now
            amend = upload.amends_id is not None
            order = Order(upload.pk, lambda: _amendments_after(upload))
            publish_stage(work.dataset, names, import_.stage, amend=amend, order=order, guard=turn.hold)
            upload.overtaken = _overtaken(work, upload, import_.stage.rows)
        _finish(upload, import_, summing.found(work))
    except SupersededError:
        raise
    except Exception as error:
        give_up(turn, error)
        raise
    finally:
        if import_.stage is not None:
            import_.stage.__exit__()


def _amendments_after(upload: Upload) -> list[int]:
    """Return those sent later that replace participants, not classes."""
    later = Upload.objects.filter(work=upload.work_id, pk__gt=upload.pk).exclude(amends=None)
    return list(later.values_list("pk", flat=True))


def _overtaken(work: Work, upload: Upload, staged: int) -> int:
    """Return how many participants do not stand because somebody sent theirs later and was read earlier."""
    with open_results(work.dataset) as results:
        return staged - (results.uploads().get(upload.pk, 0) if results else 0)


@transaction.atomic
def _finish(upload: Upload, import_: Import, schools: list[SchoolResults]) -> None:
    import_.turn.hold()
    import_.keep_shares()
    upload.taken, upload.absent, upload.refused = import_.taken, import_.absent, import_.refused
    took = upload.taken + upload.absent + len(import_.shares)
    upload.status = Upload.Status.DONE if took else Upload.Status.FAILED
    upload.finished_at = timezone.now()
    upload.save(update_fields=["taken", "absent", "refused", "overtaken", "status", "finished_at"])
    if upload.amends_id and upload.taken:
        RefusedRow.objects.filter(upload=upload.amends_id, mended_by=None).update(mended_by=upload)
    digests = list(upload.files.exclude(sha256="").values_list("sha256", flat=True))
    upload.files.update(sha256="")  # what was sent is not kept longer than it is needed
    summing.keep(upload.work, schools)
    told = {"taken": upload.taken, "refused": upload.refused}
    audit.record(actor=None, code=codes.IMPORTED, subject=upload.work, after=told, unit=upload.work.unit)
    transaction.on_commit(lambda: _forget(digests))


def _forget(digests: list[str]) -> None:
    for digest in digests:
        files.forget(digest)


class Import:
    """One reading of an upload: its counts, the rows under way."""

    def __init__(self, upload: Upload, turn: Turn, tables: Open = tables_of) -> None:
        self.upload, self.turn, self._tables = upload, turn, tables
        self.stage: Stage | None = None
        self.shares: list[GroupShares] = []
        self.taken = self.absent = self.refused = 0
        self._mapping = upload.mapping.value() if upload.mapping else None
        self._schools = Schools(upload.work.unit, upload.work.held_on)
        self._taker: Taker | None = None

    def read(self, file: UploadFile, specification: SpecificationOfWork | None) -> SpecificationOfWork | None:
        """Read a file whole; return the specification, which the first file may have brought."""
        known = specification
        try:
            value = known.value() if known else None
            names = tuple(item.code for item in value.items) if value else ()
            for sheet, table in self._tables(file, self._mapping, names):
                file.form = table.form
                file.heads = {**file.heads, sheet[:60]: [_plain(cell) for cell in table.heads]}
                if table.form in (Form.MARKS, Form.JOURNAL):
                    self._shares(file, table)
                    continue
                known = known or _brought(self.upload, table)
                self._lines(file, table, known.value())
        except TableError as error:
            file.fault = message_out(error.message)
        except _FileError as error:
            file.fault = message_out(error.why)
        file.is_read = True
        with self.turn.held():
            file.save()
            Upload.objects.filter(pk=self.upload.pk).update(done=F("done") + 1)
        return known

    def forget_seen(self) -> None:
        """Let go of who has been seen: every file is read."""
        self._taker = None

    def _lines(self, file: UploadFile, table: Table, work: Specification) -> None:
        fault = other_work(table.items, table.codes, work)
        if fault:
            raise _FileError(fault)
        if self.stage is None:
            self.stage = Stage(len(work.items))
        if self._taker is None:
            self._taker = Taker(work, self._schools, self.upload.work, self.upload.pk)
        for chunk in _chunks(table.rows):
            lines = [one for one in chunk if isinstance(one, Line)]
            rows, refusals = self._taker.take(lines, table.codes)
            self.stage.add(rows)
            here = sum(row.present for row in rows)
            file.taken += here
            self.taken += here
            self.absent += len(rows) - here
            self._refuse(file, [*(one for one in chunk if isinstance(one, Refusal)), *refusals], len(chunk))
            self._remark(file, chunk)

    def _shares(self, file: UploadFile, table: Table) -> None:
        rows, refusals = [], []
        for place, one in enumerate(table.rows):
            if isinstance(one, Refusal):
                refusals.append(one)
            elif isinstance(one, MarkShares):
                rows.append(self._group(table.form, place, one))
        self.shares += rows
        file.taken += len(rows)
        self._refuse(file, refusals, len(rows) + len(refusals))

    def keep_shares(self) -> None:
        """Put the groups of these files in place of those of the same names, whole or not at all."""
        work = self.upload.work
        once = {(row.form, row.name): row for row in self.shares}  # of a group that came twice, the last
        for form in {row.form for row in self.shares}:
            names = [row.name for row in self.shares if row.form == form]
            earlier = GroupShares.objects.filter(work=work, form=form, name__in=names)
            for name in earlier.filter(upload__gt=self.upload.pk).values_list("name", flat=True):
                once.pop((form, name), None)  # sent later, though read earlier
            earlier.filter(upload__lte=self.upload.pk).delete()
        GroupShares.objects.bulk_create(once.values(), batch_size=500)

    def _group(self, form: Form, place: int, said: MarkShares) -> GroupShares:
        return GroupShares(
            work=self.upload.work,
            upload=self.upload,
            form=form,
            place=place,
            name=said.group[:300],
            code=said.code[:60],
            unit_id=self._schools.of_login(said.code),
            schools=said.schools,
            pupils=said.pupils,
            shares=dict(said.shares),
        )

    def _refuse(self, file: UploadFile, refusals: list[Refusal], rows: int) -> None:
        """Keep what was refused of `rows` that were read, while it is this worker's turn."""
        with self.turn.held():
            RefusedRow.objects.bulk_create((self._refused(file, one) for one in refusals), batch_size=500)
            Upload.objects.filter(pk=self.upload.pk).update(rows=F("rows") + rows)
        file.refused += len(refusals)
        self.refused += len(refusals)

    def _refused(self, file: UploadFile, one: Refusal) -> RefusedRow:
        return RefusedRow(
            upload=self.upload,
            file=file,
            sheet=one.sheet[:60],
            row=one.row,
            why=message_out(one.why),
            cells=[_plain(cell) for cell in one.cells],
            school=one.school.code[:60],
        )

    def _remark(self, file: UploadFile, chunk: list[Line | MarkShares | Refusal | Remark]) -> None:
        said = [message_out(one.what) for one in chunk if isinstance(one, Remark)]
        file.remarks = [*file.remarks, *said][:REMARKS]


def _brought(upload: Upload, table: Table) -> SpecificationOfWork:
    """Set the specification that the first table prints: items, maxima, levels; no cut scores."""
    if len(table.items) != len(table.codes) or not table.items:
        raise _FileError(Message(NO_SPECIFICATION))
    work = upload.work
    return set_specification(
        work, actor=upload.uploaded_by, items=table.items, cuts={}, since=work.held_on, basis=""
    )


def _chunks(
    rows: Iterator[Line | MarkShares | Refusal | Remark],
) -> Iterator[list[Line | MarkShares | Refusal | Remark]]:
    chunk: list[Line | MarkShares | Refusal | Remark] = []
    for one in rows:
        chunk.append(one)
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _plain(cell: Cell) -> str | float | bool | None:
    return cell if cell is None or isinstance(cell, str | float | int | bool) else f"{cell:%d.%m.%Y}"
