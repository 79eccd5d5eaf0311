"""Styles of a DOCX: what a paragraph or run inherits through "based on"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from avgust.domain.resolutions.readers.docx_package import (
    TWIPS,
    W,
    as_int,
    attribute,
    number_of,
    switch,
    value_of,
)
from avgust.domain.resolutions.readers.markup import Element

_HEADING: Final = re.compile(r"(?:heading|заголовок)\s*([1-9])", re.I)
_TITLES: Final = frozenset(("title", "название", "subtitle", "подзаголовок"))
_CONTENTS: Final = re.compile(r"(?:toc|оглавление)\s*[1-9]", re.I)
_BODY_LEVEL: Final = 9  # outlineLvl 9 is body text
_CHAIN: Final = 30  # styles based on one another


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a chain of paragraph styles says; None where it says nothing."""

    heading: int | None = None  # 1…9
    num_id: str | None = None
    num_level: int | None = None
    numbered_by: str | None = None  # the style of the chain that holds the numbering
    centered: bool | None = None
    indent: float | None = None
    bold: bool | None = None
    hidden: bool | None = None
    contents: bool = False  # a line of a table of contents


class Styles:
    """The styles part, absent or not."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: str | None = None
        self._defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._read: dict[str | None, ParagraphStyle] = {}
        for style in () if root is None else root.iterfind(f"{W}style"):
            name = style.get(W + "styleId", "")
            self._styles[name] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self._default = name

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """Return what the paragraph style `style_id` says; None is the default style."""
        key = style_id if style_id in self._styles else self._default
        if key not in self._read:
            self._read[key] = self._resolve(self._chain(key))
        return self._read[key]

    def character(self, style_id: str | None, name: str) -> bool | None:
        """Return the on/off property `name` of the character style `style_id`."""
        return self._switch(self._chain(style_id), name) if style_id else None

    def numbering_of(self, style_id: str) -> str | None:
        """Return the list that a numbering style stands for (numStyleLink)."""
        style = self._styles.get(style_id)
        return None if style is None else value_of(style.find(f"{W}pPr/{W}numPr"), "numId")

    @cached_property
    def default_bold(self) -> bool:
        """Whether text is bold where no style says anything."""
        return bool(switch(self._defaults, "b"))

    def _chain(self, style_id: str | None) -> list[Element]:
        """Return the style and what it is based on, nearest first; a circle ends at its first repeat."""
        chain: list[Element] = []
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen and len(chain) < _CHAIN:
            seen.add(style_id)
            chain.append(self._styles[style_id])
            style_id = value_of(chain[-1], "basedOn")
        return chain

    def _resolve(self, chain: list[Element]) -> ParagraphStyle:
        properties = [(style, style.find(f"{W}pPr")) for style in chain]
        num_id = num_level = numbered_by = centered = indent = None
        for style, own in properties:
            if own is None:
                continue
            numbering = own.find(f"{W}numPr")
            if num_id is None and (stated := value_of(numbering, "numId")) is not None:
                num_id, numbered_by = stated, style.get(W + "styleId")
            if num_level is None:
                num_level = number_of(numbering, "ilvl")
            if centered is None:
                centered = is_centered(own)
            if indent is None:
                indent = left_edge(own)
        names = [value_of(style, "name") or "" for style in chain]
        return ParagraphStyle(
            heading=_heading_level(names, [own for _style, own in properties]),
            num_id=num_id,
            num_level=num_level,
            numbered_by=numbered_by,
            centered=centered,
            indent=indent,
            bold=self._switch(chain, "b"),
            hidden=self._switch(chain, "vanish"),
            contents=bool(names and _CONTENTS.fullmatch(names[0])),
        )

    @staticmethod
    def _switch(chain: list[Element], name: str) -> bool | None:
        for style in chain:
            if (value := switch(style.find(f"{W}rPr"), name)) is not None:
                return value
        return None


def is_centered(properties: Element) -> bool | None:
    """Tell whether pPr centres its paragraph; None where it does not say."""
    value = value_of(properties, "jc")
    return None if value is None else value == "center"


def left_edge(properties: Element) -> float | None:
    """Return the left edge that pPr sets, in points: of the label of a hanging item, else of the body."""
    indent = properties.find(f"{W}ind")
    left = as_int(attribute(indent, "left") or attribute(indent, "start"))
    if left is None:
        return None
    hanging = as_int(attribute(indent, "hanging")) or 0
    return (left - hanging) / TWIPS


def outline_level(properties: Element | None) -> int | None:
    """Return the heading level (from 1) that pPr sets, 0 for body text, None where it does not say."""
    level = number_of(properties, "outlineLvl")
    if level is None:
        return None
    return level + 1 if 0 <= level < _BODY_LEVEL else 0


def _heading_level(names: list[str], properties: list[Element | None]) -> int | None:
    """Return the level that the nearest style of the chain sets by outline or by its built-in name."""
    for name, own in zip(names, properties, strict=True):
        if (level := outline_level(own)) is not None:
            return level or None
        if found := _HEADING.fullmatch(name.strip()):
            return int(found.group(1))
        if name.strip().lower() in _TITLES:
            return 1
    return None
