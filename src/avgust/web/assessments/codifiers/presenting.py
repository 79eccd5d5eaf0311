"""A difference of editions as sections of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from avgust.domain.assessment.codifiers import Entry
from avgust.domain.assessment.codifiers.difference import Difference

MOST: Final = 200  # entries of a section on a page


@dataclass(frozen=True)
class Line:
    """One change: the code, what was, what is."""

    code: str
    title: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Part:
    """Changes of one sort; `beyond` of them are not shown."""

    key: str
    heading: str
    lines: list[Line]
    count: int

    @property
    def beyond(self) -> int:
        """How many are not shown."""
        return self.count - len(self.lines)


def parts_of(said: Difference) -> list[Part]:
    """Return what a difference has, sort by sort; sorts without a change are left out."""
    top = _("top level")
    parts = [
        _part("added", _("Added"), said.added, lambda one: Line(one.code, one.title)),
        _part("gone", _("Gone"), said.gone, lambda one: Line(one.code, one.title)),
        _part(
            "recoded",
            _("Under another code"),
            said.recoded,
            lambda pair: Line(pair.after.code, pair.after.title, pair.before.code, pair.after.code),
        ),
        _part(
            "renamed",
            _("Renamed"),
            said.renamed,
            lambda pair: Line(pair.after.code, "", pair.before.title, pair.after.title),
        ),
        _part(
            "moved",
            _("In another section"),
            said.moved,
            lambda pair: Line(
                pair.after.code, pair.after.title, pair.before.parent or top, pair.after.parent or top
            ),
        ),
        _part(
            "regraded",
            _("For other grades"),
            said.regraded,
            lambda pair: Line(pair.after.code, pair.after.title, _grades(pair.before), _grades(pair.after)),
        ),
    ]
    return [part for part in parts if part.count]


def _part(key: str, heading: str, found: tuple[Any, ...], line: Any) -> Part:
    return Part(key, heading, [line(one) for one in found[:MOST]], len(found))


def _grades(entry: Entry) -> str:
    return ", ".join(map(str, entry.grades)) or _("all grades")
