"""What the document says about its own time: the ground on which a missing year is resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from avgust.domain.periods import Period
from avgust.domain.resolutions.model import Header


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date of adoption and the school year meant; either may be unknown."""

    adopted: date | None = None
    school_year: Period | None = None

    @classmethod
    def of(cls, header: Header) -> Self:
        """Read the anchor from a header; a fact whose value is no date or school year is left out."""
        return cls(
            _date(header.adopted.value) if header.adopted else None,
            _school_year(header.school_year.value) if header.school_year else None,
        )


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _school_year(value: str) -> Period | None:
    try:
        return Period.of_label(value)
    except ValueError:
        return None
