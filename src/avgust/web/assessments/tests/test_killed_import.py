"""Kill −9 in the middle of an import: the old results are whole, and the next worker ends the import."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

RUN = """
import django; django.setup()
from avgust.web.assessments.tests.killed_import import main
main()
"""
NAMED = ("after it is named", "in the middle of the counts of schools")


def test_killed_at_any_step_the_old_or_the_new_results_are_whole(other_process: Any) -> None:
    environment = other_process() | {"AVGUST_LOG_LEVEL": "ERROR"}
    done = subprocess.run(
        [sys.executable, "-c", RUN], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert len(told) == 7
    for name, one in told.items():
        assert one["signal"] == signal.SIGKILL, name
        then, later = one["then"], one["later"]
        assert then["points"] == [2 if name in NAMED else 1], name
        assert then["rows"] == 30, name
        assert then["lists"] == [[30, 1.0]], name  # what lists show is of the last import that ended
        assert then["statuses"] == ["done", "reading"], name
        assert later == {
            "points": [2], "rows": 30, "lists": [[30, 2.0]], "open": 2, "statuses": ["done", "done"]
        }, name  # fmt: skip
