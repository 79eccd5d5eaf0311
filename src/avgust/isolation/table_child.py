"""The process that reads tables: it knows no parser of resolutions, so hundreds of workbooks cost little."""

from __future__ import annotations

import json
import sys

from avgust.domain.resolutions.readers.errors import ReadError
from avgust.isolation.child_limits import end_with, set_limits
from avgust.isolation.tables import table_answer


def main() -> int:
    """Read one table."""
    order = json.loads(sys.stdin.buffer.readline())
    end_with(order["parent"])
    set_limits(**order["limits"])
    try:
        answer = table_answer(sys.stdin.buffer.read())
    except MemoryError:
        answer = json.dumps({"code": ReadError("memory").code, "params": {}}).encode()
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0
