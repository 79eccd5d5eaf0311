"""Writes of projects, one file a noun; each act checks the right and stands in the journal."""

from avgust.web.projects.actions.doing import (
    accept_milestone,
    may_report,
    report_milestone,
    return_milestone,
    why_not_accept,
    withdraw_report,
)
from avgust.web.projects.actions.milestones import (
    MilestoneWords,
    Wait,
    network_of,
    put_milestone,
    remove_milestone,
)
from avgust.web.projects.actions.parts import LineWords, RiskWords, put_line, put_risk, remove_part
from avgust.web.projects.actions.projects import (
    Overtaken,
    make_project,
    may_edit,
    set_goal,
    unmake_project,
)

__all__ = [
    "LineWords",
    "MilestoneWords",
    "Overtaken",
    "RiskWords",
    "Wait",
    "accept_milestone",
    "make_project",
    "may_edit",
    "may_report",
    "network_of",
    "put_line",
    "put_milestone",
    "put_risk",
    "remove_milestone",
    "remove_part",
    "report_milestone",
    "return_milestone",
    "set_goal",
    "unmake_project",
    "why_not_accept",
    "withdraw_report",
]
