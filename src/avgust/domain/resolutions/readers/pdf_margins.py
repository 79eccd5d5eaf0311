"""Running headers, footers and page numbers: printed on every page, part of none of its sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from avgust.domain.resolutions.readers.pdf_lines import PdfLine

_DIGITS: Final = re.compile(r"\d+")
_PAGE_NUMBER: Final = re.compile(
    r"[-–—\s]*(?:стр(?:аница|\.)?\s*|page\s*)?\d{1,4}(?:\s*(?:из|/|of)\s*\d{1,4})?[-–—\s]*", re.I
)
_DEEPEST: Final = 4  # lines of a header or footer
_ZONE: Final = 0.13  # of the height: where page numbers stand


def without_margins(pages: Sequence[Sequence[PdfLine]], heights: Sequence[float]) -> list[list[PdfLine]]:
    """Return the lines of every page without what repeats at its top and bottom."""
    seen: Counter[tuple[str, int, str]] = Counter()
    for lines in pages:
        seen.update({_key(line, edge) for edge in ("top", "bottom") for line in _edge(lines, edge)})
    needed = max(2, (len(pages) + 1) // 2)
    running = {key for key, times in seen.items() if times >= needed}
    return [_stripped(list(lines), height, running) for lines, height in zip(pages, heights, strict=True)]


def _stripped(lines: list[PdfLine], height: float, running: set[tuple[str, int, str]]) -> list[PdfLine]:
    drop: set[PdfLine] = set()
    for edge in ("top", "bottom"):
        for line in _edge(lines, edge):
            if not (_key(line, edge) in running or _is_page_number(line, height)):
                break
            drop.add(line)
    return [line for line in lines if line not in drop]


def _edge(lines: Sequence[PdfLine], edge: str) -> list[PdfLine]:
    """Return the outermost lines of an edge, from outside inwards."""
    ordered = sorted(lines, key=lambda line: line.y, reverse=edge == "bottom")
    return ordered[:_DEEPEST]


def _key(line: PdfLine, edge: str) -> tuple[str, int, str]:
    return edge, round(line.y / 8), _DIGITS.sub("#", line.text)


def _is_page_number(line: PdfLine, height: float) -> bool:
    outside = line.y < _ZONE * height or line.y > (1 - _ZONE) * height
    return outside and _PAGE_NUMBER.fullmatch(line.text) is not None
