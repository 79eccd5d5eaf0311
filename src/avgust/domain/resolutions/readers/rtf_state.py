"""What an RTF reader remembers: of the group, of the paragraph, of its look."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class State:
    """What a group inherits and gives back at its end."""

    skipped: bool = False
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    font: int = -1
    fallback: int = 1  # letters that stand in for one \\u
    target: str = "body"  # "body", "footnote", "label"


@dataclass
class Paragraph:
    """The paragraph that is being read."""

    pieces: list[str] = field(default_factory=list)
    letters: int = 0
    bold_letters: int = 0
    label: str = ""


@dataclass
class Properties:
    """What the word `pard` resets."""

    centered: bool = False
    indent: float = 0.0
    in_table: bool = False
    level: int | None = None
    heading: int | None = None
