"""Lines as rows of the warehouse: every check, then the school and the keyed code in place of the number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from avgust.domain.assessment.works import Line, Refusal, School, Specification
from avgust.domain.assessment.works.checks import DOUBLED, SeenKeys, fault_of, in_order_of
from avgust.domain.assessment.works.results import refusals_of
from avgust.domain.messages import Message
from avgust.web.assessments.keys import pupil_key
from avgust.web.assessments.models import Work
from avgust.web.assessments.schools import Schools
from avgust.web.warehouse.layout import Row


class Taker:
    """Takes lines of one upload, chunk by chunk; knows which participants it has seen."""

    def __init__(self, specification: Specification, schools: Schools, work: Work, upload: int) -> None:
        self._work, self._schools, self._upload = specification, schools, upload
        self._year = work.period
        self._key = pupil_key()
        self._seen = SeenKeys()
        self._found: dict[School, int | Message] = {}

    def take(self, lines: Sequence[Line], codes: Sequence[str]) -> tuple[list[Row], list[Refusal]]:
        """Return the rows to be kept and what was refused of a chunk."""
        rows: list[Row] = []
        taken: list[Line] = []
        refusals: list[Refusal] = []
        same = tuple(codes) == tuple(item.code for item in self._work.items)
        for line in lines:
            made = self._row(line, codes, same=same)
            if isinstance(made, Message):
                refusals += refusals_of(line, made)
            else:
                rows.append(made)
                taken.append(line)
        doubled = self._seen.doubled(np.array([row.pupil for row in rows], dtype=np.int64))
        if doubled.any():
            again = [taken[at] for at in np.flatnonzero(doubled)]
            refusals += [one for line in again for one in refusals_of(line, _doubled(line))]
            rows = [row for row, twice in zip(rows, doubled, strict=True) if not twice]
        return rows, refusals

    def _row(self, line: Line, codes: Sequence[str], *, same: bool) -> Row | Message:
        if line.scores and not same:
            line = replace(line, scores=in_order_of(self._work, codes, line.scores))
        fault = fault_of(line, self._work)
        if fault:
            return fault
        school = self._found.get(line.school)
        if school is None:
            school = self._found[line.school] = self._schools.find(line.school)
        if isinstance(school, Message):
            return school
        points = line.points
        return Row(
            school,
            line.group[:20],
            self._code(line, school),
            line.variant[:20],
            None if line.absent else points,
            None if line.absent else line.mark or self._work.mark_of(points),
            line.journal,
            not line.absent,
            self._upload,
            line.scores or (None,) * len(self._work.items),
        )

    def _code(self, line: Line, school: int) -> int:
        """Return the code: a lasting number links years and schools, another one works of a year."""
        if line.lasting:
            return self._key.lasting(line.lasting)
        return self._key.of_participant(str(school), line.pupil, self._year)


def _doubled(line: Line) -> Message:
    return Message(DOUBLED, {"pupil": line.pupil[:40], "school": line.school.name or line.school.code})
