"""Days and grades as people write them; circles among parents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from avgust.domain.assessment.codifiers.model import GRADES

_RANGE: Final = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})")


def circles_in(parents: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the circles of a relation code → parent, each once, begun with its first code in order."""
    order = {code: place for place, code in enumerate(parents)}
    state: dict[str, int] = {}  # walk on which a code was met
    found: list[tuple[str, ...]] = []
    for walk, start in enumerate(parents):
        line: list[str] = []
        code = start
        while code in parents and code not in state:
            state[code] = walk
            line.append(code)
            code = parents[code]
        if code in parents and state[code] == walk:
            circle = line[line.index(code) :]
            first = circle.index(min(circle, key=order.__getitem__))
            found.append((*circle[first:], *circle[:first]))
    return found


def day_of(text: str) -> date | None:
    """Return the day of «01.09.2026» or «2026-09-01»."""
    dotted = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*г\.?)?", text.strip())
    try:
        if dotted:
            return date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def grades_of(text: str) -> tuple[int, ...] | None:
    """Return the grades of «4», «5–9», «1, 2, 4»; none for an empty text, None for what are no grades."""
    found: set[int] = set()
    for part in re.split(r"[,;]", re.sub(r"(?:классы|класс|кл\.?)", "", text, flags=re.IGNORECASE)):
        one = part.strip()
        span = _RANGE.fullmatch(one)
        if span:
            found |= set(range(int(span[1]), int(span[2]) + 1)) or {0}
        elif re.fullmatch(r"\d{1,2}", one):
            found.add(int(one))
        elif one:
            return None
    return tuple(sorted(found)) if found <= set(GRADES) else None
