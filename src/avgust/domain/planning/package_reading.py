"""Reading a package: a parsed JSON document, value by value; what is not known is refused with its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from avgust.domain.messages import Message, mark


class RoadmapError(ValueError):
    """A package that cannot be taken. `message` says where and why."""

    def __init__(self, where: str, reason: Message) -> None:
        self.message = Message(mark("%(where)s: %(reason)s"), {"where": where, "reason": reason})
        super().__init__(f"{where}: {reason.msgid}")


NO_JSON: Final = Message(mark("This is no package of a roadmap: a JSON document is expected."))
TWICE: Final = mark("“%(name)s” stands here twice.")
_UNKNOWN: Final = mark("“%(name)s” is not known here.")
_MISSING: Final = mark("“%(name)s” is missing.")
_NO_TEXT: Final = mark("A text of 1 to %(most)s characters is needed.")
_NO_NUMBER: Final = mark("A whole number from %(least)s to %(most)s is needed.")
_NO_LIST: Final = mark("A list of 1 to %(most)s rows is needed.")


def parsed(where: str, data: bytes) -> Any:
    """Return the document of a file; `where` names its format."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RoadmapError(where, NO_JSON) from error


def mapping(where: str, value: Any) -> dict[str, Any]:
    """Return `value`, which must be an object."""
    if not isinstance(value, dict):
        raise RoadmapError(where, NO_JSON)
    return value


def keys(where: str, value: Mapping[str, Any], needed: set[str], allowed: set[str]) -> None:
    """Raise for a missing key and for one that is not known."""
    for name in sorted(needed - value.keys()):
        raise RoadmapError(where, Message(_MISSING, {"name": name}))
    for name in sorted(value.keys() - needed - allowed):
        raise RoadmapError(where, Message(_UNKNOWN, {"name": str(name)[:40]}))


def text(where: str, value: Any, most: int, least: int = 1) -> str:
    """Return a text with single spaces."""
    said = " ".join(value.split()) if isinstance(value, str) else None
    if said is None or not least <= len(said) <= most:
        raise RoadmapError(where, Message(_NO_TEXT, {"most": most}))
    return said


def number(where: str, value: Any, least: int, most: int) -> int:
    """Return a whole number within its bounds."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise RoadmapError(where, Message(_NO_NUMBER, {"least": least, "most": most}))
    return value


def rows_of(where: str, value: Any, least: int, most: int) -> list[Any]:
    """Return a list of so many rows."""
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise RoadmapError(where, Message(_NO_LIST, {"most": most}))
    return value
