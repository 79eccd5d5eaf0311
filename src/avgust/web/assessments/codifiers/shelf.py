"""Editions as the domain reads them, kept by each process; which one came before, how long each holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from avgust.domain.assessment.codifiers import Codifier
from avgust.domain.assessment.codifiers.naming import Codes
from avgust.domain.assessment.codifiers.standing import Days, holding_on, not_in_force, spans
from avgust.domain.messages import Message
from avgust.web.assessments.codifiers.models import CodifierEdition
from avgust.web.territory.models import Unit

KEPT: Final = 16  # editions in a process: 2,000 entries are 1 MB


def codes_of(edition: CodifierEdition) -> Codes:
    """Return an edition to be asked by codes; two queries for the first who asks, none for others."""
    return _codes(edition.pk, edition.imported_at)


def codifier_of(edition: CodifierEdition) -> Codifier:
    """Return an edition as the domain reads it."""
    return codes_of(edition).codifier


@lru_cache(maxsize=KEPT)
def _codes(pk: int, _imported_at: datetime) -> Codes:
    return Codes(CodifierEdition.objects.get(pk=pk).value())


def editions_of(unit: Unit, name: str) -> list[CodifierEdition]:
    """Return the standing editions of a codifier of a territory, the first one first."""
    return list(CodifierEdition.objects.standing().filter(unit=unit, name=name).order_by("since"))


def earlier_of(editions: Iterable[CodifierEdition], since: date) -> CodifierEdition | None:
    """Return the edition that one which begins on `since` follows; None for the first one."""
    before = [one for one in editions if one.since < since]
    return max(before, key=lambda one: one.since, default=None)


def with_spans(editions: Sequence[CodifierEdition]) -> list[tuple[CodifierEdition, Days]]:
    """Return editions of one codifier with the days on which each holds."""
    return list(zip(editions, spans([(one.since, one.until) for one in editions]), strict=True))


def remarks_on(editions: Sequence[CodifierEdition | None], day: date) -> list[Message]:
    """Return what is to be said of editions that a work of `day` names and that did not hold then.

    One query for all of them, none where none is named.
    """
    named = [one for one in editions if one is not None]
    if not named:
        return []
    among = CodifierEdition.objects.standing().filter(
        unit__in={one.unit_id for one in named}, name__in={one.name for one in named}
    )
    found: list[Message] = []
    standing = list(among)
    for one in named:
        beside = [other for other in standing if (other.unit_id, other.name) == (one.unit_id, one.name)]
        days = dict(with_spans(beside)).get(one, (one.since, one.until))
        place = holding_on([(other.since, other.until) for other in beside], day)
        remark = not_in_force(str(one), days, day, "" if place is None else str(beside[place]))
        if remark is not None:
            found.append(remark)
    return found
