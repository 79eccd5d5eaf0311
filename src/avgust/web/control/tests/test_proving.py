"""The state of proof counted by the database is that of the domain, for every status, verdict and date."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

from avgust.domain.control.states import Status
from avgust.domain.proof import Coverage, Verdict
from avgust.web.control.models import Assignment
from avgust.web.control.proving import UNCOUNTED, coverage, coverages

TODAY = date(2026, 3, 12)


def test_sql_and_domain_agree(work: Any, cast: Any) -> None:
    Assignment.objects.all().delete()
    days = (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))
    Assignment.objects.bulk_create(
        Assignment(
            programme=work.programme, measure=work.school.measure, unit=cast.units.school, starts=TODAY,
            occurrence=str(number), status=status, verdict=verdict, due=due,
        )
        for number, (status, verdict, due) in enumerate(product(Status, Verdict, days))
    )  # fmt: skip
    rows = list(Assignment.objects.with_proof(TODAY))
    assert len(rows) == 9 * 3 * 4
    for row in rows:
        state = row.proof_on(TODAY)
        assert row.proof == (state.value if state else UNCOUNTED), (row.status, row.verdict, row.due)
    expected = Coverage.of(row.proof_on(TODAY) for row in rows)
    assert coverage(Assignment.objects.all(), TODAY).counts == expected.counts
    by_unit = coverages(Assignment.objects.all(), "unit", TODAY)
    assert by_unit[cast.units.school.pk].counts == expected.counts
