"""Kill −9 of server and worker while a large report goes out and comes back: nothing is lost or done twice.

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

KILLS = int(os.environ.get("AVGUST_KILLS", "4"))
SEED = int(os.environ.get("AVGUST_KILLS_SEED", "11"))
RUN = f"""
import django; django.setup()
from avgust.web.reports.tests.killed_files import main
main({KILLS}, {SEED})
"""


def test_killed_on_its_way_out_and_back_a_report_is_whole(cast: Any, other_process: Any) -> None:
    environment = other_process() | {"AVGUST_LOG_LEVEL": "ERROR"}
    done = subprocess.run(
        [sys.executable, "-c", RUN], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout.splitlines()[-1])
    logging.getLogger("avgust.killed").info("%s", told)  # pytest --log-cli-level=INFO
    assert sum(told["killed"].values()) >= KILLS
    assert told["in_transaction"]
