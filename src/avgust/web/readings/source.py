"""The results of a work as the interpretation reads them: sums kept for each version, rows where needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import numpy as np

from avgust.domain.assessment.arrays import Bools, Ints
from avgust.domain.assessment.interpretation.results import (
    GroupTable,
    Labels,
    Results,
    group_table,
    marks_of,
)
from avgust.domain.assessment.interpretation.storing import arrays_of, packed, table_of, unpacked
from avgust.domain.assessment.interpretation.work import Item, Level
from avgust.domain.assessment.interpretation.work import Work as Asked
from avgust.domain.assessment.works import Level as LevelLetter
from avgust.web.assessments.codifiers.choosing import Asked as AskedItem
from avgust.web.assessments.codifiers.choosing import asked_of
from avgust.web.assessments.models import Work
from avgust.web.readings.keeping import Version, kept, versions_of
from avgust.web.readings.models import Kept
from avgust.web.warehouse.results import open_results

ROWS: Final = 4  # works at once in a process: 200,000 pupils × 30 items are 6 MB
SUMS: Final = 32
CLASS: Final = "\t"  # between the number of a school and the name of its class
LEVELS: Final = {
    LevelLetter.BASIC: Level.BASIC,
    LevelLetter.ADVANCED: Level.RAISED,
    LevelLetter.HIGH: Level.HIGH,
    None: Level.BASIC,  # a specification without levels is judged by the stricter bands
}


@dataclass(frozen=True)
class Rows:
    """Pupils of a work with their codes."""

    results: Results
    pupils: Ints

    def of(self, unit: int) -> Bools:
        """Return which pupils (n) are of a school."""
        return self.results.schools.members(str(unit))


@dataclass(frozen=True)
class Source:
    """A work with its sums; schools are labelled by the numbers of their units.

    `scores` (schools × maximum + 1) counts pupils by primary score.
    """

    version: Version
    asked: Asked
    by_school: GroupTable
    by_class: GroupTable
    scores: Ints
    made_at: datetime

    @property
    def work(self) -> Work:
        """The work."""
        return self.version.work

    @property
    def units(self) -> list[int]:
        """The numbers of the schools that wrote the work."""
        return [int(name) for name in self.by_school.names]

    @property
    def rows(self) -> Rows:
        """The pupils: for a class, a pupil, the passport; nothing else needs them."""
        return rows_of(self.version)

    def schools(self, names: Mapping[int, str]) -> GroupTable:
        """Return the table of the schools in `names`, under these names."""
        places = [place for place, unit in enumerate(self.units) if unit in names]
        chosen = self.by_school.rows(places)
        return replace(chosen, names=tuple(names[int(name)] for name in chosen.names))

    def classes(self, unit: int) -> GroupTable:
        """Return the classes of a school."""
        start = f"{unit}{CLASS}"
        places = [at for at, name in enumerate(self.by_class.names) if name.startswith(start)]
        chosen = self.by_class.rows(places)
        return replace(chosen, names=tuple(name.removeprefix(start) for name in chosen.names))


def source_of(work: Work) -> Source | None:
    """Return the live results of a work; None where it has none, or no specification."""
    found = versions_of([work]).get(work.pk)
    return None if found is None else source_at(found)


@lru_cache(maxsize=SUMS)
def source_at(version: Version) -> Source | None:
    """Return the sums of a version; they are made where nobody did so yet."""
    asked = asked_by(version)
    found = kept(version.work, Kept.What.SUMS, version.key, lambda: _sums(version))
    if found is None:
        return None
    arrays, made_at = unpacked(found[0]), found[1]

    def table(start: str) -> GroupTable:
        return table_of(asked, {name.removeprefix(start): value for name, value in arrays.items()})

    return Source(version, asked, table("school."), table("class."), arrays["scores"], made_at)


def _sums(version: Version) -> bytes:
    rows = rows_of(version)
    results, codes = rows.results, rows.results.schools.codes
    by_school = group_table(results, results.schools)
    schools, classes = results.schools, results.classes
    named = [
        f"{schools.names[school]}{CLASS}{classes.names[one]}" if school >= 0 and one >= 0 else ""
        for school, one in zip(schools.codes, classes.codes, strict=True)
    ]
    by_class = group_table(results, Labels.of(named))
    scores = np.zeros((len(schools.names), results.work.maximum + 1), dtype=np.intp)
    np.add.at(scores, (codes[codes >= 0], results.totals[codes >= 0]), 1)
    arrays: dict[str, Any] = {f"school.{name}": value for name, value in arrays_of(by_school).items()}
    arrays |= {f"class.{name}": value for name, value in arrays_of(by_class).items()}
    return packed(**arrays, scores=scores)


@lru_cache(maxsize=ROWS)
def rows_of(version: Version) -> Rows:
    """Return the pupils of a version from the warehouse."""
    asked = asked_by(version)
    with open_results(version.work.dataset) as opened:
        order = [] if opened is None else [opened.items.index(item.name) for item in asked.items]
        chunks = [] if opened is None else list(opened.responses_in_chunks())
    empty = np.zeros((0, len(asked.items)), dtype=np.int8)
    scores = np.concatenate([empty, *(chunk.responses.scores[:, order] for chunk in chunks)])
    nobody = np.zeros(0, dtype=np.int64)
    journal = np.concatenate([nobody, *(chunk.journal for chunk in chunks)]).astype(np.intp)
    pupils = np.concatenate([nobody, *(chunk.pupil for chunk in chunks)])
    totals = np.where(scores > 0, scores, 0).sum(axis=1)
    results = Results(
        asked,
        scores,
        (),
        Labels.of([str(unit) for chunk in chunks for unit in chunk.school]),
        Labels.of([name for chunk in chunks for name in chunk.class_name]),
        marks_of(totals, asked.cuts),
        journal,
    )
    return Rows(results, pupils)


def asked_by(version: Version) -> Asked:
    """Return the specification of a version as the interpretation reads it.

    Cut scores of some marks only are none.
    """
    given = version.specification.value().cuts
    cuts = tuple(given[mark] for mark in (3, 4, 5) if mark in given)
    return Asked(
        version.work.title,
        tuple(_item(one) for one in asked_of(version.specification)),
        cuts if len(cuts) == 3 and cuts[0] > 0 else (),
    )


def _item(one: AskedItem) -> Item:
    item = one.item
    return Item(item.code, item.maximum, LEVELS[item.level], one.contents, one.skills)
