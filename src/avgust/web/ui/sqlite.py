"""SQLite knows the case of Latin letters only; PostgreSQL knows all. Here SQLite learns the rest."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=256)
def _like(pattern: str, escape: str | None) -> re.Pattern[str]:
    """Return a LIKE pattern as a regular expression that ignores case."""
    out: list[str] = []
    escaped = False
    for letter in pattern:
        if not escaped and escape and letter == escape:
            escaped = True
            continue
        wild = {"%": ".*", "_": "."}.get(letter) if not escaped else None
        out.append(wild or re.escape(letter))
        escaped = False
    return re.compile("".join(out), re.IGNORECASE | re.DOTALL)


def like(pattern: str | None, text: str | None, escape: str | None = None) -> bool | None:
    """Return whether `text` is LIKE `pattern`, without regard to case in any alphabet."""
    if pattern is None or text is None:
        return None
    return _like(str(pattern), escape).fullmatch(str(text)) is not None


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


def _upper(text: Any) -> Any:
    return text.upper() if isinstance(text, str) else text


def teach_letters(connection: Any, **_kwargs: Any) -> None:
    """Replace LIKE, lower and upper on a new SQLite connection."""
    if connection.vendor != "sqlite":
        return
    define = connection.connection.create_function
    define("like", 2, like, deterministic=True)
    define("like", 3, like, deterministic=True)
    define("lower", 1, _lower, deterministic=True)
    define("upper", 1, _upper, deterministic=True)
