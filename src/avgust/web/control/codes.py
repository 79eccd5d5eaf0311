"""Acts of control as the journal reads them. A reason may speak about people, so erasure blanks it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from avgust.domain.control.errands import ErrandAct
from avgust.domain.control.states import Act
from avgust.domain.proof import Verdict
from avgust.web.audit import LogCode, choice_values, declare
from avgust.web.control.models import Evidence

ASSIGNED = declare(
    "control.assigned",
    _("%(actor)s brought the assignments of “%(subject)s” in line: %(counts)s."),
    personal=set(),
    counts={
        "added": _("%(added)s added"),
        "passed": _("%(passed)s passed on"),
        "cancelled": _("%(cancelled)s cancelled"),
        "reinstated": _("%(reinstated)s reinstated"),
        "redated": _("%(redated)s with a new deadline"),
    },
)
REQUIRED = declare(
    "control.required", _("%(actor)s said what proves “%(subject)s”: %(words)s."), personal=set()
)
# A file may be called by the name of a person.
EVIDENCE_ADDED = declare(
    "control.evidence_added", _("%(actor)s added “%(evidence)s” to “%(subject)s”."), personal={"evidence"}
)
EVIDENCE_REMOVED = declare(
    "control.evidence_removed",
    _("%(actor)s took “%(evidence)s” out of “%(subject)s”."),
    personal={"evidence"},
)
ERRAND_GIVEN = declare(
    "control.errand_given",
    _("%(actor)s gave an errand on “%(subject)s” to %(to)s: %(words)s"),
    personal={"to", "words"},
)
ERRANDS: Final[dict[ErrandAct, LogCode]] = {
    act: declare(f"control.errand_{act.value}", sentence, personal={"words", "subject"})
    for act, sentence in (
        (ErrandAct.FINISH, _("%(actor)s finished the errand “%(subject)s”: %(words)s")),
        (ErrandAct.ACCEPT, _("%(actor)s accepted the errand “%(subject)s”.")),
        (ErrandAct.RETURN, _("%(actor)s returned the errand “%(subject)s”: %(words)s")),
        (ErrandAct.WITHDRAW, _("%(actor)s took back the errand “%(subject)s”.")),
    )
}

ACTS: Final[dict[Act, LogCode]] = {
    act: declare(f"control.{act.value}", sentence, personal={"reason"})
    for act, sentence in (
        (Act.START, _("%(actor)s named the day of the event: %(event_on)s. The assignment is due %(due)s.")),
        (Act.REMIND, _("%(actor)s reminded of “%(subject)s”.")),
        (Act.REPORT, _("%(actor)s sent a report on “%(subject)s”.")),
        (Act.WITHDRAW, _("%(actor)s withdrew the report on “%(subject)s”.")),
        (Act.INTERIM, _("%(actor)s informed about the course of “%(subject)s”: %(reason)s")),
        (Act.ACCEPT, _("%(actor)s accepted the report on “%(subject)s”.")),
        (Act.RETURN, _("%(actor)s returned the report on “%(subject)s” for rework: %(reason)s")),
        (Act.REOPEN, _("%(actor)s took back the acceptance of “%(subject)s”: %(reason)s")),
        (Act.ASK_EXTENSION, _("%(actor)s asked to extend “%(subject)s” until %(asked)s: %(reason)s")),
        (Act.GRANT_EXTENSION, _("%(actor)s extended “%(subject)s” until %(due)s.")),
        (Act.REFUSE_EXTENSION, _("%(actor)s refused to extend “%(subject)s”: %(reason)s")),
        (Act.SUSPEND, _("%(actor)s suspended “%(subject)s”: %(reason)s")),
        (Act.RESUME, _("%(actor)s resumed “%(subject)s”.")),
        (Act.TAKE_OFF, _("%(actor)s took “%(subject)s” off control: %(reason)s")),
        (Act.PUT_BACK, _("%(actor)s put “%(subject)s” back on control: %(reason)s")),
        (Act.CANCEL, _("%(actor)s cancelled “%(subject)s”: %(reason)s")),
        (Act.REINSTATE, _("%(actor)s put the cancelled “%(subject)s” on control again.")),
        (Act.PASS_ON, _("“%(subject)s” was passed on to %(heir)s.")),
    )
}

VERDICTS: Final[dict[Verdict, LogCode]] = {
    verdict: declare(f"control.data_{verdict.name.lower()}", sentence, personal=set())
    for verdict, sentence in (
        (Verdict.MET, _("Data prove “%(subject)s”.")),
        (Verdict.CONTRADICTED, _("Data contradict “%(subject)s”.")),
        (Verdict.NONE, _("Data say nothing of “%(subject)s” any more.")),
    )
}

_EVIDENCE: Final = dict(Evidence.Kind.choices)
choice_values(words=_EVIDENCE, kinds=_EVIDENCE)
