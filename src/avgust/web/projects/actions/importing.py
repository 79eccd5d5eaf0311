"""A plan from a file: nothing is written before `write_plan`, then all of it at once; it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from avgust.domain.messages import Message, mark
from avgust.domain.planning.package_reading import RoadmapError
from avgust.domain.planning.plan_difference import Line, State
from avgust.domain.planning.plan_table import Column, names_of
from avgust.domain.planning.programme_plan import ProgrammePlan, read_plan
from avgust.domain.resolutions.model import Relation
from avgust.domain.resolutions.morphology import fold
from avgust.web import files
from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.programmes.actions import (
    Wording,
    add_measure,
    cancel_measure,
    edit_measure,
    involve,
    uninvolve,
)
from avgust.web.programmes.models import Measure, Programme
from avgust.web.programmes.typed import OFFICIAL
from avgust.web.projects import codes
from avgust.web.projects.actions.packaged import (
    give_project,
    offered_projects,
    take_project_back,
    touched,
)
from avgust.web.projects.actions.projects import ground_of
from avgust.web.projects.plan_files import PlanFile, PlanFileLine
from avgust.web.projects.plans import compared, known_of, sheets_in, themes
from avgust.web.projects.programme_plans import projects_for, table_for
from avgust.web.territory.imports.reading import pack

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

_NOTHING: Final = Message(mark("No row can be written: mark the rows that are to be written."))
_RELATIONS: Final = ((Column.EXECUTORS, Relation.EXECUTOR), (Column.CO_EXECUTORS, Relation.CO_EXECUTOR))
_UNDOING: Final = mark("The import of the plan “%(file)s” is undone.")


def _require(programme: Programme, actor: User) -> None:
    if not actor.may(Action.EDIT_PROGRAMME, programme.unit):
        raise PermissionDenied


def upload_plan(programme: Programme, *, actor: User, name: str, data: bytes) -> PlanFile:
    """Read the table in a process of its own and keep its cells for checking. Raises Refused."""
    _require(programme, actor)
    if data.lstrip()[:1] == b"{":
        try:
            plan = read_plan(data)
        except RoadmapError as error:
            raise Refused(error.message) from error
        return begin_package(programme, plan, actor=actor, name=files.plain_name(name, "plan"))
    sheets = sheets_in(data, name)
    return PlanFile.objects.create(
        programme=programme,
        file_name=files.plain_name(name, "plan"),
        size=len(data),
        table=pack(sheets),
        uploaded_by=actor,
    )


@transaction.atomic
def begin_package(programme: Programme, plan: ProgrammePlan, *, actor: User, name: str) -> PlanFile:
    """Keep a package as the table that it is in the year of `programme`, for checking. Nothing is written."""
    _require(programme, actor)
    table = table_for(plan, programme)
    return PlanFile.objects.create(
        programme=programme,
        file_name=name[:255],
        size=0,
        table=pack([table]),
        projects=projects_for(plan, programme, table, timezone.localdate()),
        uploaded_by=actor,
    )


def _checking(file: PlanFile, actor: User) -> PlanFile:
    """Return `file` locked, with its programme; what is written or put away is closed."""
    rows = PlanFile.objects.select_for_update(of=("self",)).select_related("programme__unit")
    locked = rows.get(pk=file.pk)
    _require(locked.programme, actor)
    if locked.status != PlanFile.Status.CHECKING:
        raise Refused(Message(mark("This file is written or put away already: upload it again.")))
    return locked


@transaction.atomic
def drop_plan(file: PlanFile, *, actor: User) -> None:
    """Put a file away without writing anything."""
    locked = _checking(file, actor)
    locked.status, locked.table, locked.projects = PlanFile.Status.DROPPED, b"", {}
    locked.save(update_fields=["status", "table", "projects"])


@transaction.atomic
def write_plan(file: PlanFile, *, actor: User, chosen: Collection[str], reason: str) -> int:
    """Write the chosen rows (by their keys); return how many. Every act stands in the history of its measure.

    The difference is made anew: what somebody changed meanwhile is compared, not overwritten. A chosen row
    that is refused now stays out. An error in any row leaves nothing written.
    """
    locked, ground = _checking(file, actor), ground_of(reason)
    Programme.objects.select_for_update().get(pk=locked.programme_id)
    lines = [line for line in compared(locked).lines if line.key in chosen]
    projects = offered_projects(locked, lines)
    added = [_added(locked, line, actor, ground) for line in lines if line.state is State.ADDED]
    measures = locked.programme.measures.select_related("programme__unit").prefetch_related("executors")
    old = [line for line in lines if line.state is State.CHANGED or (line.measure and line.key in projects)]
    known = measures.in_bulk([line.measure for line in old])
    changed = [_changed(locked, line, known[line.measure], actor, ground) for line in old if line.measure]
    if not (added or changed):
        raise Refused(_NOTHING)
    for written in (*added, *changed):
        if written.row in projects:
            project = projects[written.row]
            written.parts = give_project(written.measure, project, actor=actor, reason=ground)
    PlanFileLine.objects.bulk_create([*added, *changed])
    locked.status, locked.written_at, locked.table = PlanFile.Status.WRITTEN, timezone.now(), b""
    locked.projects = {}
    locked.ground = ground
    locked.save()
    after = {"file": locked.file_name, "added": len(added), "changed": len(changed)}
    record(actor=actor, code=codes.PLAN_WRITTEN, subject=locked.programme, after=after, reason=ground)
    return len(added) + len(changed)


def _said(line: Line) -> dict[str, str]:
    """Return the fields of `Wording` that a row says."""
    said = line.row.said
    names = {Column.TEXT: "text", Column.SECTION: "section", Column.DEADLINE: "deadline"}
    found = {name: said[column] for column, name in names.items() if column in said}
    if line.row.number:
        found["label"] = line.row.number
    if Column.THEME in said:
        found["theme"] = themes()[fold(said[Column.THEME])]
    if Column.TARGET in said:
        found["target"] = "\n".join(said[Column.TARGET].split("; "))
    return found


def _added(file: PlanFile, line: Line, actor: User, ground: str) -> PlanFileLine:
    executors, helpers = names_of(line.row)
    words = Wording(**{"text": "", **_said(line)})
    measure = add_measure(file.programme, words, actor=actor, reason=ground, executors="; ".join(executors))
    if helpers:
        involve(measure, "; ".join(helpers), Relation.CO_EXECUTOR, actor=actor, reason=ground)
    return _line(file, line, measure, None)


_FIELDS: Final = {
    Column.NUMBER: "label", Column.TEXT: "text", Column.SECTION: "section", Column.THEME: "theme",
    Column.DEADLINE: "deadline", Column.TARGET: "target",
}  # fmt: skip


def _changed(file: PlanFile, line: Line, measure: Measure, actor: User, ground: str) -> PlanFileLine:
    before = _kept(measure)
    said, names = _said(line), {_FIELDS[one.column] for one in line.changes if one.column in _FIELDS}
    if names:
        words = replace(Wording.of(measure), **{name: said[name] for name in names})
        edit_measure(measure, words, actor=actor, seen=measure.version, reason=ground)
    executors = dict(zip((Column.EXECUTORS, Column.CO_EXECUTORS), names_of(line.row), strict=True))
    for column, relation in _RELATIONS:
        if line.changed(column) is not None:
            _put_names(measure, relation, executors[column], actor, ground)
    return _line(file, line, measure, before)


def _put_names(measure: Measure, relation: Relation, names: Sequence[str], actor: User, ground: str) -> None:
    """Make `names` those who act in a part of a measure: who is new comes before who goes."""
    rows = [row for row in measure.executors.all() if row.relation == relation]
    here, wanted = {fold(row.name) for row in rows}, {fold(name) for name in names}
    new = [name for name in names if fold(name) not in here]
    if new:
        involve(measure, "; ".join(new), relation, actor=actor, reason=ground)
    for row in rows:
        if fold(row.name) not in wanted:
            row.measure = measure
            uninvolve(row, actor=actor, reason=ground)


def _kept(measure: Measure) -> dict[str, Any]:
    """Return a measure as it is put back: its words as typed, and who acts."""
    known = known_of(measure)
    return {
        "words": asdict(Wording.of(measure)),
        Column.EXECUTORS.value: list(known.executors),
        Column.CO_EXECUTORS.value: list(known.co_executors),
    }


def _line(file: PlanFile, line: Line, measure: Measure, before: Mapping[str, Any] | None) -> PlanFileLine:
    version = Measure.objects.values_list("version", flat=True).get(pk=measure.pk)
    changes = [[one.column.value, one.before, one.after] for one in line.changes]
    return PlanFileLine(
        file=file, measure=measure, row=line.key[:60], before=before, changes=changes, version=version
    )


@transaction.atomic
def undo_plan(file: PlanFile, *, actor: User) -> tuple[int, int]:
    """Take back what a file wrote where nobody has changed it since; return how many went back and stayed.

    A measure that the file added is cancelled, not deleted: it may have assignments already.
    """
    locked = (
        PlanFile.objects.select_for_update(of=("self",)).select_related("programme__unit").get(pk=file.pk)
    )
    _require(locked.programme, actor)
    if locked.status != PlanFile.Status.WRITTEN:
        raise Refused(Message(mark("This file is not written, or it is undone already.")))
    ground = Message(_UNDOING, {"file": locked.file_name}).render(OFFICIAL)[:500]
    lines = list(locked.lines.filter(undone=False).select_related("measure__programme__unit"))
    back = untouched(lines)
    if not back:
        raise Refused(Message(mark("Nothing can be undone: every row has been changed since.")))
    for line in back:
        _restore(line, actor, ground)
    locked.lines.filter(pk__in=[line.pk for line in back]).update(undone=True)
    locked.status = PlanFile.Status.UNDONE
    locked.save(update_fields=["status"])
    after = {"file": locked.file_name, "count": len(back), "left": len(lines) - len(back)}
    record(actor=actor, code=codes.PLAN_UNDONE, subject=locked.programme, after=after)
    return len(back), len(lines) - len(back)


def untouched(lines: Sequence[PlanFileLine]) -> list[PlanFileLine]:
    """Return the written rows of which the measure, and its project, are as the file left them."""
    worked_on = touched(lines)
    return [
        line
        for line in lines
        if line.measure.version == line.version and line.measure.in_force and line.measure_id not in worked_on
    ]


def _restore(line: PlanFileLine, actor: User, ground: str) -> None:
    measure = line.measure
    take_project_back(line, actor=actor, reason=ground)
    if line.before is None:
        cancel_measure(measure, actor=actor, reason=ground)
        return
    words = Wording(**line.before["words"])
    if words != Wording.of(measure):
        edit_measure(measure, words, actor=actor, seen=measure.version, reason=ground)
    for column, relation in _RELATIONS:
        names = line.before[column.value]
        own = [row.name for row in measure.executors.all() if row.relation == relation]
        if sorted(map(fold, names)) != sorted(map(fold, own)):
            _put_names(measure, relation, names, actor, ground)
