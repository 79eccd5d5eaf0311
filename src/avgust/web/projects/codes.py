"""Acts on projects as the journal reads them. Who watches a risk may be a person, so that name is apart."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from avgust.web.audit import choice_values, declare, name_values
from avgust.web.projects.models import SOURCES

MADE: Final = declare("projects.made", _("%(actor)s made the measure a project."), personal=set())
GOAL: Final = declare("projects.goal", _("%(actor)s changed the result of the project."), personal=set())
UNMADE: Final = declare(
    "projects.unmade", _("%(actor)s took back that the measure is a project."), personal=set()
)
ADDED_MILESTONE: Final = declare(
    "projects.added_milestone", _("%(actor)s added the milestone “%(title)s”."), personal=set()
)
CHANGED_MILESTONE: Final = declare(
    "projects.changed_milestone", _("%(actor)s changed the milestone “%(title)s”."), personal=set()
)
REMOVED_MILESTONE: Final = declare(
    "projects.removed_milestone", _("%(actor)s removed the milestone “%(title)s”."), personal=set()
)
CLAIMED: Final = declare(
    "projects.claimed",
    _("%(actor)s reported the milestone “%(title)s” done on %(done_on)s; a second person decides."),
    personal=set(),
)
DOCUMENTED: Final = declare(
    "projects.documented",
    _("%(actor)s reported the milestone “%(title)s” done on %(done_on)s, with a document."),
    personal=set(),
)
ACCEPTED: Final = declare(
    "projects.accepted", _("%(actor)s accepted the milestone “%(title)s”."), personal=set()
)
RETURNED: Final = declare(
    "projects.returned", _("%(actor)s returned the report on the milestone “%(title)s”."), personal=set()
)
WITHDREW: Final = declare(
    "projects.withdrew", _("%(actor)s withdrew the report on the milestone “%(title)s”."), personal=set()
)
ADDED_LINE: Final = declare(
    "projects.added_line", _("%(actor)s added the line of the budget “%(title)s”."), personal=set()
)
CHANGED_LINE: Final = declare(
    "projects.changed_line", _("%(actor)s changed the line of the budget “%(title)s”."), personal=set()
)
REMOVED_LINE: Final = declare(
    "projects.removed_line", _("%(actor)s removed the line of the budget “%(title)s”."), personal=set()
)
ADDED_RISK: Final = declare(
    "projects.added_risk", _("%(actor)s added the risk “%(title)s”."), personal={"owner"}
)
CHANGED_RISK: Final = declare(
    "projects.changed_risk", _("%(actor)s changed the risk “%(title)s”."), personal={"owner"}
)
REMOVED_RISK: Final = declare(
    "projects.removed_risk", _("%(actor)s removed the risk “%(title)s”."), personal={"owner"}
)

PLAN_WRITTEN: Final = declare(
    "projects.plan_written",
    _("%(actor)s imported the plan “%(file)s”: %(counts)s."),
    personal=set(),
    title=_("a plan imported"),
    counts={"added": _("measures added %(added)s"), "changed": _("measures changed %(changed)s")},
)
PLAN_UNDONE: Final = declare(
    "projects.plan_undone",
    _("%(actor)s undid the import of the plan “%(file)s”: measures %(count)s, left as they are %(left)s."),
    personal=set(),
    title=_("the import of a plan undone"),
)

KEPT_ROADMAP: Final = declare(
    "projects.kept_roadmap", _("%(actor)s kept the roadmap “%(subject)s”."), personal=set()
)
DROPPED_ROADMAP: Final = declare(
    "projects.dropped_roadmap", _("%(actor)s deleted the roadmap “%(subject)s”."), personal=set()
)
APPLIED_ROADMAP: Final = declare(
    "projects.applied_roadmap",
    _("%(actor)s applied the roadmap “%(title)s” from %(start)s: milestones %(count)s."),
    personal=set(),
)

name_values(
    measures=_("measures"),
    goal=_("result of the project"),
    start=_("first day"),
    due=_("last day"),
    waits=_("waits for"),
    done_on=_("done on"),
    source=_("source of the money"),
    planned=_("planned"),
    allotted=_("allotted"),
    spent=_("spent"),
    probability=_("probability"),
    impact=_("impact"),
    owner=_("who watches it"),
    response=_("what is done about it"),
    state=_("state"),
)
choice_values(source=dict(SOURCES))
