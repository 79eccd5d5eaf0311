"""The specification of a work: items with maximum, level, content element and skill; cut scores of marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

import numpy as np

from avgust.domain.assessment.arrays import Floats
from avgust.domain.assessment.responses import MAX_SCORE
from avgust.domain.messages import Message, mark

MARKS: Final = (2, 3, 4, 5)
LOWEST_MARK: Final = 2


class Level(StrEnum):
    """The level of complexity of an item: Б, П, В of the specification."""

    BASIC = "basic"
    RAISED = "raised"
    HIGH = "high"


LEVEL_LETTERS: Final = {"Б": Level.BASIC, "П": Level.RAISED, "В": Level.HIGH}
LEVEL_NAMES: Final = {
    Level.BASIC: Message(mark("basic")),
    Level.RAISED: Message(mark("raised")),
    Level.HIGH: Message(mark("high")),
}


class WorkError(ValueError):
    """A specification that cannot be used; the message says where and how to mend it."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.render("en"))


@dataclass(frozen=True, slots=True)
class Item:
    """One item with the content elements and the skills that it asks, each once.

    `lost` says in words what a lost point usually means, where the author of the work knows.
    """

    name: str
    maximum: int
    level: Level
    contents: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    lost: str = ""

    @property
    def about(self) -> str:
        """What the item asks, in one line: its skills, or its content elements where it names no skill."""
        return "; ".join(self.skills or self.contents)


class Kind(StrEnum):
    """What a topic gathers items by."""

    CONTENT = "content"
    SKILL = "skill"


@dataclass(frozen=True, slots=True)
class Topic:
    """Items of one content element or skill at one level, as thresholds differ between levels.

    An item that names several counts with all its points for each of them: maxima of topics add to more than
    that of the work. Points are not divided, as nobody knows which part of an answer a point was lost on.
    """

    kind: Kind
    name: str
    level: Level
    items: tuple[int, ...]
    maximum: int


@dataclass(frozen=True)
class Work:
    """A work of a subject and grade; `cuts` are the least scores of marks 3, 4, 5, or none."""

    title: str
    items: tuple[Item, ...]
    cuts: tuple[int, ...] = ()
    subject: str = ""
    grade: int | None = None

    def __post_init__(self) -> None:
        """Refuse a specification that contradicts itself."""
        names = [item.name for item in self.items]
        if not names:
            raise WorkError(Message(mark("The specification lists no items.")))
        doubled = next((name for place, name in enumerate(names) if name in names[:place]), None)
        if doubled is not None:
            raise WorkError(
                Message(mark("Item “%(item)s” is twice in the specification."), {"item": doubled})
            )
        if self.cuts and (
            list(self.cuts) != sorted(set(self.cuts)) or self.cuts[0] < 1 or self.cuts[-1] > self.maximum
        ):
            raise WorkError(
                Message(
                    mark("Cut scores must grow from mark to mark and lie between 1 and %(most)d."),
                    {"most": self.maximum},
                )
            )

    @property
    def maximum(self) -> int:
        """The greatest primary score."""
        return sum(item.maximum for item in self.items)

    @cached_property
    def maxima(self) -> Floats:
        """The greatest score of each item (J)."""
        return np.array([item.maximum for item in self.items], dtype=np.float64)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """Content elements and skills, each at each level, in the order of their first item."""
        found: dict[tuple[Kind, str, Level], list[int]] = {}
        for kind in Kind:
            for place, item in enumerate(self.items):
                for name in item.contents if kind is Kind.CONTENT else item.skills:
                    found.setdefault((kind, name, item.level), []).append(place)
        return tuple(
            Topic(kind, name, level, tuple(places), sum(self.items[place].maximum for place in places))
            for (kind, name, level), places in found.items()
        )

    def topics_of(self, kind: Kind) -> list[Topic]:
        """Return the topics of one kind; content stands in for skills (and back) where the other is blank."""
        found = [topic for topic in self.topics if topic.kind is kind]
        return found or list(self.topics)

    @property
    def counting(self) -> tuple[Message, ...]:
        """How items count for topics, where it goes without saying no longer: some ask several."""
        if all(len(item.contents) < 2 and len(item.skills) < 2 for item in self.items):
            return ()
        words = mark(
            "An item that asks several content elements or skills counts with all its points for each."
        )
        return (Message(words),)

    @property
    def asked(self) -> tuple[tuple[tuple[str, ...], tuple[str, ...], str, int], ...]:
        """What two works must have alike for their results to be compared: blocks of the codifier.

        The order in which an item names its elements says nothing.
        """
        return tuple(
            sorted(
                (tuple(sorted(i.contents)), tuple(sorted(i.skills)), i.level.value, i.maximum)
                for i in self.items
            )
        )

    @cached_property
    def contents_of_skills(self) -> dict[str, list[str]]:
        """The content elements that each skill is asked on; an element stands for itself without a skill."""
        found: dict[str, list[str]] = {}
        for item in self.items:
            for skill in item.skills or item.contents:
                listed = found.setdefault(skill, [])
                listed += [content for content in item.contents if content not in listed]
        return found


def parse_work(data: Any) -> Work:
    """Return the work that a JSON object describes; WorkError says what is wrong with it."""
    if not isinstance(data, Mapping) or not isinstance(data.get("items"), list):
        raise WorkError(Message(mark("A specification is an object with “title” and a list of “items”.")))
    items = tuple(_item(place, item) for place, item in enumerate(data["items"], start=1))
    cuts = data.get("cuts") or {}
    if not isinstance(cuts, Mapping) or not all(str(key) in {"3", "4", "5"} for key in cuts):
        raise WorkError(
            Message(mark('Cut scores are given for marks 3, 4 and 5: {"3": 10, "4": 16, "5": 21}.'))
        )
    if cuts and len(cuts) != len(MARKS) - 1:
        raise WorkError(Message(mark("Give the cut scores of all three marks, or of none.")))
    grade = data.get("grade")
    return Work(
        title=str(data.get("title") or ""),
        items=items,
        cuts=tuple(_whole(cuts[key], f"cuts[{key}]") for key in sorted(cuts, key=str)),
        subject=str(data.get("subject") or ""),
        grade=None if grade is None else _whole(grade, "grade"),
    )


def _item(place: int, data: Any) -> Item:
    if not isinstance(data, Mapping) or not str(data.get("item") or "").strip():
        raise WorkError(
            Message(mark("Item number %(place)d of the specification has no “item”."), {"place": place})
        )
    name = str(data["item"]).strip()
    maximum = _whole(data.get("maximum", 1), f"{name}: maximum")
    if not 1 <= maximum <= MAX_SCORE:
        raise WorkError(
            Message(
                mark("Item “%(item)s”: the maximum must be a whole number from 1 to %(most)d."),
                {"item": name, "most": MAX_SCORE},
            )
        )
    return Item(
        name,
        maximum,
        _level(name, data.get("level", Level.BASIC)),
        _names(data.get("content")),
        _names(data.get("skill")),
        _words(data.get("lost")),
    )


def _names(value: Any) -> tuple[str, ...]:
    """Return one name, or each of a list once."""
    listed = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(name for one in listed if (name := _words(one))))


def _words(value: Any) -> str:
    return " ".join(str(value or "").split())


def _level(name: str, value: Any) -> Level:
    text = str(value).strip()
    if text.upper() in LEVEL_LETTERS:
        return LEVEL_LETTERS[text.upper()]
    try:
        return Level(text.lower())
    except ValueError as error:
        raise WorkError(
            Message(
                mark(
                    "Item “%(item)s”: level “%(level)s” is not known; use basic, raised or high "
                    "(“Б”, “П”, “В”)."
                ),
                {"item": name, "level": text[:20]},
            )
        ) from error


def _whole(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise WorkError(
            Message(
                mark("%(where)s: “%(value)s” is not a whole number."),
                {"where": where, "value": str(value)[:20]},
            )
        )
    return value
