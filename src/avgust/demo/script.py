"""The texts of the demo resolutions: a small notation, one printed paragraph a line.

They are written for the school year 2025/2026 and told `years` later, so that the demo always lives in the
school year of the day on which it is made.

`!` title, `<` place and date, `#` numbered section, `=` numbered clause of the section, `|` deadline on a
line of its own, `-` bullet, `>` signature, anything else a paragraph. A clause may end with the rows of
the mission that it touches, `{P1 T3}`: they are for tests, never printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Final

from avgust.domain.periods import Period

NAMES: Final = ("regional-2025", "municipal-2025", "draft-2026")
_ROWS: Final = re.compile(r"\s*\{([A-Z0-9 ]+)\}$")
_MARKS: Final = "!<#=|->"
_WRITTEN: Final = 2025
_YEAR: Final = re.compile(r"(?<!\d)202[4-9](?!\d)")
_SHORT: Final = re.compile(r"(20\d\d)/\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed paragraph: its mark ("" for plain), its words, the rows of the mission it touches."""

    mark: str
    text: str
    rows: tuple[str, ...] = ()


def script(name: str, years: int = 0) -> list[Line]:
    """Return the lines of the resolution `name` (one of NAMES), told `years` later than written."""
    source = resources.files(__package__).joinpath("texts", f"{name}.txt").read_text("utf-8")
    return [_line(later(raw.strip(), years)) for raw in source.splitlines() if raw.strip()]


def years_since_written(today: date) -> int:
    """Return how much later than 2025/2026 the school year of `today` is."""
    return Period.school_year_of(today).start.year - _WRITTEN


def later(text: str, years: int) -> str:
    """Return `text` with its calendar and school years (2024…2029, «2024/25») moved by `years`."""
    moved = _YEAR.sub(lambda year: str(int(year[0]) + years), text)
    return _SHORT.sub(lambda pair: f"{pair[1]}/{(int(pair[1]) + 1) % 100:02}", moved)


def _line(raw: str) -> Line:
    rows = _ROWS.search(raw)
    words = raw[: rows.start()] if rows else raw
    mark, text = (words[0], words[2:]) if words[1:2] == " " and words[0] in _MARKS else ("", words)
    return Line(mark, text.strip(), tuple(rows.group(1).split()) if rows else ())
