"""What an organisation is told of decisions about its work: in the transaction of the act, once a version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.domain.control.errands import ErrandAct
from avgust.domain.control.states import Act
from avgust.web.control.notices import address_of, title_of
from avgust.web.notices.actions import keep, notice_of, tell
from avgust.web.notices.kinds import Kind, declare
from avgust.web.notices.whom import Whom, owners_of

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.control.models import Assignment, Errand
    from avgust.web.notices.models import Notice

# A reason may speak about people, so the notice leads to it and does not say it.
KINDS: Final[dict[Act, Kind]] = {
    act: declare(f"control.{act.value}", sentence)
    for act, sentence in (
        (Act.ACCEPT, _("Accepted: %(title)s")),
        (Act.RETURN, _("Returned for rework: %(title)s")),
        (Act.REOPEN, _("The acceptance is taken back: %(title)s")),
        (Act.GRANT_EXTENSION, _("Extended: %(title)s")),
        (Act.REFUSE_EXTENSION, _("The extension is refused: %(title)s")),
        (Act.SUSPEND, _("Suspended: %(title)s")),
        (Act.RESUME, _("Resumed: %(title)s")),
        (Act.TAKE_OFF, _("Taken off control: %(title)s")),
        (Act.PUT_BACK, _("Put back on control: %(title)s")),
    )
}

ERRAND_GIVEN: Final = declare("control.errand_given", _("An errand for you: %(title)s"))
ERRANDS: Final[dict[ErrandAct, Kind]] = {
    act: declare(f"control.errand_{act.value}", sentence)
    for act, sentence in (
        (ErrandAct.FINISH, _("A colleague is done with the errand: %(title)s")),
        (ErrandAct.RETURN, _("The errand is returned to you for rework: %(title)s")),
        (ErrandAct.ACCEPT, _("The errand is accepted: %(title)s")),
        (ErrandAct.WITHDRAW, _("The errand is taken back: %(title)s")),
    )
}


def tell_of_errand(errand: Errand, kind: Kind, *, actor: User) -> None:
    """Tell the other one of the two: who does it, or who gave it."""
    measure = errand.assignment.measure
    other = errand.given_by if actor.pk == errand.given_to_id else errand.given_to
    tell(
        [other],
        kind,
        subject=errand,
        title=title_of(measure.label, measure.text),
        address=errand.get_absolute_url(),
        period=timezone.now().isoformat(timespec="seconds"),
        heading=errand.assignment.programme.title,
    )


def tell_owners(row: Assignment, act: Act, *, actor: User) -> None:
    """Tell who answers for the organisation; who decided knows it."""
    if act not in KINDS:
        return
    people = (person.pk for person in owners_of(row.unit, timezone.localdate()) if person.pk != actor.pk)
    keep(_of(row, act, person) for person in people)


def tell_owners_of(done: Sequence[tuple[Assignment, Act]], *, actor: User) -> None:
    """Tell who answers for each organisation; posts are read once for all (`Whom`)."""
    told = [(row, act) for row, act in done if act in KINDS]
    if not told:
        return
    whom = Whom(timezone.localdate())
    keep(
        _of(row, act, person)
        for row, act in told
        for person in whom.owners(row.unit_id)
        if person != actor.pk
    )


def _of(row: Assignment, act: Act, person: int) -> Notice:
    return notice_of(
        person,
        KINDS[act],
        subject=row,
        title=title_of(row.measure.label, row.measure.text),
        address=address_of(row.pk, row.measure_id),
        period=f"version {row.version}",
        heading=row.programme.title,
    )
