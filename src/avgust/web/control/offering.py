"""Which acts a person is offered on a card, and why some of them may not be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from avgust.domain.control.guards import second_person
from avgust.domain.control.states import TRANSITIONS, Act, Side, allowed
from avgust.web.control.actions import SILENT, facts_of, may_act
from avgust.web.ui.requests import language

if TYPE_CHECKING:
    from avgust.domain.control.facts import Facts
    from avgust.web.accounts.models import User
    from avgust.web.control.models import Assignment


@dataclass(frozen=True, slots=True)
class Wording:
    """How an act is offered: its button, the label of its reason and of its day, where it asks for them."""

    button: str | Promise
    reason: str | Promise = ""
    day: str | Promise = ""
    weight: str = ""  # "primary", "danger"


_REASON: Final = _("Reason")
WORDINGS: Final[dict[Act, Wording]] = {
    Act.REPORT: Wording(_("Report on it"), weight="primary"),
    Act.WITHDRAW: Wording(_("Withdraw the report")),
    Act.INTERIM: Wording(_("Inform about the course"), reason=_("What is done so far")),
    Act.ASK_EXTENSION: Wording(_("Ask for an extension"), reason=_REASON, day=_("New deadline")),
    Act.ACCEPT: Wording(_("Accept"), weight="primary"),
    Act.RETURN: Wording(_("Return for rework"), reason=_("What is to be mended")),
    Act.REOPEN: Wording(_("Take the acceptance back"), reason=_REASON, weight="danger"),
    Act.GRANT_EXTENSION: Wording(_("Extend"), weight="primary"),
    Act.REFUSE_EXTENSION: Wording(_("Refuse the extension"), reason=_REASON),
    Act.REMIND: Wording(_("Remind")),
    Act.SUSPEND: Wording(_("Suspend"), reason=_REASON),
    Act.RESUME: Wording(_("Resume"), weight="primary"),
    Act.TAKE_OFF: Wording(_("Take off control"), reason=_REASON, weight="danger"),
    Act.PUT_BACK: Wording(_("Put back on control"), reason=_REASON),
    Act.START: Wording(_("Name the day of the event"), day=_("Day of the event"), weight="primary"),
}
_ABOUT_EXTENSION: Final = (Act.GRANT_EXTENSION, Act.REFUSE_EXTENSION)


@dataclass(frozen=True, slots=True)
class Offer:
    """An act as the card offers it; `barred` says why it may not be done by this reader."""

    act: Act
    wording: Wording
    barred: str = ""

    @property
    def asks(self) -> bool:
        """True when words or a day are asked for before the act."""
        return bool(self.wording.reason or self.wording.day)


def offers(assignment: Assignment, reader: User) -> list[Offer]:
    """Return the acts of the sides that `reader` stands on, in the order of the table of states."""
    sides = [side for side in (Side.EXECUTOR, Side.CONTROLLER) if may_act(assignment, side, reader)]
    if not sides:
        return []
    facts = facts_of(assignment, reader, SILENT, None)
    found = []
    for act, row in TRANSITIONS.items():
        fits = row.side in sides and act in allowed(assignment.state, row.side)
        if fits and _in_time(act, asked=assignment.asked_due is not None):
            found.append(Offer(act, WORDINGS[act], _barred(act, facts)))
    return found


def _in_time(act: Act, *, asked: bool) -> bool:
    """Return whether an act about an extension has its turn: one is asked for, then answered."""
    if act in _ABOUT_EXTENSION:
        return asked
    return not (act is Act.ASK_EXTENSION and asked)


def _barred(act: Act, facts: Facts) -> str:
    if second_person not in TRANSITIONS[act].guards:
        return ""
    refusal = second_person(facts)
    return refusal.render(language()) if refusal else ""
