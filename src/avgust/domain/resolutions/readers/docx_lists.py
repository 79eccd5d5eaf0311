"""Automatic numbering of a DOCX, computed: the file holds rules of lists, never the printed numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from avgust.domain.resolutions.readers.docx_package import (
    MC,
    W,
    attribute,
    number_of,
    switch,
    value_of,
)
from avgust.domain.resolutions.readers.docx_styles import Styles, left_edge
from avgust.domain.resolutions.readers.markup import Element
from avgust.domain.resolutions.readers.numbering import Counter, Level

_SUFFIX: Final = {"nothing": "", "space": " ", "tab": " "}
_NO_LIST: Final = "0"  # numId 0 takes a paragraph out of the list of its style


class Num:
    """One list: an abstract definition with its own starts and levels."""

    def __init__(self, abstract: str, levels: dict[int, Level], restarts: dict[int, int]) -> None:
        self.abstract = abstract
        self.levels = levels
        self.restarts = restarts  # startOverride: level → number at which this list begins anew
        self.begun: set[int] = set()


class Lists:
    """The numbering part and how far each list has counted.

    Lists over one abstract definition count on together; a startOverride begins anew the first time
    that its list is met.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        self._made: dict[str, Num | None] = {}
        self._counters: dict[str, Counter] = {}
        self._level_of_style: dict[tuple[str, str], int] = {}
        for found in () if root is None else root.iterfind(f"{W}abstractNum"):
            self._abstracts[found.get(W + "abstractNumId", "")] = found
        for found in () if root is None else root.iterfind(f"{W}num"):
            self._nums[found.get(W + "numId", "")] = found

    def level(self, num_id: str, level: int | None, style_id: str | None) -> int:
        """Return the level of a paragraph: stated, or the one that the list gives to its style."""
        num = self._num(num_id)
        if num is not None and style_id is not None:
            linked = self._level_of_style.get((num.abstract, style_id))
            if linked is not None:
                return linked
        return min(max(level or 0, 0), 8)

    def advance(self, num_id: str, level: int) -> tuple[str, Level] | None:
        """Count one item; return its printed label and its level, None for what is no list."""
        num = self._num(num_id)
        if num is None:
            return None
        counter = self._counters.setdefault(num.abstract, Counter())
        restart = None if level in num.begun else num.restarts.get(level)
        num.begun.add(level)
        label = counter.advance(level, num.levels, restart_at=restart)
        return label, num.levels.get(level, Level())

    def _num(self, num_id: str) -> Num | None:
        if num_id not in self._made:
            self._made[num_id] = self._make(num_id)
        return self._made[num_id]

    def _make(self, num_id: str) -> Num | None:
        element = self._nums.get(num_id)
        if num_id == _NO_LIST or element is None:
            return None
        abstract, root = self._abstract(value_of(element, "abstractNumId") or "")
        if root is None:
            return None
        levels: dict[int, Level] = {}
        for found in root.iterfind(f"{W}lvl"):
            at = _level_index(found)
            levels[at] = _read_level(found)
            if style := value_of(found, "pStyle"):
                self._level_of_style[abstract, style] = at
        restarts: dict[int, int] = {}
        for override in element.iterfind(f"{W}lvlOverride"):
            at = _level_index(override)
            if (own := override.find(f"{W}lvl")) is not None:
                levels[at] = _read_level(own)
            if (start := number_of(override, "startOverride")) is not None:
                restarts[at] = start
                levels[at] = replace(levels.get(at, Level()), start=start)
        return Num(abstract, levels, restarts)

    def _abstract(self, abstract_id: str) -> tuple[str, Element | None]:
        """Return the definition, through at most a few links to numbering styles."""
        for _step in range(5):
            root = self._abstracts.get(abstract_id)
            link = value_of(root, "numStyleLink")
            target = self._nums.get(self._styles.numbering_of(link) or "") if link else None
            if target is None:
                return abstract_id, root
            abstract_id = value_of(target, "abstractNumId") or ""
        return abstract_id, None


def _level_index(element: Element) -> int:
    text = attribute(element, "ilvl") or "0"
    return min(int(text), 8) if text.isdecimal() and len(text) < 4 else 0


def _read_level(element: Element) -> Level:
    number_format = value_of(element, "numFmt")
    if number_format is None:  # a format of a newer Word, with a choice for older ones
        choice = element.find(f"{MC}AlternateContent/{MC}Fallback")
        number_format = value_of(choice, "numFmt") or "decimal"
    properties = element.find(f"{W}pPr")
    start = number_of(element, "start")
    return Level(
        number_format=number_format,
        pattern=value_of(element, "lvlText") or "",
        start=1 if start is None else start,
        suffix=_SUFFIX.get(value_of(element, "suff") or "tab", " "),
        legal=bool(switch(element, "isLgl")),
        restart=number_of(element, "lvlRestart"),
        indent=(left_edge(properties) if properties is not None else None) or 0.0,
    )
