"""The rules of reminding that hold on a day, from `parameters.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

SECTIONS: Final = ("steps", "quiet", "digest", "pause")


@dataclass(frozen=True, slots=True)
class Pause:
    """Days of the year on which some kinds of organisations are left alone."""

    first: tuple[int, int]  # month, day
    last: tuple[int, int]
    kinds: frozenset[str]
    keep: frozenset[int]  # offsets from the deadline that are said even then

    def covers(self, day: date) -> bool:
        """Return whether `day` is one of them."""
        return self.first <= (day.month, day.day) <= self.last


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds on a day: offsets in calendar days, `controller` and `above` in working ones."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    controller: int
    above: int
    quiet_starts: time
    quiet_ends: time
    hour: int
    pause: Pause


@lru_cache(maxsize=1)
def _kept() -> dict[str, list[dict[str, Any]]]:
    text = (files("avgust.domain.reminders") / "parameters.toml").read_text("utf-8")
    return tomllib.loads(text)


def _on(section: str, day: date) -> dict[str, Any]:
    """Return the value of a section on `day`; the first one holds before its own day too."""
    values = sorted(_kept()[section], key=lambda value: value["since"])
    return next((value for value in reversed(values) if value["since"] <= day), values[0])


@lru_cache(maxsize=64)
def rules_on(day: date) -> Rules:
    """Return the rules that hold on `day`."""
    steps, quiet, pause = _on("steps", day), _on("quiet", day), _on("pause", day)
    return Rules(
        before=tuple(sorted(steps["before"], reverse=True)),
        after=tuple(sorted(steps["after"])),
        controller=steps["controller"],
        above=steps["above"],
        quiet_starts=quiet["starts"],
        quiet_ends=quiet["ends"],
        hour=_on("digest", day)["hour"],
        pause=Pause(
            tuple(pause["first"]), tuple(pause["last"]), frozenset(pause["kinds"]), frozenset(pause["keep"])
        ),
    )
