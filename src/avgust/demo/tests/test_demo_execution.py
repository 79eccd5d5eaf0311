"""The year of the demo: every history could have happened, the same every time, with something to see."""

from __future__ import annotations

from datetime import date

import pytest

from avgust.demo.loading import load
from avgust.domain.control.states import TRANSITIONS, Act, Status
from avgust.domain.proof import ProofState
from avgust.web.control.models import Assignment
from avgust.web.control.proving import coverage

TODAY = date(2026, 3, 12)


@pytest.mark.django_db
def test_histories_go_through_the_table_of_states(read_here: None) -> None:
    load(TODAY)
    rows = Assignment.objects.prefetch_related("steps", "reports__evidence").exclude(steps=None).distinct()
    assert len(rows) > 500
    for row in rows:
        status = Status.OPEN
        for step in row.steps.all():
            if step.act == "redate":  # the programme gave another deadline: no act on the assignment
                continue
            act = TRANSITIONS[Act(step.act)]
            assert status in act.sources, (row, step)
            status = act.target or status
            # What officers settle after adoption is done by the acts themselves, on the day of the test.
            assert step.at.date() <= TODAY or Act(step.act) is Act.CANCEL
        assert row.state is status
        assert not row.spoke or row.accepted_by_id not in row.spoke["people"]
        assert all(report.evidence.all() for report in row.reports.all())
    found = coverage(Assignment.objects.all(), TODAY)
    for state in (ProofState.PROVEN_BY_DOCUMENT, ProofState.CLAIMED, ProofState.NOT_DONE, ProofState.NOT_DUE):
        assert found.count(state) > 20, state
    assert Assignment.objects.filter(asked_due__isnull=False).exists()
