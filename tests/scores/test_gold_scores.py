"""The scores on the real annotated documents may only rise: floors.json is raised with the rules."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    if not (SHARED / "gold" / "score.py").exists():
        pytest.skip("../shared/gold is absent")
    avgust = Path(sys.executable).parent / "avgust"
    done = subprocess.run(
        [
            sys.executable, str(SHARED / "gold" / "score.py"), "--json",
            "--run", f"{avgust} parse {{}} --format json",
            "--texts", str(SHARED / "resolutions"), str(SHARED / "gold"),
        ],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("field", FLOORS)
def test_score_has_not_fallen(scores: dict[str, float], field: str) -> None:
    assert scores[field] >= FLOORS[field]
