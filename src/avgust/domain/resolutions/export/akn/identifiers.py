"""Stable identifiers: by printed number where there is one, else by place among the neighbours.

`sec_2__point_2-3` stays the same when section 1 grows; `sec_2__point_nn_4` is the fourth unnumbered point.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_ABBREVIATIONS: Final = {"section": "sec", "hcontainer": "hcontainer", "point": "point"}
_SEPARATORS: Final = re.compile(r"[\s.)(]+")


class Identifiers:
    """Hands out identifiers that are unique in one document."""

    def __init__(self) -> None:
        self._unnumbered: Counter[str] = Counter()
        self._taken: Counter[str] = Counter()

    def of(self, tag: str, label: str | None, parent: str) -> str:
        """Return the identifier of an element with a printed `label` below `parent`."""
        stem = f"{parent}__" * bool(parent) + _ABBREVIATIONS[tag]
        number = _SEPARATORS.sub("-", (label or "").strip(" .)")).strip("-")
        if not number:
            self._unnumbered[stem] += 1
            number = f"nn_{self._unnumbered[stem]}"
        name = f"{stem}_{number}"
        self._taken[name] += 1
        return name if self._taken[name] == 1 else f"{name}_{self._taken[name]}"
