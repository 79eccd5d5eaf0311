"""When a deadline reminds, whom, and when a letter may be sent: rules with dated parameters, no clock."""

from avgust.domain.reminders.delivery import Quiet, ever_sends, may_send
from avgust.domain.reminders.levels import escalated
from avgust.domain.reminders.parameters import Pause, Rules, rules_on
from avgust.domain.reminders.schedule import Audience, Step, planned, reminded, steps_of

__all__ = [
    "Audience",
    "Pause",
    "Quiet",
    "Rules",
    "Step",
    "escalated",
    "ever_sends",
    "may_send",
    "planned",
    "reminded",
    "rules_on",
    "steps_of",
]
