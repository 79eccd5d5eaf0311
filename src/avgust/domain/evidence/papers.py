"""Evidence without a file: a link, minutes, a local act, an event, told by its data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from avgust.domain.messages import Message, mark

PAPERS: Final = ("local_act", "minutes", "event", "link")


@dataclass(frozen=True, slots=True)
class Paper:
    """What a person says of a paper, a page or an event."""

    kind: str  # one of `PAPERS`
    title: str = ""
    number: str = ""
    dated: date | None = None
    url: str = ""

    @property
    def blank(self) -> bool:
        """True when nothing was filled in: the kind alone says nothing."""
        return not (self.title or self.number or self.dated or self.url)


def faults(paper: Paper, today: date) -> dict[str, Message]:
    """Return what is wrong with `paper`, by its fields."""
    found: dict[str, Message] = {}
    if paper.kind == "link":
        if not _is_address(paper.url):
            found["url"] = Message(
                mark("The address of a page is needed, for example https://school.example/prikaz.")
            )
        return found
    if paper.kind == "local_act" and not paper.number:
        found["number"] = Message(mark("The number is needed, for example “41-ОД”."))
    if paper.kind == "event" and not paper.title:
        found["title"] = Message(mark("Say what event it was, in a few words."))
    if paper.dated is None:
        found["dated"] = Message(mark("The date is needed, for example 11.03.2026."))
    elif paper.dated > today:
        found["dated"] = Message(mark("This day has not come yet: what lies ahead proves nothing."))
    if paper.url and not _is_address(paper.url):
        found["url"] = Message(
            mark("The address of a page is needed, for example https://school.example/prikaz.")
        )
    return found


def _is_address(url: str) -> bool:
    """Return whether `url` leads to a page; what a browser would run is no page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not parts.username
