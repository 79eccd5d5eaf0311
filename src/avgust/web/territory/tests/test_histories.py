"""Random histories: whoever stands where on a day is one and the same by three ways of asking.

The ways: the recursive SQL of `places`, the walk of `parent_on` and `line_on`, and the fold of events that
the test itself kept, apart from the database.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avgust.domain.territory import Closed, Opened, Placed, Record, fold, line_on, parent_on, under
from avgust.domain.territory.acts import merged, with_event, without
from avgust.web.territory import actions, amending
from avgust.web.territory.models import Membership, Unit

START = date(2020, 1, 1)
PLACES, ORGANISATIONS = 2, 3
DAYS = [START + timedelta(days=30 * n) for n in range(14)]

day = st.sampled_from(DAYS[1:])
place = st.integers(0, PLACES - 1)
anything = st.integers(0, PLACES + ORGANISATIONS + 1)
act = st.one_of(
    st.tuples(st.just("open"), place, day),
    st.tuples(st.just("move"), anything, anything, day),
    st.tuples(st.just("close"), anything, day),
    st.tuples(st.just("merge"), anything, anything, day),
    st.tuples(st.just("merge"), place, place, day),
    st.tuples(st.just("undo"), anything),
)


class History:
    """A territory in the database, and the same one as events kept by the test."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.records: dict[int, Record] = {}
        self.region = self._made("region", None)
        for _ in range(PLACES):
            self.units.append(self._made("municipality", self.region))
        for number in range(ORGANISATIONS):
            self.units.append(self._made("school", self.units[number % PLACES]))

    def _made(self, kind: str, parent: Unit | None, since: date = START) -> Unit:
        unit = Unit(kind=kind, name=f"{kind} {len(self.records)}")
        actions.add_unit(unit, parent=parent, since=since, actor=None)
        placed = (Placed(since, parent.pk),) if parent else ()
        self.records[unit.pk] = Record(unit.pk, kind, unit.name, events=(Opened(since), *placed))
        return unit

    def do(self, what: str, *rest: Any) -> None:
        """Do the act; one that the rules refuse leaves no trace."""
        try:
            with transaction.atomic():
                getattr(self, f"do_{what}")(*rest)
        except ValidationError:
            pass

    def unit(self, number: int) -> Unit:
        return self.units[number % len(self.units)]

    def do_open(self, number: int, since: date) -> None:
        self.units.append(self._made("school", self.units[number], since))

    def do_move(self, number: int, other: int, since: date) -> None:
        unit, parent = self.unit(number), self.unit(other)
        actions.move_unit(unit, parent=parent, since=since, actor=None)
        self.records = with_event(self.records, unit.pk, Placed(since, parent.pk))

    def do_close(self, number: int, closed: date) -> None:
        unit = self.unit(number)
        actions.close_unit(unit, closed=closed, actor=None)
        self.records = with_event(self.records, unit.pk, Closed(closed))

    def do_merge(self, number: int, other: int, closed: date) -> None:
        unit, successor = self.unit(number), self.unit(other)
        actions.merge_units([unit], successor=successor, closed=closed, actor=None)
        self.records = merged(self.records, [unit.pk], successor.pk, closed)

    def do_undo(self, number: int) -> None:
        unit = self.unit(number)
        event = self.records[unit.pk].events[-1]
        if isinstance(event, Placed | Closed):
            amending.undo_event(unit, event, actor=None, reason="ошибка")
            self.records = without(self.records, unit.pk, event)


@pytest.mark.django_db
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(act, min_size=4, max_size=10))
def test_three_ways_of_asking_agree(acts: list[Any]) -> None:
    with transaction.atomic():
        history = History()
        for one in acts:
            history.do(*one)
        lives, findings = fold(history.records.values())
        assert findings == []
        _agree(history, lives)
        transaction.set_rollback(True)


def _agree(history: History, lives: Any) -> None:
    """Compare on the first day of every place and on the day after its last one, where answers change."""
    units = Unit.objects.in_bulk()
    assert units.keys() == lives.keys()
    ends = {end + timedelta(days=1) for end in Membership.objects.values_list("until", flat=True) if end}
    for on in sorted(ends | set(Membership.objects.values_list("since", flat=True))):
        assert set(Unit.objects.on(on)) == {units[pk] for pk in units if lives[pk].works_on(on)}
        standing = dict(Unit.objects.with_parent(on).values_list("pk", "parent_on_day"))
        assert standing == {pk: parent_on(lives, pk, on) for pk in units}
        for top in (history.region, history.units[0]):
            by_sql = set(Unit.objects.under(top, on).values_list("pk", flat=True))
            assert by_sql == under(lives, top.pk, on)
        for unit in (history.units[PLACES], history.units[-1]):
            held = unit.parent_on(on)
            assert (held.pk if held else None) == parent_on(lives, unit.pk, on)
            assert [above.pk for above in unit.line_on(on)] == line_on(lives, unit.pk, on)
