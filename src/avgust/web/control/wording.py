"""An assignment in words: its state of proof, its period, its history."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avgust.domain.control.states import Act, Status
from avgust.web.control.assigning import REDATED
from avgust.web.ui import dates

if TYPE_CHECKING:
    from avgust.web.control.models import Assignment, Step

_QUARTERS: Final = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_PART: Final = re.compile(r"(\d{4})-([QH])(\d)\+?")


def period_of(assignment: Assignment) -> str:
    """Return for which period the assignment is owed («октябрь 2025», «IV квартал 2025 г.»); "" for one."""
    key = assignment.occurrence
    if not key:
        return ""
    part = _PART.fullmatch(key)
    if part is None:
        month = re.fullmatch(r"\d{4}-\d\d\+?", key)
        return date_format(assignment.due or assignment.starts, "F Y").lower() if month else key.rstrip("+")
    year, kind, number = part.groups()
    if kind == "Q":
        return _("quarter %(number)s of %(year)s") % {"number": _QUARTERS[number], "year": year}
    return _("half-year %(number)s of %(year)s") % {"number": number, "year": year}


_LEDES: Final[dict[Status, str | Promise]] = {
    Status.WAITING: gettext_lazy(
        "The assignment waits for its event; the deadline is counted from that day."
    ),
    Status.OPEN: gettext_lazy("Nothing is reported yet; due %(due)s, %(distance)s."),
    Status.REPORTED: gettext_lazy("The report was sent on %(since)s and waits for acceptance."),
    Status.RETURNED: gettext_lazy(
        "The report was returned for rework on %(since)s; due %(due)s, %(distance)s."
    ),
    Status.ACCEPTED: gettext_lazy("The report was accepted on %(since)s."),
    Status.SUSPENDED: gettext_lazy("The assignment is suspended since %(since)s."),
    Status.REMOVED: gettext_lazy("The assignment was taken off control on %(since)s without being done."),
    Status.CANCELLED: gettext_lazy("The assignment was cancelled on %(since)s."),
    Status.PASSED_ON: gettext_lazy("The assignment was passed on to the successor on %(since)s."),
}
_LATE: Final = gettext_lazy("Nothing is reported, and the deadline has passed: %(due)s, %(distance)s.")


def lede_of(assignment: Assignment, today: date) -> str:
    """Return the sentence that the card begins with."""
    late = assignment.state is Status.OPEN and assignment.late_on(today)
    return str(_LATE if late else _LEDES[assignment.state]) % {
        "since": dates.long(assignment.since),
        "due": dates.long(assignment.due) if assignment.due else "",
        "distance": dates.distance(assignment.due, today) if assignment.due else "",
    }


_STEPS: Final[dict[str, str | Promise]] = {
    Act.START: gettext_lazy("the event has come; the assignment is due %(after)s."),
    Act.REPORT: gettext_lazy("the report is sent."),
    Act.WITHDRAW: gettext_lazy("the report is withdrawn."),
    Act.INTERIM: gettext_lazy("interim information."),
    Act.ACCEPT: gettext_lazy("the report is accepted."),
    Act.RETURN: gettext_lazy("the report is returned for rework."),
    Act.REOPEN: gettext_lazy("the acceptance is taken back."),
    Act.ASK_EXTENSION: gettext_lazy("an extension until %(after)s is asked for."),
    Act.GRANT_EXTENSION: gettext_lazy("extended until %(after)s; it was due %(before)s."),
    Act.REFUSE_EXTENSION: gettext_lazy("the extension is refused."),
    Act.REMIND: gettext_lazy("a reminder is sent."),
    Act.SUSPEND: gettext_lazy("the assignment is suspended."),
    Act.RESUME: gettext_lazy("the assignment is resumed."),
    Act.TAKE_OFF: gettext_lazy("the assignment is taken off control."),
    Act.PUT_BACK: gettext_lazy("the assignment is back on control."),
    Act.CANCEL: gettext_lazy("the assignment is cancelled."),
    Act.REINSTATE: gettext_lazy("the assignment is on control again."),
    Act.PASS_ON: gettext_lazy("the assignment is passed on to the successor."),
    REDATED: gettext_lazy("the measure has another deadline: %(after)s instead of %(before)s."),
    "data_met": gettext_lazy("data prove it."),
    "data_contra": gettext_lazy("data contradict it."),
    "data_none": gettext_lazy("data say nothing of it any more."),
}


def step_words(step: Step) -> str:
    """Return what happened, as a sentence without who did it."""
    days = {
        "before": dates.long(step.due_before) if step.due_before else _("without a date"),
        "after": dates.long(step.due_after) if step.due_after else _("without a date"),
    }
    return str(_STEPS[step.act]) % days
