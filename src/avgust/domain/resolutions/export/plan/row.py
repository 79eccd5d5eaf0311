"""A row of a plan of measures, with every field already in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A measure as a plan prints it."""

    number: str
    section: str  # "" where the measure stands under no heading
    text: str
    executors: tuple[str, ...]
    co_executors: tuple[str, ...]
    deadline: str  # `wording.deadline_text`
    target: str  # `wording.target_text` or the printed result
    theme: str  # `wording.theme_label`
    note: str = ""
