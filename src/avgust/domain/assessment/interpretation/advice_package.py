"""Edited recommendations as a package that another territory can take."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from avgust.domain.assessment.interpretation.editing import STANDARDS, faults_of
from avgust.domain.messages import Message, mark

FORMAT: Final = "avgust-recommendations"
VERSION: Final = 1


class PackageError(ValueError):
    """A package that cannot be taken; the message says why."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.render("en"))


def to_package(edits: Mapping[str, str | None]) -> bytes:
    """Return edits by rule as a file that another territory can take; None is «not printed»."""
    said = {"format": FORMAT, "version": VERSION, "recommendations": dict(sorted(edits.items()))}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def from_package(data: bytes) -> dict[str, str | None]:
    """Return the edits of a package, all of them sound; PackageError names the first that is not."""
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        why = Message(mark("The file is no package of recommendations: it is not JSON."))
        raise PackageError(why) from error
    edits = said.get("recommendations") if isinstance(said, dict) else None
    if not isinstance(edits, dict) or said.get("format") != FORMAT or said.get("version") != VERSION:
        version = {"version": VERSION}
        why = Message(mark("The file is no package of recommendations of version %(version)d."), version)
        raise PackageError(why)
    for code, text in edits.items():
        named = {"code": str(code)[:60]}
        if not (text is None or isinstance(text, str)):
            raise PackageError(Message(mark("Rule “%(code)s”: the words are no text."), named))
        faults = faults_of(str(code), text) if text is not None else _known(str(code))
        if faults:
            raise PackageError(Message(mark("Rule “%(code)s”: %(fault)s"), {**named, "fault": faults[0]}))
    return {str(code): text for code, text in edits.items()}


def _known(code: str) -> list[Message]:
    return [] if code in STANDARDS else faults_of(code, "")
