"""The process that reads: sets its own limits, reads standard input, writes JSON to standard output.

It knows no Django. Input: one line of JSON (name of the file, limits, whose child it is, whether to
parse it too), then the bytes of the file.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from avgust.domain.resolutions.readers import ReadError, read
from avgust.domain.resolutions.stages import parse
from avgust.isolation.child_limits import end_with, set_limits
from avgust.isolation.transport import earlier_in, encode_document, encode_error, encode_resolution


def main() -> int:
    """Read one document."""
    order = json.loads(sys.stdin.buffer.readline())
    end_with(order["parent"])
    set_limits(**order["limits"])
    try:
        data = sys.stdin.buffer.read()
        answer = answer_to(data, order["name"], order.get("earlier"))
    except MemoryError:
        answer = encode_error(ReadError("memory"))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


def answer_to(data: bytes, name: str, earlier: list[Any] | None = None) -> bytes:
    """Return the document, or why it cannot be read, as JSON; parsed where `earlier` clauses are given."""
    try:
        document = read(data, name)
    except ReadError as error:
        return encode_error(error)
    if earlier is None:
        return encode_document(document)
    return encode_resolution(parse(document, earlier_in(earlier)))
