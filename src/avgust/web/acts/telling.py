"""Who is told of moves of a local act: who can agree to it, and who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.domain.acts.states import Move
from avgust.web.accounts.models import Post, User
from avgust.web.accounts.rights import Action, roles_that_may
from avgust.web.notices.actions import tell
from avgust.web.notices.kinds import Kind, declare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from avgust.web.acts.models import LocalAct

# A reason may speak about people, so the notice leads to it and does not say it.
KINDS: Final[dict[Move, Kind]] = {
    move: declare(f"acts.{move.value}", sentence)
    for move, sentence in (
        (Move.SUBMIT, _("Waits for your agreement: %(title)s")),
        (Move.AGREE, _("Agreed: %(title)s")),
        (Move.SEND_BACK, _("Sent back before agreement: %(title)s")),
    )
}


def agreeing_people(act: LocalAct) -> list[User]:
    """Return who may agree, the nearest first: colleagues of the organisation, else the place above."""
    today = timezone.localdate()
    posts = Post.objects.on(today).filter(role__in=roles_that_may(Action.AGREE_ACTS), user__is_active=True)
    posts = posts.exclude(user__in=act.authors)
    for unit in (act.unit, *act.unit.line_on(today)[::-1]):
        found = list(User.objects.filter(pk__in=posts.filter(unit=unit).values("user")))
        if found:
            return found
    return []


def _people(act: LocalAct, move: Move) -> Iterable[User]:
    if move is Move.SUBMIT:
        return agreeing_people(act)
    return User.objects.filter(pk__in=act.authors)


def tell_people(act: LocalAct, move: Move, *, actor: User) -> None:
    """Tell whom the move concerns; who made it knows it."""
    if move not in KINDS:
        return
    tell(
        [person for person in _people(act, move) if person.pk != actor.pk],
        KINDS[move],
        subject=act,
        title=act.title,
        address=act.get_absolute_url(),
        period=f"revision {act.revision}",
        heading=str(act.unit),
    )
