"""What data say of assignments, written with its basis, its step of history and its entry in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from avgust.domain.proof import Verdict
from avgust.web.audit import Act, record_all
from avgust.web.control import codes
from avgust.web.control.models import Assignment, Step

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

# Steps of history that are no acts of a person on the assignment.
STEPS: Final = {
    Verdict.MET: "data_met",
    Verdict.CONTRADICTED: "data_contra",
    Verdict.NONE: "data_none",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What data say of one assignment; `basis` is what opens behind «Почему?»."""

    assignment: Assignment
    verdict: Verdict
    basis: dict[str, Any]


@transaction.atomic
def set_verdicts(findings: Sequence[Finding], *, actor: User | None) -> int:
    """Write what changed; return how many did. The status stays: data do not accept a report."""
    now = timezone.now()
    changed = [one for one in findings if _differs(one)]
    turned = [one for one in changed if one.assignment.verdict != one.verdict.value]
    for one in changed:
        one.assignment.verdict, one.assignment.verdict_basis = one.verdict.value, one.basis
    rows = [one.assignment for one in changed]
    Assignment.objects.bulk_update(rows, ("verdict", "verdict_basis"), batch_size=500)
    Step.objects.bulk_create(
        Step(
            assignment=one.assignment,
            act=STEPS[one.verdict],
            actor=actor,
            at=now,
            status=one.assignment.status,
            due_before=one.assignment.due,
            due_after=one.assignment.due,
        )
        for one in turned
    )
    record_all(
        [Act(codes.VERDICTS[one.verdict], one.assignment, after={"basis": one.basis}) for one in turned],
        actor=actor,
    )
    return len(changed)


def _differs(one: Finding) -> bool:
    row = one.assignment
    return row.verdict != one.verdict.value or row.verdict_basis != one.basis
