"""Measures after adoption: edited, added by hand, cancelled; each act has its ground, no words are lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.model import Clause, Theme
from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.audit.models import Entry
from avgust.web.documents.actions import Refused
from avgust.web.programmes import codes
from avgust.web.programmes.actions.answers import suggest_answers
from avgust.web.programmes.actions.executors import edited, tell_changed
from avgust.web.programmes.actions.involving import add_named
from avgust.web.programmes.actions.values import put_deadline, put_targets
from avgust.web.programmes.models import Measure, Programme
from avgust.web.programmes.typed import LONGEST, deadline_of, reader_of, targets_of

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

NO_GROUND: Final = Message(mark("Say the ground: a letter, an order, a decision. It stays in the history."))
NO_TEXT: Final = Message(mark("A measure needs a text: what has to be done."))
NO_CHANGE: Final = Message(mark("Nothing was changed."))
NOT_IN_FORCE: Final = Message(mark("This measure is not in force: put it in force first."))
TOO_LONG: Final = Message(mark("The text is longer than %(limit)d characters."), {"limit": LONGEST})
_APART: Final = 1_000_000  # further than any programme is long: places are moved without meeting


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person may say about a measure, as it is typed: deadline and target are words."""

    text: str
    label: str = ""
    section: str = ""
    theme: str = ""
    deadline: str = ""
    target: str = ""

    @classmethod
    def of(cls, measure: Measure) -> Wording:
        """Return the measure as it would be typed."""
        return cls(
            text=measure.text,
            label=measure.label,
            section=measure.section,
            theme=measure.theme,
            deadline=measure.deadline_text,
            target=measure.target_text,
        )

    def tidy(self) -> Wording:
        """Return the words with single spaces. Raises Refused for what no measure can be."""
        if any(len(getattr(self, field.name)) > LONGEST for field in fields(self)):
            raise Refused(TOO_LONG)
        if self.theme and self.theme not in set(Theme):
            raise Refused(Message(mark("There is no such theme.")))
        text = " ".join(self.text.split())
        if not text:
            raise Refused(NO_TEXT)
        return Wording(
            text=text,
            label=self.label.strip().rstrip(".")[:40],
            section=" ".join(self.section.split()),
            theme=self.theme,
            deadline=" ".join(self.deadline.split())[:500],
            target="\n".join(filter(None, (line.strip() for line in self.target.splitlines()))),
        )


class Overtaken(Refused):
    """Somebody changed the measure after the person saw it; `entries` are those acts, the newest first."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        super().__init__(
            Message(mark("The measure was changed meanwhile. Your words are kept: compare and save again."))
        )


@transaction.atomic
def edit_measure(measure: Measure, said: Wording, *, actor: User, seen: int, reason: str) -> Measure:
    """Change the words of a measure; typed deadlines and targets are read by the grammars of documents.

    Raises Overtaken when somebody changed it after version `seen`, and Refused without a ground, for what
    cannot be read, and where nothing differs.
    """
    programme = edited(measure, actor)
    ground = ground_of(reason)
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    if locked.version != seen:
        raise Overtaken(_since(locked, seen))
    require_in_force(locked)
    was, now = Wording.of(locked), said.tidy()
    changed = [field.name for field in fields(now) if getattr(now, field.name) != getattr(was, field.name)]
    if not changed:
        raise Refused(NO_CHANGE)
    for name in changed:
        _PUT[name](locked, programme, getattr(now, name))
    _saved(locked)
    after = {name: getattr(now, name) for name in changed}
    before = {name: getattr(was, name) for name in changed}
    _journal(codes.EDITED_MEASURE, locked, actor, ground, before=before, after=after)
    tell_changed(programme, [locked], actor)
    return locked


def _put(name: str) -> Callable[[Measure, Programme, str], None]:
    return lambda measure, _programme, value: setattr(measure, name, value)


_PUT: Final[dict[str, Callable[[Measure, Programme, str], None]]] = {
    **{name: _put(name) for name in ("text", "label", "section", "theme")},
    "deadline": lambda measure, programme, words: put_deadline(measure, deadline_of(programme, words)),
    "target": lambda measure, programme, words: put_targets(measure, targets_of(programme, words)),
}


def _since(measure: Measure, seen: int) -> list[Entry]:
    """Return the acts on a measure after version `seen`."""
    return list(Entry.objects.of(measure).select_related("actor")[: max(measure.version - seen, 1)])


def ground_of(reason: str) -> str:
    """Return the ground of an act; Refused without one."""
    ground = reason.strip()[:500]
    if not ground:
        raise Refused(NO_GROUND)
    return ground


def require_in_force(measure: Measure) -> None:
    """Raise Refused for a measure that was cancelled or merged into another."""
    if not measure.in_force:
        raise Refused(NOT_IN_FORCE)


def _saved(measure: Measure) -> None:
    measure.version += 1
    measure.save()


def _journal(code: Any, measure: Measure, actor: User, ground: str, **values: Any) -> None:
    record(actor=actor, code=code, subject=measure, reason=ground, **values)


@transaction.atomic
def add_measure(
    programme: Programme, said: Wording, *, actor: User, reason: str, executors: str = ""
) -> Measure:
    """Add a measure that no document prints; what is not typed is read from its text, as in a document.

    It takes its place after the last measure of its section.
    """
    if not actor.may(Action.EDIT_PROGRAMME, programme.unit):
        raise PermissionDenied
    ground, now = ground_of(reason), said.tidy()
    Programme.objects.select_for_update().get(pk=programme.pk)
    read = reader_of(programme).added(now.text, now.label or None, (), 0)
    measure = _new(programme, now, read)
    measure.save()
    add_named(measure, executors, read.addressees)
    count_measures(programme)
    suggest_answers(programme, [measure])
    _journal(codes.ADDED_MEASURE, measure, actor, ground, after={"text": measure.text[:200]})
    tell_changed(programme, [measure], actor)
    return measure


def _new(programme: Programme, now: Wording, read: Clause) -> Measure:
    """Return the measure of what was typed, in its place; not yet saved."""
    measure = Measure(
        programme=programme,
        order=_place(programme, now.section),
        label=now.label,
        text=now.text,
        section=now.section,
        theme=now.theme or (read.theme.theme.value if read.theme else ""),
        by_hand=True,
        begins=timezone.localdate(),
    )
    put_deadline(measure, deadline_of(programme, now.deadline) if now.deadline else read.deadline)
    put_targets(measure, targets_of(programme, now.target) if now.target else read.targets)
    return measure


def _place(programme: Programme, section: str) -> int:
    """Return the place after the last measure of a section, made free; the end where there is none."""
    measures = Measure.objects.filter(programme=programme)
    last = measures.filter(section=section).aggregate(last=Max("order"))["last"] if section else None
    if last is None:
        return (measures.aggregate(last=Max("order"))["last"] or 0) + 1
    below = measures.filter(order__gt=last)
    below.update(order=F("order") + _APART)
    measures.filter(order__gt=_APART).update(order=F("order") - _APART + 1)
    return int(last) + 1


def count_measures(programme: Programme) -> None:
    """Keep with the programme how many measures are in force."""
    count = Measure.objects.filter(programme=programme).in_force().count()
    Programme.objects.filter(pk=programme.pk).update(measure_count=count)
    programme.measure_count = count


@transaction.atomic
def cancel_measure(measure: Measure, *, actor: User, reason: str) -> None:
    """Take a measure out of force; it stays with its history."""
    _set_status(measure, Measure.Status.IN_FORCE, Measure.Status.CANCELLED, actor, reason)


@transaction.atomic
def restore_measure(measure: Measure, *, actor: User, reason: str) -> None:
    """Put a cancelled measure in force again."""
    _set_status(measure, Measure.Status.CANCELLED, Measure.Status.IN_FORCE, actor, reason)


def _set_status(measure: Measure, was: Measure.Status, now: Measure.Status, actor: User, reason: str) -> None:
    programme = edited(measure, actor)
    ground = ground_of(reason)
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    if locked.status != was:
        raise Refused(Message(mark("The status of the measure was changed meanwhile. Look at it again.")))
    locked.status = now
    _saved(locked)
    count_measures(programme)
    cancelled = now == Measure.Status.CANCELLED
    _journal(codes.CANCELLED_MEASURE if cancelled else codes.RESTORED_MEASURE, locked, actor, ground)
    tell_changed(programme, [locked], actor)
