"""The text of a template: lines of kinds told by how they begin, with places for fields in braces.

An official types what is to be printed: «1. Общие положения» is a heading, «1.1. …» a numbered point, a dash
begins an item, anything else is a paragraph. `{{ куратор }}` is a place. The numbers are those typed, so that
a point keeps its number whoever opens the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from avgust.domain.acts.fields import KEY, MOST_FIELDS, Field, printed
from avgust.domain.messages import Message, mark

LONGEST_TEXT: Final = 60_000
LONGEST_TITLE: Final = 300
PLACE: Final = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
NOTATION: Final = "«1. Общие положения», «1.1. …», «– …», {{ куратор }}"  # an example of each, for who writes
GAP: Final = "____________"  # where nothing is filled in
_HEADING: Final = re.compile(r"(?:\d{1,2}|[IVX]{1,5})\.\s+\S.*[^.;:,]")
_POINT: Final = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+\S")
_NUMBERED: Final = re.compile(r"\d{1,2}[.)]\s+\S")
_ITEM: Final = re.compile(r"[-–—•]\s+(?=\S)")


class LineKind(StrEnum):
    """What a line is in the printed act: each is a style of the document."""

    HEADING = "heading"
    POINT = "point"
    ITEM = "item"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line; `key` names the field that it stands for, `blank` that it is not filled in."""

    text: str
    key: str = ""
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of an act."""

    kind: LineKind
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The whole line as it is printed."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Template:
    """What a template says: the title, the text and the fields of both."""

    title: str
    body: str
    fields: tuple[Field, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """The keys of the places in title and text, each once, in the order of reading."""
        found = PLACE.findall(f"{self.title}\n{self.body}")
        return tuple(dict.fromkeys(key.lower() for key in found))


def _kind(line: str) -> LineKind:
    if _POINT.match(line):
        return LineKind.POINT
    if _HEADING.fullmatch(line):
        return LineKind.HEADING
    if _NUMBERED.match(line):
        return LineKind.POINT
    return LineKind.ITEM if _ITEM.match(line) else LineKind.PARAGRAPH


def lines_of(template: Template, values: Mapping[str, str]) -> list[Line]:
    """Return the text of an act with `values` in its places; a gap where there is none."""
    fields = {field.key: field for field in template.fields}
    return [
        Line(kind, tuple(_parts(line[_dash(line) :] if kind is LineKind.ITEM else line, fields, values)))
        for line in (" ".join(raw.split()) for raw in template.body.splitlines())
        if line
        for kind in (_kind(line),)
    ]


def _dash(line: str) -> int:
    found = _ITEM.match(line)
    return found.end() if found else 0


def title_of(template: Template, values: Mapping[str, str]) -> str:
    """Return the title of an act with `values` in its places."""
    fields = {field.key: field for field in template.fields}
    return "".join(part.text for part in _parts(template.title, fields, values))


def _parts(line: str, fields: Mapping[str, Field], values: Mapping[str, str]) -> Iterator[Part]:
    """Yield the stretches of `line`; a place without a field is printed as it was typed."""
    at = 0
    for found in PLACE.finditer(line):
        if found.start() > at:
            yield Part(line[at : found.start()])
        at, key = found.end(), found.group(1).lower()
        if key not in fields:
            yield Part(found.group())
            continue
        said = " ".join(printed(fields[key], values.get(key, "")).split())
        yield Part(said or GAP, key, blank=not said)
    if at < len(line):
        yield Part(line[at:])


def template_faults(template: Template) -> list[Message]:
    """Return what is wrong with a template; an empty list for one that can be offered."""
    return [*_text_faults(template), *_field_faults(template.fields), *_place_faults(template)]


def _text_faults(template: Template) -> Iterator[Message]:
    if not template.title.strip():
        yield Message(mark("An act needs a title, for example “Regulation on mentoring”."))
    if len(template.title) > LONGEST_TITLE:
        yield Message(mark("The title is longer than %(limit)s characters."), {"limit": LONGEST_TITLE})
    if not template.body.strip():
        yield Message(mark("The text of the act is empty."))
    if len(template.body) > LONGEST_TEXT:
        yield Message(mark("The text is longer than %(limit)s characters."), {"limit": LONGEST_TEXT})
    rest = PLACE.sub("", f"{template.title}\n{template.body}")
    if "{{" in rest or "}}" in rest:
        yield Message(
            mark("A place is not closed: it is written as {{ field }}, with two braces on each side.")
        )


def _field_faults(fields: Sequence[Field]) -> Iterator[Message]:
    seen: set[str] = set()
    if len(fields) > MOST_FIELDS:
        yield Message(mark("A template holds up to %(limit)s fields."), {"limit": MOST_FIELDS})
    for field in fields:
        if not KEY.fullmatch(field.key):
            yield Message(
                mark("“%(key)s” cannot be the name of a field: use letters, digits and “_”, without spaces."),
                {"key": field.key},
            )
        if field.key in seen:
            yield Message(mark("The field “%(key)s” is there twice."), {"key": field.key})
        if not field.label.strip():
            yield Message(mark("Say what the field “%(key)s” asks for."), {"key": field.key})
        seen.add(field.key)


def _place_faults(template: Template) -> Iterator[Message]:
    known, used = {field.key for field in template.fields}, template.places
    for key in used:
        if key not in known:
            yield Message(mark("The text has a place “%(key)s”, and there is no such field."), {"key": key})
    for key in sorted(known - set(used)):
        yield Message(mark("The field “%(key)s” stands nowhere in the text."), {"key": key})
