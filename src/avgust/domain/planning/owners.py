"""Whose a stage of a project is: who is reminded of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from avgust.domain.control.fan_out import last_successor


def owners_of_plan(named: Iterable[int], adopter: int, closed: Mapping[int, int | None]) -> tuple[int, ...]:
    """Return the organisations that answer for the milestones of a project.

    A project is one plan. It is carried out by the bodies that its measure names as executors, or by the
    heirs of those that closed. A kind of organisations («школам») has no stage in common: where nobody else
    is named the plan is the adopter's own, and its office is reminded, not 1,500 schools.
    """
    heirs = (last_successor(unit, closed) for unit in named)
    found = tuple(dict.fromkeys(unit for unit in heirs if unit is not None))
    return found or (adopter,)


def predecessors(units: Iterable[int], closed: Mapping[int, int | None]) -> frozenset[int]:
    """Return the closed organisations of which `units` are the heirs at the end of the line."""
    wanted = frozenset(units)
    return frozenset(unit for unit in closed if last_successor(unit, closed) in wanted)
