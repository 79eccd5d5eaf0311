"""The year of the demo: every history could have happened, the same every time, with something to see."""

from __future__ import annotations

from datetime import date

import pytest

from avgust.demo.loading import load
from avgust.domain.control.states import TRANSITIONS, Act, Status
from avgust.domain.proof import ProofState
from avgust.web.control.models import Assignment, Step
from avgust.web.control.proving import coverage

TODAY = date(2026, 3, 12)


@pytest.mark.django_db
def test_histories_go_through_the_table_of_states(read_here: None) -> None:
    load(TODAY)
    begun = Step.objects.order_by().values("assignment")
    rows = Assignment.objects.prefetch_related("steps", "reports__evidence").filter(pk__in=begun)
    assert len(rows) > 500
    for row in rows:
        status = Status.OPEN
        for step in row.steps.all():
            if step.act == "redate" or step.act.startswith("data_"):  # no acts of people on the assignment
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


@pytest.mark.django_db
def test_local_acts_stand_everywhere_on_their_way(read_here: None) -> None:
    from avgust.domain.acts.standing import Standing
    from avgust.domain.acts.states import TRANSITIONS as MOVES
    from avgust.domain.acts.states import Move
    from avgust.domain.acts.states import Status as ActStatus
    from avgust.web.acts.models import Demand, LocalAct
    from avgust.web.acts.wording import step_words

    load(TODAY)
    acts = list(LocalAct.objects.prefetch_related("steps"))
    for act in acts:
        status = ActStatus.DRAFT
        for step in act.steps.all():
            assert step_words(step)
            if step.move != "begin":
                assert status in MOVES[Move(step.move)].sources
                status = MOVES[Move(step.move)].target or status
        assert act.state is status
        assert act.agreed_by_id not in act.authors
    assert {act.standing_on(TODAY) for act in acts} >= set(Standing) - {Standing.NONE}
    measure = Demand.objects.get().measure
    proven = {row.unit_id for row in measure.assignments.filter(verdict="met")}
    standing = (Standing.IN_FORCE, Standing.ADOPTED)
    mentoring = [act for act in acts if act.template_id == measure.demand.template_id]
    assert proven == {act.unit_id for act in mentoring if act.standing_on(TODAY) in standing}
    assert measure.assignments.filter(verdict="contradicted").exists()
