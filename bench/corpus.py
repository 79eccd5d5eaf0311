"""Texts to measure on: the real ones of ../shared where they are, the demo's own otherwise."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from avgust.demo.script import NAMES, script

SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True)
class Gold:
    """A text with its annotation by hand."""

    name: str
    path: Path
    items: list[dict[str, Any]]
    adopted: str | None


def texts() -> dict[str, str]:
    """Return texts by name."""
    real = sorted((SHARED / "resolutions").glob("*.txt"))
    if real:
        return {path.stem: path.read_text("utf-8") for path in real}
    return {name: "\n\n".join(line.text for line in script(name)) for name in NAMES}


def gold() -> list[Gold]:
    """Return annotated documents; empty where ../shared is absent."""
    found = []
    for path in sorted((SHARED / "gold").glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        text = SHARED / "resolutions" / f"{path.stem}.txt"
        found.append(Gold(path.stem, text, data["items"], data["adopted"]["date"]))
    return found
