"""How cells of results are written: heads of items, scores, marks, words for who did not come."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from avgust.domain.assessment.works.results import NOT_ATTEMPTED
from avgust.domain.assessment.works.specification import MOST_POINTS, Level
from avgust.domain.resolutions.morphology import fold
from avgust.domain.tables import Cell

_NOISE: Final = re.compile(r"\W+")
_ITEM: Final = re.compile(
    r"(?:зад(?:ание|ача)?\.?\s*)?(?:№\s*)?(?P<task>\d{1,3}(?:[.,]\d{1,2})*)\s*[.)]?\s*"
    r"(?P<criterion>[КKкk]\s*\d{1,2})?\s*"
    r"(?:\(\s*(?:макс\.?\s*)?(?P<maximum>\d{1,3})\s*(?:б(?:ал\w*)?\.?)?\s*\))?",
    re.IGNORECASE,
)
_SKIPPED: Final = frozenset({"x", "х", "n", "н п", "не приступал", "не приступала"})
_ABSENT: Final = re.compile(r"^(?:отсутств\w*|не писал\w*|не участвовал\w*|н б)$")
_NO_MARK: Final = frozenset(
    {"", "нет отметки", "без отметки", "н а", "не аттестован", "не аттестована", "нет"}
)
_WORDS: Final = {"неудовлетворительно": 2, "удовлетворительно": 3, "хорошо": 4, "отлично": 5}
_LATIN: Final = str.maketrans("B", "В")  # levels typed in the wrong layout
_CAME: Final = frozenset(
    {"", "1", "+", "да", "был", "была", "есть", "присутствовал", "присутствовала", "присутствует"}
)
_STAYED_AWAY: Final = frozenset({"0", "-", "–", "—", "н", "нет", "не был", "не была", "неявка", "не явился"})
_BARE: Final = frozenset({"-", "–", "—"})


@dataclass(frozen=True, slots=True)
class ItemHead:
    """The head of a column of scores: «4К1 (3б)»."""

    code: str
    maximum: int | None


class BadCellError(ValueError):
    """A cell that cannot be what its column says. Caught by the readers, which refuse the row."""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return `text` as heads and words are compared: no case, no ё, letters and digits only."""
    return _NOISE.sub(" ", fold(text)).strip()


def text_of(cell: Cell) -> str:
    """Return a cell as its words; a whole number without «.0»."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


@lru_cache(maxsize=4096)
def item_head(text: str) -> ItemHead | None:
    """Return what the head of a column of scores says; None where it is no such head."""
    found = _ITEM.fullmatch(text.strip())
    if not found:
        return None
    criterion = re.sub(r"\s+", "", found["criterion"] or "").upper().replace("K", "К")
    maximum = int(found["maximum"]) if found["maximum"] else None
    if maximum is not None and not 1 <= maximum <= MOST_POINTS:
        return None
    return ItemHead(found["task"].replace(",", ".") + criterion, maximum)


def level_of(cell: Cell) -> Level | None:
    """Return the level that a cell above an item says."""
    text = text_of(cell).strip(". ").upper().translate(_LATIN)
    return Level(text) if text in set(Level) else None


def score_of(cell: Cell) -> int | None:
    """Return the points, NOT_ATTEMPTED for «X», None for an empty cell. Raises BadCellError."""
    if isinstance(cell, str):
        return _written_score(cell)
    if cell is None:
        return None
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if 0 <= cell <= MOST_POINTS and cell == int(cell):  # compared first: no infinity becomes a number
            return int(cell)
        raise BadCellError(text_of(cell))
    return _written_score(text_of(cell))


@lru_cache(maxsize=1024)
def _written_score(written: str) -> int | None:
    text = written.strip()
    if re.fullmatch(r"\d{1,3}(?:[.,]0+)?", text):
        points = int(re.split("[.,]", text)[0])
        if points <= MOST_POINTS:
            return points
    if not text or text in _BARE:
        return None
    if plain(text) in _SKIPPED:
        return NOT_ATTEMPTED
    raise BadCellError(text)


def number_of(cell: Cell) -> int | None:
    """Return a whole number of a cell, None for an empty one. Raises BadCellError."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if 0 <= cell < math.inf and cell == int(cell):
            return int(cell)
        raise BadCellError(text_of(cell))
    return _written_number(text_of(cell))


@lru_cache(maxsize=1024)
def _written_number(written: str) -> int | None:
    text = written.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if not text or text in _BARE:
        return None
    found = re.fullmatch(r"(\d{1,9})(?:[.,]0+)?", text)
    if found is None:
        raise BadCellError(written)
    return int(found[1])


def share_of(cell: Cell) -> float | None:
    """Return a share in percent: «37,22», «37.22 %». Raises BadCellError."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        share = float(cell)
    else:
        text = text_of(cell).rstrip("% ").replace(",", ".")
        if not text or text in _BARE:
            return None
        if not re.fullmatch(r"\d{1,3}(?:\.\d+)?", text):
            raise BadCellError(text)
        share = float(text)
    if not 0 <= share <= 100:
        raise BadCellError(text_of(cell))
    return share


def mark_of(cell: Cell) -> int | None:
    """Return a mark of 1 to 5, None for «нет отметки». Raises BadCellError."""
    return _written_mark(text_of(cell))


@lru_cache(maxsize=1024)
def _written_mark(written: str) -> int | None:
    text = plain(written)
    if text in _NO_MARK or is_absent(written):
        return None
    if text in _WORDS:
        return _WORDS[text]
    if re.fullmatch(r"[1-5](?: 0)?", text):
        return int(text[0])
    raise BadCellError(written)


def is_absent(cell: Cell) -> bool:
    """True for the words that say that a participant did not come."""
    return isinstance(cell, str) and cell[:1].isalpha() and _says_absent(cell)


@lru_cache(maxsize=4096)
def _says_absent(cell: str) -> bool:
    return bool(_ABSENT.match(plain(cell)))


def attended(cell: Cell) -> bool:
    """Return whether a cell of a column of attendance says that the participant came. Raises BadCellError."""
    if isinstance(cell, bool):
        return cell
    text = text_of(cell)
    said = plain(text) or text
    if said in _CAME:
        return True
    if said in _STAYED_AWAY or _says_absent(text):
        return False
    raise BadCellError(text)
