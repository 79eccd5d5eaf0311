"""One reading of a view's measures for every number beside it."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Count, QuerySet

from avgust.web.programmes.models import Measure


class Tally:
    """How many measures of a view have each value: one reading for every filter that is not set."""

    def __init__(self, measures: QuerySet[Measure]) -> None:
        self.themes: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.days: Counter[date] = Counter()
        self.findings: Counter[str] = Counter()
        self.with_findings = 0
        self.unclear = 0
        self.count = 0
        columns = ("theme", "deadline_kind", "due", "finding_kinds", "unclear")
        counted = measures.order_by().values_list(*columns).annotate(n=Count("pk"))
        for theme, kind, due, findings, unclear, n in counted.iterator(chunk_size=5_000):
            self.count += n
            self.themes[theme] += n
            self.kinds[kind] += n
            if unclear:
                self.unclear += n
            if due:
                self.days[due] += n
            if findings:
                self.with_findings += n
                self.findings.update(dict.fromkeys(findings.strip("|").split("|"), n))

    def between(self, start: date, end: date) -> int:
        """Return how many are due from `start` to `end`, both included."""
        return sum(n for day, n in self.days.items() if start <= day <= end)

    def before(self, day: date) -> int:
        """Return of how many the date lies before `day`."""
        return sum(n for due, n in self.days.items() if due < day)
