"""Risks of a project: probability × impact, each from 1 to 5, as the matrix of ISO 31010 has it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from avgust.domain.messages import Message, mark

SCALE: Final = range(1, 6)


class Level(StrEnum):
    """How much a risk asks for."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


LEVELS: Final = {
    Level.LOW: Message(mark("low")),
    Level.MEDIUM: Message(mark("medium")),
    Level.HIGH: Message(mark("high")),
}
_UP_TO: Final = ((4, Level.LOW), (9, Level.MEDIUM), (25, Level.HIGH))  # products


def level_of(probability: int, impact: int) -> Level:
    """Return the level of a risk; ValueError outside the scale."""
    if probability not in SCALE or impact not in SCALE:
        raise ValueError(f"{probability} × {impact} lies outside 1…5.")
    return next(level for most, level in _UP_TO if probability * impact <= most)
