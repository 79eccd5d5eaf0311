"""Keeping views: one's own, and those that an officer shares with everybody who sees the programme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Max

from avgust.domain.messages import Message, mark
from avgust.web.accounts.rights import Action
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.programmes import codes
from avgust.web.programmes.models import Programme
from avgust.web.programmes.saved_views import MOST, FirstView, SavedView
from avgust.web.programmes.table import View

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

NAME: Final = 60
NO_NAME: Final = Message(mark("Give the view a name, such as “Staff, by October”."))
LONG_NAME: Final = Message(mark("The name is longer than 60 letters: make it shorter."))
TAKEN: Final = Message(mark("You have a view of this name already: choose another one."))
TOO_MANY: Final = Message(mark("There are 40 saved views already: delete one that you no longer need."))
_LAYOUT_KEYS: Final = ("group", "year", "order")  # what a layout keeps besides the filters


def may_share(actor: User, programme: Programme) -> bool:
    """Return whether `actor` may change what everybody sees of the programme."""
    return actor.may(Action.EDIT_PROGRAMME, programme.unit)


def may_change(actor: User, view: SavedView) -> bool:
    """Return whether `actor` may rename, move or delete a view: her own, or a shared one as an officer."""
    return may_share(actor, view.programme) if view.shared else view.owner_id == actor.pk


@transaction.atomic
def save_view(
    programme: Programme,
    *,
    actor: User,
    name: str,
    layout: str,
    query: Mapping[str, str],
    shared: bool = False,
) -> SavedView:
    """Keep what `query` shows under `name`. Raises Refused for a name that is missing, long or taken."""
    _require_seen(actor, programme)
    if shared and not may_share(actor, programme):
        raise PermissionDenied
    own = SavedView.objects.select_for_update().filter(programme=programme, owner=actor)
    if own.count() >= MOST:
        raise Refused(TOO_MANY)
    made = SavedView.objects.create(
        programme=programme,
        owner=actor,
        name=_named(own, name),
        layout=layout if layout in SavedView.Layout.values else SavedView.Layout.TABLE,
        query=kept(query),
        shared=shared,
        position=_last(programme, actor, shared=shared) + 1,
    )
    record(actor=actor, code=codes.SAVED_VIEW, subject=made, after={"name": made.name, "shared": shared})
    return made


def kept(query: Mapping[str, str]) -> dict[str, str]:
    """Return of an address what a view keeps: its filters and order, and what its layout adds."""
    added = {key: query[key][:20] for key in _LAYOUT_KEYS if query.get(key)}
    return View.of(query).query() | added


@transaction.atomic
def rename_view(view: SavedView, *, actor: User, name: str) -> None:
    """Give a view another name."""
    locked = _changed(view, actor)
    own = SavedView.objects.filter(programme=locked.programme, owner=locked.owner).exclude(pk=locked.pk)
    before = {"name": locked.name}
    locked.name = _named(own, name)
    locked.save(update_fields=["name"])
    record(actor=actor, code=codes.RENAMED_VIEW, subject=locked, before=before, after={"name": locked.name})


@transaction.atomic
def share_view(view: SavedView, *, actor: User, shared: bool) -> None:
    """Show a view to everybody who sees the programme, or to its owner alone again."""
    locked = _changed(view, actor)
    if not may_share(actor, locked.programme):
        raise PermissionDenied
    if locked.shared == shared:
        return
    locked.shared = shared
    locked.position = _last(locked.programme, locked.owner, shared=shared) + 1
    locked.save(update_fields=["shared", "position"])
    if not shared:
        FirstView.objects.filter(view=locked).exclude(user=locked.owner_id).delete()
    code = codes.SHARED_VIEW if shared else codes.UNSHARED_VIEW
    record(actor=actor, code=code, subject=locked, after={"name": locked.name})


@transaction.atomic
def move_view(view: SavedView, *, actor: User, by: int) -> None:
    """Change places with the neighbour before (-1) or after (+1); nothing at the end of the row."""
    locked = _changed(view, actor)
    row = list(_row(locked.programme, locked.owner, shared=locked.shared).select_for_update())
    at = next(index for index, other in enumerate(row) if other.pk == locked.pk)
    to = at + (1 if by > 0 else -1)
    if not 0 <= to < len(row):
        return
    row[at], row[to] = row[to], row[at]
    for position, other in enumerate(row, start=1):
        other.position = position
    SavedView.objects.bulk_update(row, ["position"])
    record(actor=actor, code=codes.MOVED_VIEW, subject=locked, after={"name": locked.name})


@transaction.atomic
def delete_view(view: SavedView, *, actor: User) -> None:
    """Delete a view; the programme opens as a whole for those for whom it was the first one."""
    locked = _changed(view, actor)
    record(actor=actor, code=codes.DELETED_VIEW, subject=locked, after={"name": locked.name})
    locked.delete()


@transaction.atomic
def open_first(programme: Programme, view: SavedView | None, *, actor: User) -> None:
    """Let the programme open in `view` for `actor`; None: as a whole. A taste, like the theme: no act."""
    _require_seen(actor, programme)
    if (
        view is not None
        and not SavedView.objects.visible_to(actor).filter(pk=view.pk, programme=programme).exists()
    ):
        raise PermissionDenied
    if view is None:
        FirstView.objects.filter(user=actor, programme=programme).delete()
    else:
        FirstView.objects.update_or_create(user=actor, programme=programme, defaults={"view": view})


def _require_seen(actor: User, programme: Programme) -> None:
    if not Programme.objects.visible_to(actor).filter(pk=programme.pk).exists():
        raise PermissionDenied


def _changed(view: SavedView, actor: User) -> SavedView:
    """Return the view, locked, that `actor` may change."""
    rows = SavedView.objects.select_for_update(of=("self",)).select_related("programme__unit", "owner")
    locked = rows.get(pk=view.pk)
    _require_seen(actor, locked.programme)
    if not may_change(actor, locked):
        raise PermissionDenied
    return locked


def _named(others: models.QuerySet[SavedView], name: str) -> str:
    """Return the name as it is kept."""
    clean = " ".join(name.split())
    if not clean:
        raise Refused(NO_NAME)
    if len(clean) > NAME:
        raise Refused(LONG_NAME)
    if others.filter(name=clean).exists():
        raise Refused(TAKEN)
    return clean


def _row(programme: Programme, owner: User, *, shared: bool) -> models.QuerySet[SavedView]:
    """Return the views among which one is moved: the shared ones, or the own ones of a person."""
    rows = SavedView.objects.filter(programme=programme, shared=shared)
    return rows if shared else rows.filter(owner=owner)


def _last(programme: Programme, owner: User, *, shared: bool) -> int:
    return _row(programme, owner, shared=shared).aggregate(last=Max("position"))["last"] or 0
