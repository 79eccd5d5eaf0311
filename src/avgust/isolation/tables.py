"""Tables of strangers, read in the same process of its own as documents."""

from __future__ import annotations

import json

from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.tables import Sheet, TableError, bounded, decode_sheets, encode_sheets
from avgust.domain.tables.faults import FAULTS
from avgust.isolation.parent import DEFAULT_LIMITS, Limits, answer_from


def read_table_isolated(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[Sheet, ...]:
    """Return the sheets of the table in `data`, read in a fresh process that knows nothing of the server.

    Raises TableError, and nothing else, for what cannot be read, also when the process is killed.
    """
    bounded(data)  # told here, since a file so large is not worth a process
    try:
        answer = answer_from(data, {"name": ""}, limits, child="table_child")
    except ReadError as error:
        raise TableError(error.code if error.code in FAULTS else "crashed") from error
    return _trusted(answer)


def _trusted(answer: bytes) -> tuple[Sheet, ...]:
    try:
        value = json.loads(answer)
        if isinstance(value, dict) and "code" in value:
            raise TableError(str(value["code"]), **dict(value["params"]))
        return decode_sheets(answer)
    except (ValueError, KeyError, TypeError) as error:
        raise TableError("crashed") from error


def table_answer(data: bytes) -> bytes:
    """Return the sheets, or why they cannot be read, as JSON; this runs in the reading process."""
    from avgust.domain.tables.reading import read_sheets  # noqa: PLC0415 - in the child only

    try:
        return encode_sheets(read_sheets(data))
    except TableError as error:
        return json.dumps({"code": error.code, "params": error.params}, ensure_ascii=False).encode()
