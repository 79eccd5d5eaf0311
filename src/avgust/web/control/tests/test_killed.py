"""Kill −9 of server and worker inside what they do, then look: nothing is half done, doubled or left over.

A bounded number by default; hundreds by `make kills`.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = int(os.environ.get("AVGUST_KILLS", "20"))
SEED = int(os.environ.get("AVGUST_KILLS_SEED", "7"))
RUN = f"""
import django; django.setup()
from avgust.web.control.tests.killed_work import main
main({KILLS}, {SEED})
"""


def test_killed_anywhere_in_its_work_nothing_is_half_done(cast: Any, other_process: Any) -> None:
    environment = other_process() | {"AVGUST_DEMO": "1", "AVGUST_LOG_LEVEL": "ERROR"}
    done = subprocess.run(
        [sys.executable, "-c", RUN], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout.splitlines()[-1])
    logging.getLogger("avgust.killed").info("%s", told)  # pytest --log-cli-level=INFO
    assert sum(told["killed"].values()) >= KILLS
    assert told["in_transaction"] >= KILLS // 5
