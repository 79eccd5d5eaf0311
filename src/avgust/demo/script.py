"""The texts of the demo resolutions: a small notation, one printed paragraph a line.

`!` title, `<` place and date, `#` numbered section, `=` numbered clause of the section, `|` deadline on a
line of its own, `-` bullet, `>` signature, anything else a paragraph. A clause may end with the rows of
the mission that it touches, `{P1 T3}`: they are for tests, never printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from typing import Final

NAMES: Final = ("regional-2025", "municipal-2025", "draft-2026")
_ROWS: Final = re.compile(r"\s*\{([A-Z0-9 ]+)\}$")
_MARKS: Final = "!<#=|->"


@dataclass(frozen=True, slots=True)
class Line:
    """A printed paragraph: its mark ("" for plain), its words, the rows of the mission it touches."""

    mark: str
    text: str
    rows: tuple[str, ...] = ()


def script(name: str) -> list[Line]:
    """Return the lines of the resolution `name` (one of NAMES)."""
    source = resources.files(__package__).joinpath("texts", f"{name}.txt").read_text("utf-8")
    return [_line(raw.strip()) for raw in source.splitlines() if raw.strip()]


def _line(raw: str) -> Line:
    rows = _ROWS.search(raw)
    words = raw[: rows.start()] if rows else raw
    mark, text = (words[0], words[2:]) if words[1:2] == " " and words[0] in _MARKS else ("", words)
    return Line(mark, text.strip(), tuple(rows.group(1).split()) if rows else ())
