"""Examining a stranger's file as evidence in a process of its own: decoders of pictures meet it there.

Answer of the process: one line of JSON, then the bytes that may be kept.
"""

from __future__ import annotations

import json
import logging
from typing import Final

from avgust.domain.evidence import Content, EvidenceError
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.isolation.parent import Limits, answer_from

logger = logging.getLogger(__name__)
logger.addHandler(logging.NullHandler())

EXAMINATION: Final = Limits(cpu_seconds=20, wall_seconds=30.0)


def examine_isolated(data: bytes, limits: Limits = EXAMINATION) -> Content:
    """Return what may be kept of `data`. Raises EvidenceError, and nothing else, for what is not taken."""
    if not data:
        raise EvidenceError("empty")
    try:
        answer = answer_from(data, {"name": ""}, limits, child="evidence_child")
    except ReadError as error:
        raise EvidenceError("timeout" if error.code == "timeout" else "crashed") from error
    head, _line, kept = answer.partition(b"\n")
    try:
        told = json.loads(head)
        if "fault" in told:
            raise EvidenceError(told["fault"], **told["params"])
        return Content(told["extension"], kept, told["pages"])
    except (ValueError, KeyError, TypeError) as error:
        logger.warning("The examining process answered nonsense: %s", error)
        raise EvidenceError("crashed") from error
