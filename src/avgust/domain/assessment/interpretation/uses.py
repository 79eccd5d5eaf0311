"""What results of a procedure may be used for: dated, each with its act. What an act rules out is refused.

Only what an act says is here; a procedure without an entry is bound by the least sizes of groups alone. What
singles out schools or groups of teachers takes an `Allowed`, and only `require_use` makes one: a page, a
file, the command line and an address for programs go the same way, and none can go past it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from avgust.domain.assessment.interpretation.rules import Ground, Rule, on_day
from avgust.domain.messages import Message, mark


class Purpose(StrEnum):
    """What somebody wants to know results for."""

    RATE_TEACHERS = "rate_teachers"
    RATE_SCHOOLS = "rate_schools"
    SUPPORT_SCHOOLS = "support_schools"  # which schools need help; no places, no consequences
    DEVELOP_TEACHERS = "develop_teachers"  # what courses should be about, by groups


PURPOSES: Final = {
    Purpose.RATE_TEACHERS: Message(mark("to rate teachers")),
    Purpose.RATE_SCHOOLS: Message(mark("to rate schools")),
    Purpose.SUPPORT_SCHOOLS: Message(mark("to choose schools for support")),
    Purpose.DEVELOP_TEACHERS: Message(mark("to plan professional development by groups")),
}


@dataclass(frozen=True)
class Uses:
    """By procedure, which purposes an act rules out from a day on."""

    rule: Rule
    refused: Mapping[str, frozenset[Purpose]]


USES: Final = (
    Uses(
        Rule(
            "uses.procedures",
            Message(mark("What results may be used for")),
            1,
            date(2025, 4, 18),
            Message(
                mark(
                    "letter of Rosobrnadzor of 18 April 2025 No. 02-86: results of nationwide check works are"
                    " not for rating schools or teachers"
                )
            ),
            Ground.SECOND_HAND,
        ),
        {"vpr": frozenset({Purpose.RATE_TEACHERS, Purpose.RATE_SCHOOLS})},
    ),
)


_OTHER: Final = Message(mark("they were asked for with another purpose"))


class ForbiddenUseError(ValueError):
    """A use that an act rules out, with the act."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.render("en"))


def uses_on(day: date) -> Uses | None:
    """Return the rule of a day; None before the first."""
    known = [one for one in USES if one.rule.since <= day]
    return on_day(known, day) if known else None


@dataclass(frozen=True, slots=True)
class Allowed:
    """That results of a procedure may serve a purpose, with the rule in force; made by `require_use`."""

    procedure: str
    purpose: Purpose
    uses: Uses | None

    def serves(self, *purposes: Purpose) -> None:
        """Stop what was allowed for something else. Raises ForbiddenUseError."""
        if self.purpose not in purposes:
            raise _forbidden(purposes[0], _OTHER)

    @property
    def told(self) -> tuple[Message, ...]:
        """The rule as a method section names it; nothing where no act speaks of the procedure."""
        said = self.uses is not None and self.procedure in self.uses.refused
        return (self.uses.rule.told,) if self.uses is not None and said else ()


def require_use(procedure: str, purpose: Purpose, day: date) -> Allowed:
    """Return that results may serve `purpose` on `day`. Raises ForbiddenUseError."""
    uses = uses_on(day)
    if uses is not None and purpose in uses.refused.get(procedure, frozenset()):
        raise _forbidden(purpose, uses.rule.source)
    return Allowed(procedure, purpose, uses)


def _forbidden(purpose: Purpose, source: Message) -> ForbiddenUseError:
    told = {"purpose": PURPOSES[purpose], "source": source}
    return ForbiddenUseError(Message(mark("Results may not serve %(purpose)s: %(source)s."), told))
