"""Deadlines: when a clause must be done, with the place in the text and the rule that found it."""

from __future__ import annotations

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.deadline.anchor import Anchor
from avgust.domain.resolutions.model import Deadline

__all__ = [
    "Anchor",
    "deadline_of_clause",
    "deadline_of_heading",
    "deadline_of_line",
    "find_deadlines",
]


def find_deadlines(fragment: Fragment, anchor: Anchor) -> tuple[Deadline, ...]:
    """Return every candidate in the order of the text."""
    return ()


def deadline_of_clause(fragment: Fragment, anchor: Anchor) -> Deadline:
    """Return the deadline that the words of a clause state."""
    return Deadline()


def deadline_of_line(fragment: Fragment, anchor: Anchor) -> Deadline:
    """Return the deadline of a line or cell of its own."""
    return Deadline()


def deadline_of_heading(fragment: Fragment, anchor: Anchor) -> Deadline:
    """Return the deadline that a heading gives its whole section."""
    return Deadline()
