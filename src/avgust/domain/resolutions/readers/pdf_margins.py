"""Running headers, footers and page numbers: printed on every page, part of none of its sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from avgust.domain.resolutions.readers.pdf_lines import PdfLine

_DIGITS: Final = re.compile(r"\d+")
_PAGE_NUMBER: Final = re.compile(
    r"[-–—\s]*(?:стр(?:аница|\.)?\s*|page\s*)?\d{1,4}(?:\s*(?:из|/|of)\s*\d{1,4})?[-–—\s]*", re.I
)
_DEEPEST: Final = 4  # lines of a header or footer
_APART: Final = 1.2  # leadings between a running line and the text
_LOOSE: Final = 1.4  # heights of a letter
_ZONE: Final = 0.13  # of the height: where page numbers stand


def without_margins(pages: Sequence[Sequence[PdfLine]], heights: Sequence[float]) -> list[list[PdfLine]]:
    """Return the lines of every page without what repeats at its top and bottom."""
    seen: Counter[tuple[str, int, str]] = Counter()
    for lines in pages:
        seen.update(
            {_key(line, edge) for edge in ("top", "bottom") for line in _edge(lines, edge)[:_DEEPEST]}
        )
    needed = max(2, (len(pages) + 1) // 2)
    running = {key for key, times in seen.items() if times >= needed}
    return [_stripped(list(lines), height, running) for lines, height in zip(pages, heights, strict=True)]


def _stripped(lines: list[PdfLine], height: float, running: set[tuple[str, int, str]]) -> list[PdfLine]:
    drop: set[PdfLine] = set()
    leading = _leading(lines)
    for edge in ("top", "bottom"):
        ordered = _edge(lines, edge)
        found = 0
        for at, line in enumerate(ordered[:_DEEPEST]):
            if not (_key(line, edge) in running or _is_page_number(line, height)):
                break
            if at + 1 == len(ordered) or abs(ordered[at + 1].y - line.y) > _APART * leading:
                found = at + 1  # a gap parts what runs from the text; the same words in it stay
        drop.update(ordered[:found])
    return [line for line in lines if line not in drop]


def _leading(lines: Sequence[PdfLine]) -> float:
    """Return the distance of lines of a page; between a few lines around a table it says nothing."""
    gaps = [abs(b.y - a.y) for a, b in pairwise(sorted(lines, key=lambda line: line.y))]
    sizes = [line.size for line in lines]
    return min(median(gaps or [0.0]), _LOOSE * median(sizes or [0.0]))


def _edge(lines: Sequence[PdfLine], edge: str) -> list[PdfLine]:
    """Return the lines from an edge inwards."""
    return sorted(lines, key=lambda line: line.y, reverse=edge == "bottom")


def _key(line: PdfLine, edge: str) -> tuple[str, int, str]:
    return edge, round(line.y / 8), _DIGITS.sub("#", line.text)


def _is_page_number(line: PdfLine, height: float) -> bool:
    outside = line.y < _ZONE * height or line.y > (1 - _ZONE) * height
    return outside and _PAGE_NUMBER.fullmatch(line.text) is not None
