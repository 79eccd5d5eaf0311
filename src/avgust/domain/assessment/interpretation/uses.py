"""What results of a procedure may be used for: dated, each with its act. What an act rules out is refused.

Only what an act says is here; a procedure without an entry is bound by the least sizes of groups alone.
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


class ForbiddenUseError(ValueError):
    """A use that an act rules out, with the act."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.render("en"))


def uses_on(day: date) -> Uses | None:
    """Return the rule of a day; None before the first."""
    known = [one for one in USES if one.rule.since <= day]
    return on_day(known, day) if known else None


def require_use(procedure: str, purpose: Purpose, day: date) -> Uses | None:
    """Return the rule by which results may serve `purpose` on `day`. Raises ForbiddenUseError."""
    uses = uses_on(day)
    if uses is not None and purpose in uses.refused.get(procedure, frozenset()):
        told = {"purpose": PURPOSES[purpose], "source": uses.rule.source}
        raise ForbiddenUseError(Message(mark("Results may not serve %(purpose)s: %(source)s."), told))
    return uses
