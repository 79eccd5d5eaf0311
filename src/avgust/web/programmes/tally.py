"""One reading of a view's measures for every number beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from avgust.web.programmes.models import Measure


@dataclass(frozen=True, slots=True)
class Alike:
    """Measures that no filter of the tallied columns tells apart, and how many they are."""

    theme: str
    kind: str  # of the deadline
    due: date | None
    findings: str  # "|kind|kind|"
    unclear: bool
    count: int


def alike(measures: QuerySet[Measure]) -> list[Alike]:
    """Return the groups of `measures`, in one query over one index."""
    columns = ("theme", "deadline_kind", "due", "finding_kinds", "unclear")
    counted = measures.order_by().values_list(*columns).annotate(n=Count("*"))
    return [Alike(*row) for row in counted.iterator(chunk_size=5_000)]


class Tally:
    """How many measures of a view have each value."""

    def __init__(self, groups: Iterable[Alike]) -> None:
        self.themes: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.days: Counter[date] = Counter()
        self.findings: Counter[str] = Counter()
        self.with_findings = 0
        self.unclear = 0
        self.count = 0
        for group in groups:
            n = group.count
            self.count += n
            self.themes[group.theme] += n
            self.kinds[group.kind] += n
            if group.unclear:
                self.unclear += n
            if group.due:
                self.days[group.due] += n
            if group.findings:
                self.with_findings += n
                self.findings.update(dict.fromkeys(group.findings.strip("|").split("|"), n))

    def between(self, start: date, end: date) -> int:
        """Return how many are due from `start` to `end`, both included."""
        return sum(n for day, n in self.days.items() if start <= day <= end)

    def before(self, day: date) -> int:
        """Return of how many the date lies before `day`."""
        return sum(n for due, n in self.days.items() if due < day)
