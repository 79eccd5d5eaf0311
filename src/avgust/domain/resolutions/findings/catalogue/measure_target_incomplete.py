"""A figure that cannot be checked: percent of nothing, growth from nowhere, by no day."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.catalogue.deadline_missing import undated
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.grouping import is_of_document
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.findings.verbs import orders_of
from avgust.domain.resolutions.model import Clause, DeadlineKind, Finding, Mend, Severity, Target

kind = FindingKind(
    code="measure.target_incomplete",
    label=mark("Incomplete target"),
    severity=Severity.WARNING,
    message=mark("“%(target)s” does not say of what it is counted."),
    explanation=mark(
        "A figure is checked by a formula: what is counted, of which whole, against which base, on which day."
    ),
)
NO_DAY: Final = mark("“%(target)s” does not say by when it must be reached.")
NO_BASE: Final = mark("“%(target)s” does not say from which level the change is counted.")
_BASE: Final = re.compile(
    r"по сравнению|по отношению|относительно|к уровню|от уровня|к показател|с \d+(?:,\d+)? ?(?:%|процент)|"
    r"к (?:соответствующему|аналогичному|предыдущему|прошлому)|\b20\d\d",
    re.IGNORECASE,
)
_MEASURED: Final = re.compile(r"[а-яё]{4,}", re.IGNORECASE)  # a word that can be what is counted
_FAR: Final = 500  # characters before a figure among which any sentence has such a word


def find(reading: Reading) -> Iterator[Finding]:
    """Yield targets with a part missing."""
    # A single measure without a date is a finding of its own; where no measure has one, figures suffer most.
    dateless = is_of_document(len(undated(reading)), reading)
    for clause in reading.judged:
        if clause.targets:
            words = _Words(reading, clause)
            for target in clause.targets:
                yield from _missing(words, clause, target, dateless=dateless)


class _Words:
    """What the words of a clause say about its figures; looked for once, however many figures it has."""

    def __init__(self, reading: Reading, clause: Clause) -> None:
        self._reading, self._clause = reading, clause

    @cached_property
    def name_base(self) -> bool:
        """Whether the clause says from which level a change is counted."""
        return _BASE.search(self._reading.fragments[self._clause.n].text) is not None

    @cached_property
    def _ends(self) -> list[int]:
        """Where the clause begins and where each of its orders ends."""
        start = self._clause.span.start
        last = max(target.span.start for target in self._clause.targets)
        return [start, *(start + order.end for order in orders_of(self._reading.text[start:last]))]

    def name_whole(self, target: Target) -> bool:
        """Tell whether words between verb and figure say what is counted: «увеличить охват детей до 83 %»."""
        figure = max(self._clause.span.start, target.span.start)
        after = self._ends[bisect_right(self._ends, figure) - 1]
        return _MEASURED.search(self._reading.text, max(after, figure - _FAR), figure) is not None


def _missing(said: _Words, clause: Clause, target: Target, *, dateless: bool) -> Iterator[Finding]:
    words = target.text
    if target.unit == "%" and not target.of and not said.name_whole(target):
        mend = Mend(Message(mark("Say of whom or what, for example: “of teachers under 35”.")), "target")
        yield kind.at(target.span, clause, target=words, mends=[mend])
    if target.comparator in ("+", "-", "x") and not said.name_base:
        mend = Mend(Message(mark("Name the base, for example: “compared with 2024”.")), "target")
        yield kind.at(target.span, clause, message=NO_BASE, target=words, mends=[mend])
    if dateless and clause.deadline.kind is DeadlineKind.NONE:
        mend = Mend(Message(mark("Name the day on which the figure is counted.")), "deadline")
        yield kind.at(target.span, clause, message=NO_DAY, target=words, mends=[mend])
