"""What a project of a package costs and risks: the money that it plans, whoever spends it, and the risks.

What was allotted and spent, and what became of a risk, are facts of the year that the plan was made for; a
closed risk is one of the next year again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from avgust.domain.messages import Message, mark
from avgust.domain.planning.money import MoneyError, Source, amount_of
from avgust.domain.planning.package_reading import RoadmapError, keys, mapping, number, rows_of, text
from avgust.domain.planning.risks import SCALE

MOST: Final = 200  # rows of each kind, as many as a project takes
_LONGEST: Final = {"line": 300, "sum": 20, "risk": 500, "owner": 300, "response": 5_000}
_NO_SOURCE: Final = Message(mark("There is no such source of money."))


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of the budget: whose money, what for, how much is planned (roubles, «1250000.50»)."""

    source: str
    title: str
    planned: str


@dataclass(frozen=True, slots=True)
class PlannedRisk:
    """A risk as it is seen before the work begins."""

    title: str
    probability: int
    impact: int
    owner: str
    response: str


def budget_of(where: str, value: Any) -> tuple[PlannedLine, ...]:
    """Return the budget of a parsed list. Raises RoadmapError."""
    rows = rows_of(where, value, 0, MOST)
    return tuple(_line(f"{where}[{place}]", row) for place, row in enumerate(rows))


def _line(where: str, value: Any) -> PlannedLine:
    row = mapping(where, value)
    keys(where, row, {"source", "title"}, {"planned"})
    if row["source"] not in set(Source):
        raise RoadmapError(f"{where}.source", _NO_SOURCE)
    words = text(f"{where}.planned", row.get("planned", ""), _LONGEST["sum"], least=0)
    try:
        planned = f"{amount_of(words):.2f}"
    except MoneyError as error:
        raise RoadmapError(f"{where}.planned", error.message) from error
    return PlannedLine(row["source"], text(f"{where}.title", row["title"], _LONGEST["line"]), planned)


def risks_of(where: str, value: Any) -> tuple[PlannedRisk, ...]:
    """Return the risks of a parsed list. Raises RoadmapError."""
    rows = rows_of(where, value, 0, MOST)
    return tuple(_risk(f"{where}[{place}]", row) for place, row in enumerate(rows))


def _risk(where: str, value: Any) -> PlannedRisk:
    row = mapping(where, value)
    keys(where, row, {"title", "probability", "impact", "owner", "response"}, set())
    return PlannedRisk(
        text(f"{where}.title", row["title"], _LONGEST["risk"]),
        number(f"{where}.probability", row["probability"], SCALE[0], SCALE[-1]),
        number(f"{where}.impact", row["impact"], SCALE[0], SCALE[-1]),
        text(f"{where}.owner", row["owner"], _LONGEST["owner"]),
        text(f"{where}.response", row["response"], _LONGEST["response"]),
    )


def budget_package(lines: Sequence[PlannedLine]) -> list[dict[str, Any]]:
    """Return a budget as a package keeps it; `budget_of` reads it back the same."""
    return [asdict(one) for one in lines]


def risks_package(risks: Sequence[PlannedRisk]) -> list[dict[str, Any]]:
    """Return risks as a package keeps them; `risks_of` reads them back the same."""
    return [asdict(one) for one in risks]
