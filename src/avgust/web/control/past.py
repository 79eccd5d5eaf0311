"""Assignments as they stood at the end of a day: told by their steps, for reports of any date."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Case, CharField, DateField, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from avgust.domain.control.states import Act, Status
from avgust.web.control.assigning import REDATED
from avgust.web.control.models import AssignmentQuerySet, Step

_DATING = (Act.GRANT_EXTENSION.value, Act.START.value, REDATED)


def as_of(rows: AssignmentQuerySet, day: date) -> AssignmentQuerySet:
    """Annotate assignments with `status_then` and `due_then`, as of the end of `day`.

    Before its first step an assignment is on control, or waits for its event; its deadline is the first one.
    """
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    steps = Step.objects.filter(assignment=OuterRef("pk"), at__lt=end).order_by("-pk")
    dated = steps.filter(act__in=_DATING).values("due_after")[:1]
    untouched = Case(
        When(first_due=None, then=Value(Status.WAITING.value)),
        default=Value(Status.OPEN.value),
        output_field=CharField(),
    )
    return rows.annotate(
        status_then=Coalesce(Subquery(steps.values("status")[:1]), untouched),
        due_then=Coalesce(Subquery(dated), F("first_due"), output_field=DateField()),
    )
