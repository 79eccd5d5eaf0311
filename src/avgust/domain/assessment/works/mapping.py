"""How a table of one's own says what ours says: a mapping, kept as a package (JSON) that can be passed on."""

from __future__ import annotations

import json
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from typing import Any, Final, Self

from avgust.domain.assessment.works.heads import Field
from avgust.domain.assessment.works.specification import MOST_POINTS
from avgust.domain.messages import Message, mark

FORMAT: Final = "avgust-results-mapping"
VERSION: Final = 2
READ: Final = (1, 2)  # version 1 had no maxima
LONGEST: Final = 200


class MappingError(ValueError):
    """A package that is no mapping, and why."""

    def __init__(self, why: Message) -> None:
        self.why = why
        super().__init__(why.render("en"))


@dataclass(frozen=True)
class Mapping:
    """Which head stands for which field.

    `items` maps heads to codes of items; empty: every head that is a number of an item is one. A mapping with
    the fields item and score reads a long table: a row for each answer, those of a participant together.
    `maxima` are the points of items by their heads, where they were said.
    """

    name: str
    fields: Dictionary[Field, str]
    items: Dictionary[str, str] = field(default_factory=dict)
    maxima: Dictionary[str, int] = field(default_factory=dict)

    @property
    def heads(self) -> set[str]:
        """The heads that a table needs to be read by it."""
        return {*self.fields.values(), *self.items}

    @property
    def is_long(self) -> bool:
        """True for a table with a row for each answer."""
        return Field.ITEM in self.fields and Field.SCORE in self.fields

    def package(self) -> bytes:
        """Return the mapping as a package."""
        said = {
            "format": FORMAT,
            "version": VERSION,
            "name": self.name,
            "fields": {one.value: head for one, head in self.fields.items()},
            "items": dict(self.items),
            "maxima": dict(self.maxima),
        }
        return json.dumps(said, ensure_ascii=False, indent=1).encode()

    @classmethod
    def of_package(cls, data: bytes) -> Self:
        """Return the mapping of a package. Raises MappingError."""
        try:
            value = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise MappingError(Message(mark("The package is no JSON file."))) from error
        if not isinstance(value, dict) or value.get("format") != FORMAT or value.get("version") not in READ:
            raise MappingError(Message(mark("The file is no package of a mapping of this version.")))
        items = _texts(value.get("items"))
        maxima = _points(value.get("maxima", {}), items)
        mapping = cls(_text(value.get("name")), _fields(value.get("fields")), items, maxima)
        if Field.PUPIL not in mapping.fields:
            raise MappingError(
                Message(mark("The mapping does not say which column is the participant's code."))
            )
        return mapping


def _fields(value: Any) -> dict[Field, str]:
    texts = _texts(value)
    unknown = sorted(set(texts) - set(Field))
    if unknown:
        raise MappingError(
            Message(mark("The mapping names an unknown field: %(field)s."), {"field": unknown[0]})
        )
    return {Field(name): head for name, head in texts.items()}


def _points(value: Any, items: Dictionary[str, str]) -> dict[str, int]:
    if not isinstance(value, dict):
        raise MappingError(Message(mark("A part of the mapping is missing.")))
    for head, points in value.items():
        if head not in items or type(points) is not int or not 1 <= points <= MOST_POINTS:
            raise MappingError(Message(mark("The maximum of an item is a whole number from 1 to 100.")))
    return dict(value)


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise MappingError(Message(mark("A part of the mapping is missing.")))
    return {_text(key): _text(item) for key, item in value.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        raise MappingError(Message(mark("A text of the mapping is empty or too long.")))
    return value.strip()
