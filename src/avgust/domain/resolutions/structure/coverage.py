"""The parts of a text in order; what no rule took is said to be so, and no printed character is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from avgust.domain.resolutions.model import Part, PartKind, Span

_MARKS: Final = re.compile(r"[\W_]*")


def cover(text: str, parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return `parts` in the order of the text, without overlaps, with every gap filled."""
    found: list[Part] = []
    at = 0
    for part in sorted(parts, key=lambda part: (part.span.start, -part.span.end)):
        if part.span.end <= at:
            continue
        start = max(at, part.span.start)
        _fill(text, at, start, found)
        found.append(
            part if start == part.span.start else Part(part.kind, Span(start, part.span.end), part.rule)
        )
        at = part.span.end
    _fill(text, at, len(text), found)
    return tuple(found)


def _fill(text: str, start: int, end: int, found: list[Part]) -> None:
    """Say what stands between two parts: marks of layout (rules, pipes), or words that no rule took."""
    gap = text[start:end]
    stripped = gap.strip()
    if not stripped:
        return
    lead = len(gap) - len(gap.lstrip())
    span = Span(start + lead, start + lead + len(stripped))
    if _MARKS.fullmatch(stripped):
        found.append(Part(PartKind.EDITORIAL, span, "editorial.layout"))
    else:
        found.append(Part(PartKind.UNTAKEN, span, "gap"))
