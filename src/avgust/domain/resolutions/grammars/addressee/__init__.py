"""Who must act: addressees of headings, clauses and «Ответственный» lines, in the nominative."""

from __future__ import annotations

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Addressee


def addressees_of_heading(fragment: Fragment) -> tuple[Addressee, ...]:
    """Return the executors that a heading names."""
    return ()


def addressees_of_clause(fragment: Fragment, inherited: tuple[Addressee, ...]) -> tuple[Addressee, ...]:
    """Return the executors, co-executors and partners that a clause itself names."""
    return ()


def addressees_of_line(fragment: Fragment, role: str) -> tuple[Addressee, ...]:
    """Return the addressees of an «Ответственный: …» line or table cell."""
    return ()
