"""Styles of an OpenDocument text: looks of paragraphs and rules of lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from avgust.domain.resolutions.readers.markup import Element
from avgust.domain.resolutions.readers.numbering import Level

_URN: Final = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE: Final = _URN % "office"
TEXT: Final = _URN % "text"
TABLE: Final = _URN % "table"
STYLE: Final = _URN % "style"
DRAW: Final = _URN % "drawing"
_FO: Final = _URN % "xsl-fo-compatible"
_LOEXT: Final = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

_LENGTH: Final = re.compile(r"(-?\d+(?:\.\d+)?)(in|cm|mm|pt|pc|px)")
_POINTS: Final = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0, "pc": 12.0, "px": 0.75}
_LEVELS: Final = {
    TEXT + "list-level-style-number",
    TEXT + "list-level-style-bullet",
    TEXT + "list-level-style-image",
    TEXT + "outline-level-style",
}
_CHAIN: Final = 30


class OdtStyles:
    """All styles of the document, common and automatic."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for root in roots:
            for style in root.iter(STYLE + "style"):
                self._styles[style.get(STYLE + "family", ""), style.get(STYLE + "name", "")] = style
            for rules in root.iter(TEXT + "list-style"):
                self._lists[rules.get(STYLE + "name", "")] = _levels(rules)
            for rules in root.iter(TEXT + "outline-style"):
                self.outline = _levels(rules)

    def list_levels(self, name: str | None) -> dict[int, Level]:
        """Return the levels of a list style."""
        return self._lists.get(name or "", {})

    def list_style_of(self, paragraph_style: str | None) -> str | None:
        """Return the list style that a paragraph style brings along."""
        for style in self._chain("paragraph", paragraph_style):
            if name := style.get(STYLE + "list-style-name"):
                return name
        return None

    def is_bold(self, family: str, name: str | None) -> bool | None:
        """Tell whether a style makes letters bold; None where it does not say."""
        weight = self._property(family, name, "text-properties", _FO + "font-weight")
        return None if weight is None else weight in ("bold", "600", "700", "800", "900")

    def is_hidden(self, family: str, name: str | None) -> bool:
        """Tell whether a style hides its text."""
        return self._property(family, name, "text-properties", TEXT + "display") == "none"

    def is_centered(self, name: str | None) -> bool:
        """Tell whether a paragraph style centres."""
        return self._property("paragraph", name, "paragraph-properties", _FO + "text-align") == "center"

    def indent(self, name: str | None) -> float:
        """Return the left edge of a paragraph style in points, of the label of a hanging item."""
        left = _points(self._property("paragraph", name, "paragraph-properties", _FO + "margin-left"))
        first = _points(self._property("paragraph", name, "paragraph-properties", _FO + "text-indent"))
        return left + min(first, 0.0)

    def _chain(self, family: str, name: str | None) -> list[Element]:
        chain: list[Element] = []
        while (style := self._styles.get((family, name or ""))) is not None and len(chain) < _CHAIN:
            chain.append(style)
            name = style.get(STYLE + "parent-style-name")
        return chain

    def _property(self, family: str, name: str | None, group: str, attribute: str) -> str | None:
        for style in self._chain(family, name):
            found = style.find(STYLE + group)
            if found is not None and (value := found.get(attribute)) is not None:
                return value
        return None


def _points(text: str | None) -> float:
    found = _LENGTH.fullmatch(text or "")
    return float(found.group(1)) * _POINTS[found.group(2)] if found else 0.0


def _levels(rules: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for found in rules:
        if found.tag in _LEVELS:
            place = found.get(TEXT + "level", "1")
            levels[min(int(place), 10) - 1 if place.isdecimal() and place != "0" else 0] = _level(found)
    return levels


def _level(rules: Element) -> Level:
    if str(rules.tag).endswith(("-bullet", "-image")):
        return Level(number_format="bullet", pattern="", indent=_list_indent(rules))
    place = int(rules.get(TEXT + "level", "1")) if rules.get(TEXT + "level", "1").isdecimal() else 1
    number_format = _format(rules.get(STYLE + "num-format", ""))
    shown = rules.get(TEXT + "display-levels", "1")
    first = place - (int(shown) if shown.isdecimal() else 1) + 1
    pattern = ".".join(f"%{n}" for n in range(max(first, 1), place + 1) if n < 10)
    pattern = rules.get(STYLE + "num-prefix", "") + pattern + rules.get(STYLE + "num-suffix", "")
    if stated := rules.get(_LOEXT + "num-list-format"):
        pattern = re.sub(r"%([1-9])%", r"%\1", stated)
    start = rules.get(TEXT + "start-value", "1")
    return Level(
        number_format=number_format,
        pattern="" if number_format == "none" else pattern,
        start=int(start) if start.isdecimal() else 1,
        indent=_list_indent(rules),
    )


def _format(sign: str) -> str:
    """Return the name of a number format, given as its first number: "1", "a", "А, Б, …"."""
    first = sign[:1]
    if first in ("а", "А", "б", "Б"):
        return "russianLower" if first.islower() else "russianUpper"
    if sign.startswith("01"):
        return "decimalZero"
    return {
        "": "none", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"
    }.get(first, "decimal")  # fmt: skip


def _list_indent(rules: Element) -> float:
    place = rules.find(f"{STYLE}list-level-properties/{STYLE}list-level-label-alignment")
    if place is None:
        return 0.0
    return _points(place.get(_FO + "margin-left")) + min(_points(place.get(_FO + "text-indent")), 0.0)
