"""Local acts in words: where they stand, what happened, what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from avgust.domain.acts.fields import Kind
from avgust.domain.acts.standing import Standing
from avgust.domain.acts.states import TRANSITIONS, Move, Side, allowed
from avgust.web.acts.actions import BEGIN, RENEW, SILENT, facts_of, may_move
from avgust.web.ui import dates
from avgust.web.ui.requests import language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.acts.models import ActStep, LocalAct

STANDINGS: Final = {
    Standing.IN_FORCE: pgettext_lazy("standing of an act", "in force"),
    Standing.ADOPTED: pgettext_lazy("standing of an act", "adopted, not in force yet"),
    Standing.AGREED: pgettext_lazy("standing of an act", "agreed, not adopted"),
    Standing.AGREEING: pgettext_lazy("standing of an act", "being agreed"),
    Standing.DRAFT: pgettext_lazy("standing of an act", "draft"),
    Standing.ENDED: pgettext_lazy("standing of an act", "out of force"),
    Standing.NONE: pgettext_lazy("standing of an act", "not begun"),
}
# The names of the marks in ui/_symbols.html: the same shapes say the same as in a bar of proof.
MARKS: Final = {
    Standing.IN_FORCE: "data",
    Standing.ADOPTED: "doc",
    Standing.AGREED: "claimed",
    Standing.AGREEING: "claimed",
    Standing.DRAFT: "notdue",
    Standing.ENDED: "contra",
    Standing.NONE: "notdone",
}
KINDS: Final = {
    Kind.TEXT: pgettext_lazy("kind of a field", "text"),
    Kind.DATE: pgettext_lazy("kind of a field", "date"),
    Kind.NUMBER: pgettext_lazy("kind of a field", "number"),
    Kind.UNIT: pgettext_lazy("kind of a field", "organisation"),
    Kind.PERSON: pgettext_lazy("kind of a field", "person"),
}
_LEDES: Final[dict[Standing, str | Promise]] = {
    Standing.IN_FORCE: gettext_lazy("In force since %(since)s: No. %(number)s of %(adopted)s."),
    Standing.ADOPTED: gettext_lazy("Adopted, No. %(number)s of %(adopted)s; in force from %(since)s."),
    Standing.AGREED: gettext_lazy(
        "Agreed; when it is signed, enter its number and date and attach the file."
    ),
    Standing.AGREEING: gettext_lazy("The draft waits for the agreement of a second person."),
    Standing.DRAFT: gettext_lazy("A draft: fill in the fields and send it for agreement."),
    Standing.ENDED: gettext_lazy(
        "Out of force; it was in force until %(until)s: No. %(number)s of %(adopted)s."
    ),
    Standing.NONE: gettext_lazy("The draft was dropped."),
}
_ENDING: Final = gettext_lazy("In force until %(until)s: No. %(number)s of %(adopted)s.")


def lede_of(act: LocalAct, today: date) -> str:
    """Return the sentence that the card begins with."""
    stands = act.standing_on(today)
    ending = stands is Standing.IN_FORCE and act.until is not None
    return str(_ENDING if ending else _LEDES[stands]) % {
        "since": dates.long(act.since) if act.since else "",
        "until": dates.long(act.until) if act.until else "",
        "number": act.number,
        "adopted": dates.long(act.adopted_on) if act.adopted_on else "",
    }


_STEPS: Final[dict[str, str | Promise]] = {
    BEGIN: gettext_lazy("the act is begun."),
    RENEW: gettext_lazy("the newer version of the template is taken."),
    Move.SUBMIT: gettext_lazy("the draft is sent for agreement."),
    Move.TAKE_BACK: gettext_lazy("the draft is taken back."),
    Move.AGREE: gettext_lazy("the draft is agreed."),
    Move.SEND_BACK: gettext_lazy("the draft is sent back."),
    Move.ADOPT: gettext_lazy("the adoption is entered."),
    Move.ANNUL: gettext_lazy("the entry of adoption is taken back."),
    Move.REPEAL: gettext_lazy("the act is repealed."),
    Move.REVIVE: gettext_lazy("the repeal is taken back."),
    Move.REPLACE: gettext_lazy("the act is replaced by a newer one."),
    Move.RESTORE: gettext_lazy("the act is in force again: the newer one was not adopted."),
    Move.DROP: gettext_lazy("the draft is dropped."),
}


def step_words(step: ActStep) -> str:
    """Return what happened, as a sentence without who did it."""
    return str(_STEPS[step.move])


@dataclass(frozen=True, slots=True)
class Wording:
    """How a move is offered: its button, its weight, and the labels of what it asks for."""

    button: str | Promise
    weight: str = ""  # "primary", "danger"
    reason: str | Promise = ""
    day: str | Promise = ""
    body: str | Promise = ""  # the body that agreed


WORDINGS: Final[dict[Move, Wording]] = {
    Move.SUBMIT: Wording(gettext_lazy("Send for agreement"), "primary"),
    Move.AGREE: Wording(
        pgettext_lazy("act", "Agree"),
        "primary",
        body=gettext_lazy("The council or body that agreed, if there was one"),
    ),
    Move.SEND_BACK: Wording(gettext_lazy("Send back"), reason=gettext_lazy("What is to be mended")),
    Move.TAKE_BACK: Wording(gettext_lazy("Take back to change")),
    Move.REPEAL: Wording(
        pgettext_lazy("act", "Repeal"),
        "danger",
        reason=gettext_lazy("On what ground: the order, its number and date"),
        day=gettext_lazy("Last day in force"),
    ),
    Move.REVIVE: Wording(gettext_lazy("Take the repeal back"), reason=gettext_lazy("Reason")),
    Move.ANNUL: Wording(gettext_lazy("Entered by mistake"), "danger", reason=gettext_lazy("Reason")),
    Move.DROP: Wording(gettext_lazy("Drop the draft"), "danger"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A move as the card offers it; `barred` says why this reader may not make it."""

    move: Move
    wording: Wording
    barred: str = ""

    @property
    def asks(self) -> bool:
        """True when something is asked for before the move."""
        return bool(self.wording.reason or self.wording.day or self.wording.body)


def offers(act: LocalAct, reader: User) -> list[Offer]:
    """Return the moves that `reader` may try, in the order of the table of states."""
    found = []
    for side in (Side.OWNER, Side.AGREEING):
        if may_move(act, side, reader):
            moves = [move for move in allowed(act.state, side) if move in WORDINGS]
            found += [Offer(move, WORDINGS[move], _barred(act, move, reader)) for move in moves]
    return found


def _barred(act: LocalAct, move: Move, reader: User) -> str:
    """Return what no word can mend: the second person, and fields that are not filled in."""
    if move not in (Move.AGREE, Move.SEND_BACK, Move.SUBMIT):
        return ""
    facts = facts_of(act, reader, SILENT)
    refusal = next((said for guard in TRANSITIONS[move].guards[:1] if (said := guard(facts))), None)
    return refusal.render(language()) if refusal else ""


def who_agrees(names: list[str]) -> str:
    """Say who may agree."""
    if not names:
        return _("Nobody else may agree yet: invite a deputy, or ask your office.")
    return _("May agree: %(names)s.") % {"names": ", ".join(names)}
