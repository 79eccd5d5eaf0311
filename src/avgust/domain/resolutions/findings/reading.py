"""What several kinds of findings need to know about one document, worked out once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeVar

from avgust.domain.periods import Period
from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import (
    Addressee,
    Clause,
    DeadlineKind,
    EarlierClause,
    Heading,
    Resolution,
    Span,
)

LISTED: Final = 15  # numbers of clauses that a sentence lists before it says how many more there are
MOST: Final = 0.5  # a defect of this share of all measures is a defect of the document
FEW: Final = 3  # fewer than this are shown one by one

Found = TypeVar("Found")


@dataclass
class Reading:
    """A resolution under the eyes of the finders, with the earlier clauses of its territory.

    Where one clause alone is asked about (`only`, its n), a finder that looks at clauses one by one goes
    over `judged`; one that compares clauses still sees them all.
    """

    resolution: Resolution
    earlier: Sequence[EarlierClause] = field(default=())
    only: int | None = None
    _known: dict[Any, tuple[Any, ...]] = field(default_factory=dict, repr=False)

    def once(self, work: Callable[[Reading], Iterable[Found]]) -> tuple[Found, ...]:
        """Return what `work` yields for this document, worked out at the first call."""
        if work not in self._known:
            self._known[work] = tuple(work(self))
        return self._known[work]

    @property
    def text(self) -> str:
        """The canonical text of the document."""
        return self.resolution.document.text

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The measures."""
        return self.resolution.clauses

    @cached_property
    def judged(self) -> tuple[Clause, ...]:
        """The measures whose defects are asked for."""
        return tuple(clause for clause in self.clauses if self.only in (None, clause.n))

    @cached_property
    def adopted(self) -> date | None:
        """The day of adoption, where the document states one."""
        fact = self.resolution.header.adopted
        return _date(fact.value) if fact else None

    @cached_property
    def school_year(self) -> Period | None:
        """The school year that the document says it is for."""
        fact = self.resolution.header.school_year
        try:
            return Period.of_label(fact.value) if fact else None
        except ValueError:
            return None

    @cached_property
    def fragments(self) -> Mapping[int, Fragment]:
        """The words of each measure by its n, with single white space; cut when first asked for."""
        return _Fragments(self.text, {clause.n: clause.span for clause in self.clauses})

    @cached_property
    def by_section(self) -> dict[Heading | None, list[Clause]]:
        """The measures below each outermost heading, in the order of the text."""
        groups: dict[Heading | None, list[Clause]] = defaultdict(list)
        for clause in self.clauses:
            groups[clause.headings[0] if clause.headings else None].append(clause)
        return groups

    def span(self, clause: Clause, found: re.Match[str], group: int | str = 0) -> Span:
        """Return the place of a match in `fragments[clause.n]`."""
        return self.fragments[clause.n].span(*found.span(group))


class _Fragments(dict[int, Fragment]):
    """Fragments made as they are asked for: a question about one clause cuts no others."""

    def __init__(self, text: str, spans: dict[int, Span]) -> None:
        super().__init__()
        self._text, self._spans = text, spans

    def __missing__(self, n: int) -> Fragment:
        self[n] = Fragment.of(self._text, self._spans[n])
        return self[n]


def numbers(clauses: Iterable[Clause]) -> str:
    """Return how a reader finds `clauses`: «1.2, 1.3» as printed, else running «№ 4–7, 9», shortened."""
    names: list[str] = []
    run: list[int] = []  # unnumbered neighbours
    for clause in (*clauses, None):
        if clause and not clause.label and (not run or run[-1] == clause.n - 1):
            run.append(clause.n)
            continue
        if run:
            names.append(f"№ {run[0]}" if len(run) == 1 else f"№ {run[0]}–{run[-1]}")
        run = [clause.n] if clause and not clause.label else []
        if clause and clause.label:
            names.append(clause.label)
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" … (+{more})" if more > 0 else "")


def giver(clause: Clause, addressee: Addressee) -> Heading | None:
    """Return the heading of a clause in whose words an inherited addressee stands."""
    inside = (h for h in clause.headings if h.span.start <= addressee.span.start < h.span.end)
    return next(inside, None)


def place_of(clause: Clause) -> Span:
    """Return where the deadline of a clause stands; its own words where it has no place."""
    return clause.deadline.span or clause.span


def last_day(clause: Clause) -> date | None:
    """Return the last day of a deadline that has one."""
    bound = clause.deadline.kind in (DeadlineKind.DATE, DeadlineKind.INTERVAL)
    return clause.deadline.end if bound else None


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
