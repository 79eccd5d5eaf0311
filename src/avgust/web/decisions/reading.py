"""How a typed clause was read, in words: executors by the register, deadline, or why it is no measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avgust.domain.addressing import Outcome
from avgust.domain.decisions.preview import Understood
from avgust.domain.resolutions.export.wording import deadline_text
from avgust.domain.resolutions.model import Addressee, DeadlineKind
from avgust.web.documents.addressees import Names
from avgust.web.documents.registers import register_for

if TYPE_CHECKING:
    from avgust.web.territory.models import Unit


@dataclass(frozen=True, slots=True)
class Who:
    """An executor as the form says it back; `doubt` asks for a look."""

    name: str
    note: str
    doubt: bool


@dataclass(frozen=True, slots=True)
class UnderstoodWords:
    """One clause as it was read."""

    measure: bool
    who: tuple[Who, ...]
    deadline: str
    kind: str = ""


def words_of(read: Sequence[Understood], unit: Unit, language: str) -> list[UnderstoodWords]:
    """Return how clauses of `unit` were read; the register is asked once."""
    names = Names(lambda: register_for(unit, timezone.localdate()))
    return [
        UnderstoodWords(
            measure=one.measure,
            who=tuple(_who(addressee, names) for addressee in one.executors),
            deadline=_deadline(one, language),
            kind=one.kind.value if one.kind else "",
        )
        for one in read
    ]


def _deadline(one: Understood, language: str) -> str:
    known = one.deadline is not None and one.deadline.kind is not DeadlineKind.NONE
    return deadline_text(one.deadline, language) if known and one.deadline is not None else ""


def _who(addressee: Addressee, names: Names) -> Who:
    found = names.addressing(addressee)
    count = len(found.units)
    notes = {
        Outcome.BODY: "",
        Outcome.ROLE: ngettext("%(n)d organisation", "%(n)d organisations", count) % {"n": count},
        Outcome.AMBIGUOUS: ngettext(
            "which of %(n)d organisation is not clear", "which of %(n)d organisations is not clear", count
        )
        % {"n": count},
        Outcome.OUTSIDE: _("not in the register"),
        Outcome.UNKNOWN: _("the register does not know this name"),
    }
    doubt = found.outcome in (Outcome.AMBIGUOUS, Outcome.UNKNOWN)
    return Who(addressee.name, notes[found.outcome], doubt)
