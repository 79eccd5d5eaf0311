"""Lines joined into paragraphs by geometry: a PDF knows letters and places, not where a sentence goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from avgust.domain.resolutions.readers.hyphenation import Hyphens
from avgust.domain.resolutions.readers.pdf_lines import PdfLine

# What begins a list item: "1.", "1.2.", "а)", "-", "•".
_LABEL: Final = re.compile(
    r"(?:(?:\d{1,3}\.){1,4}(?:\d{1,3})?\)?(?=\s|[А-ЯЁA-Z«])|\(?(?:\d{1,3}|[а-яёa-z])\)|[IVX]{1,5}\.|[-–—•·▪●○■□✓➢*\ue000-\uf8ff])(?=\s|[А-ЯЁ«])"
)
_ENDED: Final = re.compile(r"[.;:!?][»”\")]?$")
_OPEN: Final = re.compile(r"(?:[,–—-]|[а-яёa-z])$")
_SENTENCE_END: Final = re.compile(r"[^\W\d_]{5,}[»”\")]?\.$")
_WIDE: Final = 0.7  # of the page: prose reaches at least so far
_FEW: Final = 6  # lines around a table say little about margins
_INDENT: Final = 7.0  # points: less is no indent


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the prose of a flow begins and ends on its page."""

    left: float
    right: float


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: list[PdfLine]
    centered: bool = False

    @property
    def indent_of_first(self) -> float:
        """How far the first line is set in against the lines below it."""
        return self.lines[0].x0 - self.lines[-1].x0 if len(self.lines) > 1 else 0.0


@dataclass
class Joiner:
    """Decides line by line; knows the margins of every flow and the usual distance of lines."""

    margins: dict[tuple[float, int], Margins]
    widths: Sequence[float]  # of pages
    leading: float
    size: float  # of the body
    first_indents: frozenset[int] = frozenset()  # how far first lines of paragraphs are set in here
    bullets: frozenset[str] = frozenset()  # signs that begin items here, also after an open line
    hyphens: Hyphens = field(default_factory=lambda: Hyphens(()))

    def paragraphs(self, lines: Iterable[PdfLine]) -> list[Paragraph]:
        """Return the paragraphs of `lines`, which follow each other in reading order."""
        made: list[Paragraph] = []
        for line in lines:
            centered = self._is_centered(line)
            if made and self._goes_on(made[-1], line, centered=centered):
                made[-1].lines.append(line)
                made[-1].centered = made[-1].centered and centered
            else:
                made.append(Paragraph([line], centered))
        return made

    def text(self, paragraph: Paragraph) -> str:
        """Return the words of a paragraph, hyphenation mended."""
        text = paragraph.lines[0].text
        for line in paragraph.lines[1:]:
            text = self.hyphens.join(text, line.text)
        return text

    def edges(self, line: PdfLine) -> Margins:
        """Return the margins of the flow of `line`."""
        key = (self.widths[line.page - 1], line.flow)
        return self.margins.get(key) or Margins(line.x0, line.x1)

    def _goes_on(self, paragraph: Paragraph, line: PdfLine, *, centered: bool) -> bool:
        above = paragraph.lines[-1]
        if abs(above.size - line.size) > 0.12 * max(above.size, line.size) or line.marked:
            return False
        if paragraph.centered != centered and not (
            self._reads_on(above, line) if paragraph.centered else self._is_full(above, line)
        ):
            return False
        if above.page == line.page and above.flow == line.flow and not self._is_near(above, line):
            return False
        ended = _ENDED.search(above.text) is not None
        if not self._is_full(above, line) and (ended or not self._reads_on(above, line)):
            return False
        if above.bold != line.bold and (ended or above.text.isupper()):
            return False
        if _SENTENCE_END.search(above.text) and line.text[0].islower():
            return False  # no sentence begins small: a line of its own below («постоянно»)
        if _LABEL.match(line.text) and (
            ended or line.text[0] in self.bullets or not _OPEN.search(above.text)
        ):
            return False
        return not self._begins_by_indent(paragraph, line, ended=ended)

    def _reads_on(self, above: PdfLine, line: PdfLine) -> bool:
        """Tell whether a line left short by its program still goes on: open above, small letter below."""
        edges = self.edges(above)
        short = edges.right - above.x1 > 0.3 * (edges.right - edges.left)
        return not short and line.text[0].islower() and _OPEN.search(above.text) is not None

    def _begins_by_indent(self, paragraph: Paragraph, line: PdfLine, *, ended: bool) -> bool:
        """Tell whether the left edge of `line` says that a paragraph begins."""
        above = paragraph.lines[-1]
        if paragraph.centered:
            return ended
        if above.page != line.page or above.flow != line.flow:
            inside = line.x0 - self.edges(line).left
            return (inside > _INDENT and ended) or (ended and paragraph.indent_of_first <= _INDENT)
        if line.x0 - above.x0 > _INDENT and (len(paragraph.lines) > 1 or not _LABEL.match(above.text)):
            return True
        if len(paragraph.lines) > 1 or abs(line.x0 - above.x0) >= 2:
            return False
        set_in = round(line.x0 - self.edges(line).left)
        return set_in > _INDENT and (ended or set_in in self.first_indents)

    def _is_near(self, above: PdfLine, line: PdfLine) -> bool:
        distance = line.y - above.y
        usual = self.leading * max(line.size / self.size, 0.5)
        return 0 < distance <= usual * 1.3 + 1.5

    def _is_full(self, above: PdfLine, line: PdfLine) -> bool:
        """Tell whether the first word of `line` had no room above; if it had, a paragraph ended there."""
        word = line.text.split(maxsplit=1)[0].split("-")[0]
        needed = (line.x1 - line.x0) / max(len(line.text), 1) * (len(word) + 0.7)
        edges = self.edges(above)
        room = edges.right - above.x1
        if self._is_centered(above):
            room = (edges.right - edges.left) - (above.x1 - above.x0)
        return room < needed or above.text.endswith("-")

    def _is_centered(self, line: PdfLine) -> bool:
        edges = self.edges(line)
        before, after = line.x0 - edges.left, edges.right - line.x1
        return before > 2 * _INDENT and abs(before - after) < max(4.0, 0.03 * (edges.right - edges.left))


def joiner_of(pages: Sequence[Sequence[PdfLine]], widths: Sequence[float]) -> Joiner:
    """Return the joiner that fits the document: margins by page width and column, leading of its prose."""
    lines = [line for page in pages for line in page]
    flows: dict[tuple[float, int], list[PdfLine]] = {}
    for line in lines:
        flows.setdefault((widths[line.page - 1], line.flow), []).append(line)
    gaps = [
        below.y - above.y
        for page in pages
        for above, below in pairwise(page)
        if above.flow == below.flow and 0 < below.y - above.y < 3 * below.size
    ]
    size = median(line.size for line in lines) if lines else 12.0
    margins = {key: _margins(found, *key) for key, found in flows.items()}
    return Joiner(
        margins=margins,
        widths=widths,
        leading=_smallest_common(gaps) or 1.2 * size,
        size=size,
        first_indents=_first_indents(pages, {key: edges.left for key, edges in margins.items()}, widths),
        bullets=_bullets(pages),
        hyphens=Hyphens(line.text for line in lines),
    )


def _margins(lines: Sequence[PdfLine], width: float, flow: int) -> Margins:
    """Return the left edge that lines share and the right edge that all but a few keep.

    Where lines are few or all short the right edge is that of the page, as far in as the left one.
    """
    longest = sorted(lines, key=lambda line: line.x1 - line.x0)[len(lines) // 3 :]
    starts = Counter(round(line.x0) for line in longest)
    often = [x for x, times in starts.items() if times * 6 >= len(longest)] or list(starts)
    ends = sorted(line.x1 for line in lines)
    left, right = float(min(often)), ends[min(len(ends) - 1, int(len(ends) * 0.97))]
    if flow == 0 and (right < _WIDE * width or len(lines) < _FEW):
        right = max(right, width - left)
    return Margins(left, right)


def _smallest_common(gaps: Sequence[float]) -> float:
    """Return the distance of lines inside paragraphs: the smallest that is not rare."""
    counted = Counter(round(gap * 2) / 2 for gap in gaps)
    common = [gap for gap, times in counted.items() if times * 8 >= len(gaps)]
    return min(common, default=0.0)


def _first_indents(
    pages: Sequence[Sequence[PdfLine]], lefts: dict[tuple[float, int], float], widths: Sequence[float]
) -> frozenset[int]:
    """Return the indents after which the next line falls back to the margin: first lines have them."""
    seen: Counter[int] = Counter()
    for above, below in (pair for page in pages for pair in pairwise(page)):
        left = lefts[widths[above.page - 1], above.flow]
        if above.flow == below.flow and above.x0 - left > _INDENT and abs(below.x0 - left) < 2:
            seen[round(above.x0 - left)] += 1
    return frozenset(indent for indent, times in seen.items() if times > 2)


def _bullets(pages: Sequence[Sequence[PdfLine]]) -> frozenset[str]:
    """Return the signs that begin lines below a closed line again and again."""
    seen = Counter(
        below.text[0]
        for page in pages
        for above, below in pairwise(page)
        if not below.text[0].isalnum() and _LABEL.match(below.text) and _ENDED.search(above.text)
    )
    return frozenset(sign for sign, times in seen.items() if times > 2)
