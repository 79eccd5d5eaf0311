"""The process that examines evidence: sets its own limits, reads standard input, writes what may be kept."""

from __future__ import annotations

import json
import sys

from avgust.domain.evidence import EvidenceError, examine
from avgust.isolation.child_limits import end_with, set_limits


def main() -> int:
    """Examine one file."""
    order = json.loads(sys.stdin.buffer.readline())
    end_with(order["parent"])
    set_limits(**order["limits"])
    try:
        found = examine(sys.stdin.buffer.read())
    except EvidenceError as error:
        _write({"fault": error.code, "params": error.params}, b"")
    else:
        _write({"extension": found.extension, "pages": found.pages}, found.data)
    return 0


def _write(head: dict[str, object], kept: bytes) -> None:
    sys.stdout.buffer.write(json.dumps(head).encode("ascii") + b"\n" + kept)
    sys.stdout.buffer.flush()
