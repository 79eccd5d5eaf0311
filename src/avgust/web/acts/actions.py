"""Moves of a local act: the right, the guard, the change, the history, the proof in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone

from avgust.domain.acts.carrying import carried
from avgust.domain.acts.facts import Facts
from avgust.domain.acts.fields import checked, faults
from avgust.domain.acts.states import TRANSITIONS, Move, Side, Status, decide
from avgust.domain.acts.text import title_of
from avgust.domain.messages import Message, mark
from avgust.web import files
from avgust.web.accounts.rights import Action
from avgust.web.acts import codes
from avgust.web.acts.models import ActStep, ActTemplate, LocalAct
from avgust.web.acts.proving import prove_act
from avgust.web.acts.reporting import report_adoption, withdraw_report
from avgust.web.acts.telling import tell_people
from avgust.web.audit import record
from avgust.web.control.receiving import Received
from avgust.web.control.standing import reporting_units
from avgust.web.documents.actions import Refused

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit

STALE: Final = Message(mark("Somebody else has changed this act meanwhile. Look at it again."))
ALREADY: Final = Message(mark("This act is under way already: go on with it."))
WITHDRAWN: Final = Message(mark("The template is not offered: no new act is begun from it."))


@dataclass(frozen=True, slots=True)
class Words:
    """What a person says with a move."""

    reason: str = ""
    agreed_with: str = ""
    number: str = ""
    adopted_on: date | None = None
    since: date | None = None
    until: date | None = None
    file: Received | None = None


SILENT: Final = Words()


def owns(user: User, unit_id: int) -> bool:
    """Return whether `user` writes acts for the organisation: who speaks for it."""
    return user.may(Action.WRITE_ACTS) and unit_id in reporting_units(user)


def may_move(act: LocalAct, side: Side, user: User) -> bool:
    """Return whether `user` stands on `side` of the act at all; the guards say the rest."""
    if side is Side.OWNER:
        return owns(user, act.unit_id)
    return side is Side.AGREEING and user.may(Action.AGREE_ACTS, act.unit)


@transaction.atomic
def begin_act(template: ActTemplate, unit: Unit, values: Mapping[str, str], *, actor: User) -> LocalAct:
    """Begin the act of an organisation. One is under way at a time; a newer one may follow an adopted one."""
    if not owns(actor, unit.pk):
        raise PermissionDenied
    locked = get_object_or_404(ActTemplate.objects.select_for_update(), pk=template.pk)
    if not locked.offered:
        raise Refused(WITHDRAWN)
    under_way = LocalAct.objects.filter(
        template=locked, unit=unit, status__in=(Status.DRAFT, Status.AGREEING, Status.AGREED)
    )
    if under_way.exists():
        raise Refused(ALREADY)
    version = locked.newest
    act = LocalAct(unit=unit, template=locked, version=version, made_by=actor)
    _fill(act, values, actor)
    act.save()
    record(actor=actor, code=codes.BEGUN, subject=act, after={"version": version.number})
    ActStep.objects.create(act=act, move=BEGIN, actor=actor, status=act.status)
    return act


BEGIN: Final = "begin"  # steps of history that are no moves between statuses
RENEW: Final = "renew"


def _fill(act: LocalAct, values: Mapping[str, str], actor: User) -> None:
    said = act.version.said
    act.values = {field.key: checked(field, values.get(field.key, ""))[0] for field in said.fields}
    act.title = title_of(said, act.values)[:500]
    act.authors = sorted({*act.authors, actor.pk})


@transaction.atomic
def fill_act(act: LocalAct, values: Mapping[str, str], *, actor: User, seen: int | None = None) -> LocalAct:
    """Keep what is filled in, right or not yet: a draft is sent only when every field is right."""
    locked = _locked(act, Move.EDIT, actor, seen)
    _decided(locked, Move.EDIT, actor, SILENT)
    _fill(locked, values, actor)
    return _moved(locked, Move.EDIT, actor, SILENT, step=False)


@transaction.atomic
def renew_act(act: LocalAct, *, actor: User) -> LocalAct:
    """Take the newest version of the template into a draft; what still fits is carried over."""
    locked = _locked(act, Move.EDIT, actor, None)
    _decided(locked, Move.EDIT, actor, SILENT)
    newest, before = locked.template.newest, locked.version.said
    if newest.pk == locked.version_id:
        return locked
    values = carried(locked.values, before.fields, newest.said.fields)
    locked.version = newest
    _fill(locked, values, actor)
    locked.revision += 1
    locked.save()
    record(actor=actor, code=codes.RENEWED, subject=locked, after={"version": newest.number})
    ActStep.objects.create(act=locked, move=RENEW, actor=actor, status=locked.status)
    return locked


@transaction.atomic
def move_act(
    act: LocalAct, move: Move, *, actor: User, words: Words = SILENT, seen: int | None = None
) -> LocalAct:
    """Make `move`. Raises PermissionDenied without the right, Refused with the sentence of a guard.

    `seen` is the revision that the person looked at; another one is refused.
    """
    locked = _locked(act, move, actor, seen)
    status = _decided(locked, move, actor, words)
    _EFFECTS.get(move, _nothing)(locked, actor, words)
    locked.status = status.value
    _moved(locked, move, actor, words)
    if move is Move.ADOPT:
        _replace_older(locked, actor)
        report_adoption(locked, actor=actor)
    elif move is Move.ANNUL:
        _restore_older(locked, actor)
        withdraw_report(locked, actor=actor)
    if move in _PROVING:
        prove_act(locked, actor=actor)
    tell_people(locked, move, actor=actor)
    return locked


_PROVING: Final = frozenset({Move.ADOPT, Move.ANNUL, Move.REPEAL, Move.REVIVE})


def _locked(act: LocalAct, move: Move, actor: User, seen: int | None) -> LocalAct:
    rows = LocalAct.objects.select_related("unit", "template", "version").select_for_update(of=("self",))
    locked = get_object_or_404(rows, pk=act.pk)
    if not may_move(locked, TRANSITIONS[move].side, actor):
        raise PermissionDenied
    if seen is not None and seen != locked.revision:
        raise Refused(STALE)
    return locked


def facts_of(act: LocalAct, actor: User | None, words: Words, *, newer: bool = False) -> Facts:
    """Return an act as the guards see it: what is said now, else what is known."""
    return Facts(
        status=act.status,
        today=timezone.localdate(),
        actor=actor.pk if actor else None,
        authors=frozenset(act.authors),
        unfilled=len(faults(act.version.said.fields, act.values)),
        reason=words.reason,
        number=words.number or act.number,
        adopted_on=words.adopted_on or act.adopted_on,
        in_force_from=words.since or act.since,
        has_file=words.file is not None or bool(act.sha256),
        ends_on=words.until,
        newer=newer,
    )


def _decided(act: LocalAct, move: Move, actor: User | None, words: Words, *, newer: bool = False) -> Status:
    decision = decide(move, facts_of(act, actor, words, newer=newer))
    if decision.refusal is not None:
        raise Refused(decision.refusal)
    return decision.status


def _moved(
    act: LocalAct,
    move: Move,
    actor: User | None,
    words: Words,
    *,
    step: bool = True,
    other: LocalAct | None = None,
) -> LocalAct:
    """Save the act, its step of history and its entry in the journal."""
    act.revision += 1
    act.save()
    record(
        actor=actor,
        code=codes.MOVES[move],
        subject=act,
        after={
            "status": act.status,
            "number": act.number,
            "adopted_on": act.adopted_on,
            "since": act.since,
            "until": act.until,
            "reason": words.reason,
            "file": act.file_name,
        },
        reason=words.reason,
        person=actor or act,
    )
    if step:
        ActStep.objects.create(
            act=act, move=move.value, actor=actor, status=act.status, reason=words.reason.strip(), other=other
        )
    return act


def _nothing(_act: LocalAct, _actor: User, _words: Words) -> None:
    """Most moves change the status only."""


def _submit(act: LocalAct, actor: User, _words: Words) -> None:
    act.authors = sorted({*act.authors, actor.pk})


def _agree(act: LocalAct, actor: User, words: Words) -> None:
    act.agreed_by, act.agreed_at = actor, timezone.now()
    act.agreed_with = " ".join(words.agreed_with.split())[:300]


def _part_from_agreement(act: LocalAct, _actor: User, _words: Words) -> None:
    act.agreed_by, act.agreed_at, act.agreed_with = None, None, ""


def _adopt(act: LocalAct, _actor: User, words: Words) -> None:
    act.number, act.adopted_on = " ".join(words.number.split())[:60], words.adopted_on
    act.since, act.until = words.since, None
    if words.file is not None:
        content = words.file.content
        files.hold(files.digest_of(content.data))
        act.sha256, act.file_name = files.keep(content.data), words.file.name
        act.size, act.mime = len(content.data), content.mime


def _annul(act: LocalAct, _actor: User, _words: Words) -> None:
    act.adopted_on = act.since = act.until = None
    digest, act.number = act.sha256, ""
    act.sha256 = act.file_name = act.mime = ""
    act.size = 0
    transaction.on_commit(lambda: files.forget(digest) and None)


def _repeal(act: LocalAct, _actor: User, words: Words) -> None:
    act.until = words.until


def _revive(act: LocalAct, _actor: User, _words: Words) -> None:
    act.until = None


_EFFECTS: Final = {
    Move.SUBMIT: _submit,
    Move.AGREE: _agree,
    Move.SEND_BACK: _part_from_agreement,
    Move.TAKE_BACK: _part_from_agreement,
    Move.ADOPT: _adopt,
    Move.ANNUL: _annul,
    Move.REPEAL: _repeal,
    Move.REVIVE: _revive,
}


def _replace_older(newer: LocalAct, actor: User) -> None:
    """End what the organisation had by the same template, on the day before the newer one is in force."""
    assert newer.since is not None
    older = LocalAct.objects.filter(
        template=newer.template_id, unit=newer.unit_id, status=Status.ADOPTED
    ).exclude(pk=newer.pk)
    for act in older.select_related("version", "unit", "template").select_for_update(of=("self",)):
        act.status = _decided(act, Move.REPLACE, actor, SILENT, newer=True).value
        act.until, act.replaced_by = newer.since - timedelta(days=1), newer
        _moved(act, Move.REPLACE, actor, SILENT, other=newer)


def _restore_older(annulled: LocalAct, actor: User) -> None:
    """Bring back what was replaced by an act whose adoption was entered by mistake."""
    older = annulled.replaces.select_related("version", "unit", "template").select_for_update(of=("self",))
    for act in older:
        act.status = _decided(act, Move.RESTORE, actor, SILENT).value
        act.until = act.replaced_by = None
        _moved(act, Move.RESTORE, actor, SILENT, other=annulled)
