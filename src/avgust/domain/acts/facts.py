"""What is known when something is done with a local act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Facts:
    """A local act and who moves it on, as the guards see them.

    `authors` are the people who wrote the draft or sent it for agreement.
    """

    status: str
    today: date
    actor: int | None = None
    authors: frozenset[int] = frozenset()
    unfilled: int = 0  # fields that are required and not filled in, or filled in wrongly
    reason: str = ""
    number: str = ""
    adopted_on: date | None = None
    in_force_from: date | None = None
    has_file: bool = False
    ends_on: date | None = None  # the last day in force of what is repealed
    newer: bool = False  # a newer act of the organisation replaces it
