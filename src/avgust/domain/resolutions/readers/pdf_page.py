"""What pdfium knows of a page: stretches of text with their places and fonts, and ruled lines.

Coordinates are points from the top left corner of the page as it is read, y downwards.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as c

from avgust.domain.resolutions.readers.limits import MAX_TEXT

_LIGHT: Final = 550  # weights of fonts from here on are bold
_BOLD_NAMES: Final = ("bold", "black", "heavy", "полужирн", "demi")
_FORCE_BOLD: Final = 1 << 18  # of the flags of a font descriptor
_THIN: Final = 3.0  # a filled box no thicker is a ruled line
_SAMPLE: Final = 600  # letters that tell how a page is turned
_MOST_PATHS: Final = 20_000  # a drawing, not a table
_WIDE_GAP: Final = 1.25  # heights of a letter: more parts columns, less parts words
_HYPHENS: Final = ("\ufffe", "\x02")  # pdfium writes them for a hyphen at the end of a line


@dataclass(slots=True)
class Segment:
    """Neighbouring letters on one base line."""

    text: str
    x0: float
    x1: float
    y: float  # base line
    size: float  # height of a letter of the font
    letters: int = 0
    bold_letters: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: at `at`, from `start` to `end` along it."""

    at: float
    start: float
    end: float


@dataclass
class Page:
    """A page taken apart."""

    number: int  # from 1
    width: float
    height: float
    segments: list[Segment] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class _Turn:
    """From the coordinates of the file to those of the page as shown (it may be turned)."""

    rotation: int
    left: float
    bottom: float
    width: float  # before turning
    height: float

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.rotation == 90:
            return y, x
        if self.rotation == 180:
            return self.width - x, y
        if self.rotation == 270:
            return self.height - y, self.width - x
        return x, self.height - y


def read_page(document: pdfium.PdfDocument, number: int) -> Page:
    """Return page `number` (from 1) of `document`."""
    page = document[number - 1]
    text_page = page.get_textpage()
    try:
        left, bottom, right, top = page.get_cropbox()
        turn = _Turn(_direction(text_page), left, bottom, right - left, top - bottom)
        turned = turn.rotation in (90, 270)
        width, height = (turn.height, turn.width) if turned else (turn.width, turn.height)
        made = Page(number, width, height)
        _read_objects(page, made, turn)
        made.vertical.sort(key=lambda rule: rule.at)
        made.segments = list(_segments(text_page, turn, made.vertical))
        return made
    finally:
        text_page.close()
        page.close()


def _direction(text_page: pdfium.PdfTextPage) -> int:
    """Return by how many degrees the page must be turned for its lines to run from left to right.

    The letters tell it; the page's own mark of rotation may say otherwise.
    """
    x, y = ctypes.c_double(), ctypes.c_double()
    votes = {0: 1, 90: 0, 180: 0, 270: 0}
    last: tuple[float, float] | None = None
    for at in range(min(text_page.count_chars(), _SAMPLE)):
        c.FPDFText_GetCharOrigin(text_page, at, x, y)
        now = (x.value, y.value)
        if last is not None:
            across, up = now[0] - last[0], now[1] - last[1]
            if abs(across) > 4 * abs(up):
                votes[0 if across > 0 else 180] += 1
            elif abs(up) > 4 * abs(across):
                votes[90 if up > 0 else 270] += 1
        last = now
    return max(votes, key=lambda angle: votes[angle])


def _read_objects(page: pdfium.PdfPage, made: Page, turn: _Turn) -> None:
    paths = 0
    for found in page.get_objects(filter=(c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE), max_depth=4):
        if found.type == c.FPDF_PAGEOBJ_IMAGE:
            made.pictures += 1
            continue
        paths += 1
        if paths > _MOST_PATHS:
            made.horizontal.clear()
            made.vertical.clear()
            return
        for one, other in _edges(found):
            _add_rule(made, turn(*one), turn(*other))


_Point = tuple[float, float]


def _edges(path: Any) -> Iterator[tuple[_Point, _Point]]:
    """Yield the straight edges of a path: the middle of a thin filled box, the sides of what is stroked."""
    left, bottom, right, top = path.get_bounds()
    if min(right - left, top - bottom) <= _THIN:
        middle_x, middle_y = (left + right) / 2, (bottom + top) / 2
        if right - left > top - bottom:
            yield (left, middle_y), (right, middle_y)
        else:
            yield (middle_x, bottom), (middle_x, top)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(path, fill, stroke)
    if stroke.value or c.FPDFPath_CountSegments(path) > 5:
        yield from _outline(path)


def _outline(path: Any) -> Iterator[tuple[_Point, _Point]]:
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = None
    for at in range(min(c.FPDFPath_CountSegments(path), 5_000)):
        segment = c.FPDFPath_GetPathSegment(path, at)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_LINETO and last is not None:
            yield last, point
        elif kind == c.FPDF_SEGMENT_MOVETO:
            first = point
        last = point
        if c.FPDFPathSegment_GetClose(segment) and first is not None:
            yield point, first


def _add_rule(made: Page, one: _Point, other: _Point) -> None:
    across, down = abs(one[0] - other[0]), abs(one[1] - other[1])
    if down <= 1 and across > _THIN:
        made.horizontal.append(Rule((one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0])))
    elif across <= 1 and down > _THIN:
        made.vertical.append(Rule((one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1])))


class _Letters:
    """Letters of a text page, in the order of the file; a call of pdfium a value, so few values."""

    def __init__(self, text_page: pdfium.PdfTextPage, turn: _Turn) -> None:
        self._page = text_page.raw
        self._turn = turn
        self._box = c.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(256)

    def place(self, at: int) -> tuple[float, float, float, float]:
        """Return (x0, x1, base line, height) of letter `at`."""
        box, turn = self._box, self._turn
        c.FPDFText_GetLooseCharBox(self._page, at, box)
        c.FPDFText_GetCharOrigin(self._page, at, self._x, self._y)
        if not turn.rotation:
            y = turn.height + turn.bottom - self._y.value
            return box.left - turn.left, box.right - turn.left, y, abs(box.top - box.bottom)
        x0, y0 = turn(box.left, box.bottom)
        x1, y1 = turn(box.right, box.top)
        _x, y = self._turn(self._x.value, self._y.value)
        return min(x0, x1), max(x0, x1), y, abs(y1 - y0)

    def is_bold(self, at: int) -> bool:
        """Tell whether the font of letter `at` is bold."""
        flags = ctypes.c_int()
        length = c.FPDFText_GetFontInfo(self._page, at, self._name, 256, flags)
        name = self._name.value.decode("utf-8", "replace").lower() if 0 < length <= 256 else ""
        if flags.value & _FORCE_BOLD or any(word in name for word in _BOLD_NAMES):
            return True
        return bool(c.FPDFText_GetFontWeight(self._page, at) >= _LIGHT)


def _segments(text_page: pdfium.PdfTextPage, turn: _Turn, vertical: list[Rule]) -> Iterator[Segment]:
    letters = _Letters(text_page, turn)
    raw = text_page.raw
    now: Segment | None = None
    pieces: list[str] = []
    space = bold = False
    for at in range(min(text_page.count_chars(), MAX_TEXT)):
        code = c.FPDFText_GetUnicode(raw, at)
        letter = chr(code)
        if letter in _HYPHENS:
            pieces.append("-")  # it has no place of its own
            continue
        if letter.isspace() or code in (0, 0xAD, 0xFEFF, 0xFFFF):
            space = space or letter.isspace()
            continue
        x0, x1, y, size = letters.place(at)
        if now is not None and not _goes_on(now, x0, y, size, vertical):
            now.text = "".join(pieces)
            yield now
            now = None
        if now is None:
            now, pieces = Segment("", x0, x1, y, size), []
            bold = letters.is_bold(at)
        elif space or x0 - now.x1 > 0.22 * max(size, now.size):
            pieces.append(" ")
            bold = letters.is_bold(at)
        space = False
        pieces.append(letter)
        now.x1 = max(now.x1, x1)
        now.size = max(now.size, size)
        if letter.isalpha():
            now.letters += 1
            now.bold_letters += bold
    if now is not None:
        now.text = "".join(pieces)
        yield now


def _goes_on(now: Segment, x0: float, y: float, size: float, vertical: list[Rule]) -> bool:
    """Tell whether a letter at (x0, y) stands on the line of `now`, near it, with no rule between."""
    gap = x0 - now.x1
    size = max(size, now.size)  # the box of a hyphen may be as low as the hyphen itself
    if abs(y - now.y) > 0.12 * size or not -0.6 * size < gap < _WIDE_GAP * size:
        return False
    if gap < 1 or not vertical:
        return True
    at = bisect_left(vertical, now.x1 - 1, key=lambda rule: rule.at)
    while at < len(vertical) and vertical[at].at <= x0 + 1:
        if vertical[at].start <= y <= vertical[at].end + size / 2:
            return False
        at += 1
    return True
