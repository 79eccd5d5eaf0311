"""Lines of the budget and risks: put and removed, each with its ground."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.db import transaction

from avgust.domain.messages import Message, mark
from avgust.domain.planning.money import MoneyError, Source, amount_of
from avgust.domain.planning.risks import SCALE
from avgust.web.audit import record
from avgust.web.documents.actions import Refused
from avgust.web.projects import codes
from avgust.web.projects.actions.projects import LONGEST, NO_CHANGE, edited, fresh, ground_of
from avgust.web.projects.models import BudgetLine, Project, Risk

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.audit import LogCode

Row = TypeVar("Row", BudgetLine, Risk)
MOST: Final = 200  # rows of each kind in a project


@dataclass(frozen=True, slots=True)
class LineWords:
    """A line of the budget as it is typed; sums are words."""

    source: str
    title: str
    planned: str = ""
    allotted: str = ""
    spent: str = ""

    def values(self) -> dict[str, Any]:
        """Return the columns. Raises Refused for what is no line."""
        if self.source not in set(Source):
            raise Refused(Message(mark("Choose whose money it is.")))
        title = " ".join(self.title.split())[:300]
        if not title:
            raise Refused(Message(mark("Say what the money is for.")))
        sums = {name: _amount(getattr(self, name)) for name in ("planned", "allotted", "spent")}
        return {"source": self.source, "title": title, **sums}


def _amount(words: str) -> Decimal:
    try:
        return amount_of(words)
    except MoneyError as error:
        raise Refused(error.message) from error


@dataclass(frozen=True, slots=True)
class RiskWords:
    """A risk as it is typed."""

    title: str
    probability: int
    impact: int
    owner: str
    response: str
    state: str = Risk.State.OPEN.value

    def values(self) -> dict[str, Any]:
        """Return the columns. Raises Refused for what is no risk."""
        found = asdict(self) | {
            name: " ".join(getattr(self, name).split()) for name in ("title", "owner", "response")
        }
        if not found["title"]:
            raise Refused(Message(mark("Say what may go wrong.")))
        if self.probability not in SCALE or self.impact not in SCALE:
            raise Refused(Message(mark("Probability and impact are from 1 to 5.")))
        if not (found["owner"] and found["response"]):
            raise Refused(Message(mark("Name who watches the risk and what is done about it.")))
        if self.state not in Risk.State.values:
            raise Refused(Message(mark("Choose what became of the risk.")))
        limits = {"title": 500, "owner": 300, "response": LONGEST}
        return found | {name: found[name][:most] for name, most in limits.items()}


def put_line(
    project: Project,
    said: LineWords,
    *,
    actor: User,
    reason: str,
    line: BudgetLine | None = None,
    seen: int = 0,
) -> BudgetLine:
    """Add a line of the budget, or change one."""
    pair = (codes.ADDED_LINE, codes.CHANGED_LINE)
    return _put(project, line or BudgetLine(project=project), said, pair, actor, reason, seen)


def put_risk(
    project: Project, said: RiskWords, *, actor: User, reason: str, risk: Risk | None = None, seen: int = 0
) -> Risk:
    """Add a risk, or change one: also that it happened or is over."""
    pair = (codes.ADDED_RISK, codes.CHANGED_RISK)
    return _put(project, risk or Risk(project=project), said, pair, actor, reason, seen)


@transaction.atomic
def _put(
    project: Project,
    row: Row,
    said: LineWords | RiskWords,
    pair: tuple[LogCode, LogCode],
    actor: User,
    reason: str,
    seen: int,
) -> Row:
    """Write a row with what was said; `pair` are the codes of adding and of changing."""
    locked, ground, values = edited(project, actor), ground_of(reason), said.values()
    added, before = row.pk is None, None
    if added:
        _require_room(locked, row)
    else:
        row = fresh(row, seen)
        before = _kept(row)
        if before == values:
            raise Refused(NO_CHANGE)
        row.version += 1
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    code = pair[0] if added else pair[1]
    record(actor=actor, code=code, subject=locked.measure, before=before, after=values, reason=ground)
    return row


def _require_room(project: Project, row: BudgetLine | Risk) -> None:
    if type(row)._default_manager.filter(project=project).count() >= MOST:
        raise Refused(Message(mark("A project holds up to %(most)s rows of this kind."), {"most": MOST}))


@transaction.atomic
def remove_part(part: BudgetLine | Risk, *, actor: User, reason: str, seen: int) -> None:
    """Remove a row that was put by mistake; the journal keeps it."""
    locked = edited(part.project, actor)
    ground, row = ground_of(reason), fresh(part, seen)
    code = codes.REMOVED_LINE if isinstance(row, BudgetLine) else codes.REMOVED_RISK
    before, after = _kept(row), {"title": row.title}
    record(actor=actor, code=code, subject=locked.measure, before=before, after=after, reason=ground)
    row.delete()


_COLUMNS: Final = {
    BudgetLine: ("source", "title", "planned", "allotted", "spent"),
    Risk: ("title", "probability", "impact", "owner", "response", "state"),
}


def _kept(row: BudgetLine | Risk) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _COLUMNS[type(row)]}
