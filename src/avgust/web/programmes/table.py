"""What a view of a programme shows: filters and order, as the address says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import OrderBy

from avgust.domain.periods import Period
from avgust.domain.resolutions.findings import finding_labels
from avgust.domain.resolutions.model import DeadlineKind, Theme
from avgust.web.programmes.models import Measure, MeasureExecutor
from avgust.web.programmes.tally import Alike

ORDERS: Final = {"number": "order", "executor": "executor_order", "due": "due", "theme": "theme"}
KINDS: Final = (
    DeadlineKind.RECURRING,
    DeadlineKind.PERMANENT,
    DeadlineKind.RELATIVE,
    DeadlineKind.CONDITIONAL,
    DeadlineKind.NONE,
)
DEFAULT_SORT: Final = "number"
PAST: Final = "past"  # the date has passed
SOON: Final = "soon"  # within the next `AHEAD` days
AHEAD: Final = timedelta(days=30)
NOBODY: Final = "none"  # in place of a theme or an executor: there is none
_NAMES: Final = {"words": "q", "since": "from", "until": "to"}  # fields that the address calls otherwise


@dataclass(frozen=True, slots=True)
class View:
    """A view of a programme, as the address says it. Unknown values are as if they were not there."""

    words: str = ""
    theme: str = ""
    executor: str = ""
    unit: int = 0  # an organisation on which the measures fall, by its name or by a role
    due: str = ""  # "2025-10", a kind without a date, "past" or "soon"
    since: date | None = None
    until: date | None = None
    finding: str = ""  # code of a kind of finding
    findings: bool = False
    section: int = 0  # any measure that stands in the section: its title may be longer than an address
    unclear: bool = False  # nobody answers, or it is not known which organisation does
    mine: bool = False  # what the reader's own organisations answer for
    sort: str = DEFAULT_SORT

    @classmethod
    def of(cls, given: Mapping[str, str]) -> View:
        """Read the view from a query string."""
        sort, due, theme = (given.get(name, "") for name in ("sort", "due", "theme"))
        finding = given.get("finding", "")
        return cls(
            words=given.get("q", "").strip()[:200],
            theme=theme if theme in set(Theme) or theme == NOBODY else "",
            executor=given.get("executor", "")[:500],
            unit=_number(given.get("unit", "")),
            due=due if due in _DUES or _month(due) else "",
            since=_day(given.get("from", "")),
            until=_day(given.get("to", "")),
            finding=finding if finding in finding_labels() else "",
            findings=given.get("findings") == "1",
            section=_number(given.get("section", "")),
            unclear=given.get("unclear") == "1",
            mine=given.get("mine") == "1",
            sort=sort if sort.removeprefix("-") in ORDERS else DEFAULT_SORT,
        )

    def query(self) -> dict[str, str]:
        """Return the view as a query string says it: what is as always is left out."""
        said = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                said[_NAMES.get(field.name, field.name)] = "1" if value is True else str(value)
        return said

    @property
    def filtered(self) -> bool:
        """True when the view leaves something out."""
        return self != replace(View(), sort=self.sort)

    @property
    def narrowed(self) -> bool:
        """True when the view leaves something out by more than the tallied columns."""
        return replace(self, **TALLIED).filtered  # type: ignore[arg-type]

    def counts(self, group: Alike, today: date) -> bool:
        """Return whether the view shows the measures of `group`, as far as the tallied columns say."""
        due = group.due
        return (
            (not self.theme or group.theme == ("" if self.theme == NOBODY else self.theme))
            and (not self.due or _is_due(self.due, group, today))
            and (self.since is None or (due is not None and due >= self.since))
            and (self.until is None or (due is not None and due <= self.until))
            and (not self.finding or f"|{self.finding}|" in group.findings)
            and (not self.findings or bool(group.findings))
            and (not self.unclear or group.unclear)
        )

    @property
    def grouped(self) -> bool:
        """True when rows stand under their sections: only in the order of the document."""
        return self.sort == DEFAULT_SORT

    def of_programme(
        self, measures: QuerySet[Measure], today: date, mine: Q, falls: Q | None = None
    ) -> QuerySet[Measure]:
        """Return the measures that the view shows, in its order.

        `mine` is what falls on the reader, `falls` what falls on the organisation of the view.
        """
        found = measures.search(self.words) if self.words else measures  # type: ignore[attr-defined]
        for condition in self._conditions(today, mine, falls):
            found = found.filter(condition)
        return found.order_by(*self._order())

    def _conditions(self, today: date, mine: Q, falls: Q | None) -> list[Q]:
        asked = {
            "theme": Q(theme="" if self.theme == NOBODY else self.theme),
            "executor": _named(self.executor),
            "unit": Q(pk__in=()) if falls is None else falls,
            "due": _due(self.due, today) if self.due else Q(),
            "since": Q(due__gte=self.since),
            "until": Q(due__lte=self.until),
            "finding": Q(finding_kinds__contains=f"|{self.finding}|"),
            "findings": Q(finding_count__gt=0),
            "section": Q(section=Subquery(Measure.objects.filter(pk=self.section).values("section")[:1])),
            "unclear": Q(unclear=True),
            "mine": mine,
        }
        return [condition for name, condition in asked.items() if getattr(self, name)]

    def _order(self) -> list[OrderBy | str]:
        """Return the order with the number last, so that equal rows never change places between pages."""
        key = self.sort.removeprefix("-")
        column = F(ORDERS[key])
        by = column.desc(nulls_last=True) if self.sort.startswith("-") else column.asc(nulls_last=True)
        return [by] if key == "number" else [by, "order"]


# The filters that the groups of a tally answer, with what they are when nothing is asked: `View.counts` says
# of a group what `View._conditions` asks of the database.
TALLIED: Final[dict[str, object]] = {
    "theme": "", "due": "", "since": None, "until": None, "finding": "", "findings": False, "unclear": False,
}  # fmt: skip
_KINDS_ASKED: Final = frozenset(kind.value for kind in KINDS)
_DUES: Final = {PAST, SOON, *_KINDS_ASKED}


def _named(executor: str) -> Q:
    """Return the condition on measures for which `executor` answers; "none" is nobody."""
    answering = MeasureExecutor.objects.answering()
    if executor == NOBODY:
        return ~Q(Exists(answering.filter(measure=OuterRef("pk"))))
    return Q(pk__in=answering.filter(name=executor).values("measure"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _month(text: str) -> Period | None:
    """Return the month «2025-10» names."""
    year, _, month = text.partition("-")
    if len(text) != 7 or not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and int(year)):
        return None
    return Period.month(int(year), int(month))


def month_of(due: str) -> date | None:
    """Return the first day of the month that a view asks for; None for a kind of deadline."""
    month = _month(due)
    return month.start if month else None


def _is_due(asked: str, group: Alike, today: date) -> bool:
    """Return what `_due` asks of the database."""
    if asked in _KINDS_ASKED:
        return group.kind == asked
    month = _month(asked)
    start, end = (month.start, month.end) if month else (today, today + AHEAD)
    if asked == PAST:
        start, end = date.min, today - timedelta(days=1)
    return group.due is not None and start <= group.due <= end


def _due(due: str, today: date) -> Q:
    if due == PAST:
        return Q(due__lt=today)
    if due == SOON:
        return Q(due__gte=today, due__lte=today + AHEAD)
    month = _month(due)
    return Q(due__gte=month.start, due__lte=month.end) if month else Q(deadline_kind=due)
