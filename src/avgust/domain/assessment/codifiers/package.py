"""A codifier as a package (JSON) that other territories take."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from avgust.domain.assessment.codifiers.checking import checked
from avgust.domain.assessment.codifiers.model import MOST_ENTRIES, Codifier
from avgust.domain.assessment.codifiers.stated import ENTRY, Fact, Reading, Stated, StatedEntry
from avgust.domain.messages import Message, mark

FORMAT: Final = "avgust-codifier"
VERSION: Final = 1
LARGEST: Final = 8 * 1024 * 1024  # bytes: 5,000 entries with the longest titles are 6 MB
_LONGEST: Final = 5_000  # characters of a text that is worth reading


def to_package(codifier: Codifier) -> bytes:
    """Return the package of a codifier; the same codifier gives the same bytes."""
    basis = codifier.basis
    said = {
        "format": FORMAT,
        "version": VERSION,
        "name": codifier.name,
        "subject": codifier.subject.value,
        "kind": codifier.kind.value,
        "edition": {"id": codifier.edition, "title": codifier.title},
        "since": codifier.since.isoformat(),
        "until": _day(codifier.until),
        "basis": {"title": basis.title, "number": basis.number, "date": _day(basis.day)},
        "entries": [
            {"code": one.code, "title": one.title}
            | ({"parent": one.parent} if one.parent else {})
            | ({"grades": list(one.grades)} if one.grades else {})
            for one in codifier.entries
        ],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def is_package(data: bytes) -> bool:
    """Return whether a file is meant as a package rather than as a table: it begins as a JSON object."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def from_package(data: bytes) -> Reading:
    """Return the codifier of a package, or everything that is wrong with it."""
    if len(data) > LARGEST:
        return _wrong(mark("A package of a codifier has at most %(limit)s MB."), limit=LARGEST // 2**20)
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return _wrong(
            mark("The file is no package of a codifier: it is not JSON. Download one for an example.")
        )
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        return _wrong(
            mark("The file is no package of a codifier: its “format” must be “%(format)s”."), format=FORMAT
        )
    if said.get("version") is True or said.get("version") != VERSION:
        return _wrong(
            mark(
                "The package is of version %(found)s, version %(version)s is read here: have it written anew."
            ),
            found=_text(said.get("version"))[:20] or "—",
            version=VERSION,
        )
    entries = said.get("entries")
    if not isinstance(entries, list):
        return _wrong(mark("The package has no list “entries”."))
    if len(entries) > MOST_ENTRIES:
        return checked(Stated(_facts(said), (StatedEntry(0, "", ""),) * len(entries), ENTRY))
    listed = tuple(_entry(at, one) for at, one in enumerate(entries, start=1))
    return checked(Stated(_facts(said), listed, ENTRY))


def _wrong(msgid: str, **said: Any) -> Reading:
    return Reading(None, (Message(msgid, said),))


def _facts(said: Mapping[str, Any]) -> dict[Fact, str]:
    edition, basis = _part(said.get("edition")), _part(said.get("basis"))
    found = {
        fact: said.get(fact.value) for fact in (Fact.NAME, Fact.SUBJECT, Fact.KIND, Fact.SINCE, Fact.UNTIL)
    }
    found |= {Fact.EDITION: edition.get("id"), Fact.TITLE: edition.get("title")}
    found |= {Fact.BASIS: basis.get("title"), Fact.NUMBER: basis.get("number"), Fact.DAY: basis.get("date")}
    return {fact: _text(value) for fact, value in found.items()}


def _part(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _entry(at: int, value: Any) -> StatedEntry:
    said = _part(value)
    grades = said.get("grades")
    listed = ",".join(_text(one) or "?" for one in grades) if isinstance(grades, list) else _text(grades)
    return StatedEntry(
        at, _text(said.get("code")), _text(said.get("title")), _text(said.get("parent")), listed[:_LONGEST]
    )


def _text(value: Any) -> str:
    """Return a text or a number as text; anything else says nothing."""
    if isinstance(value, str):
        return value.strip()[:_LONGEST]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
