"""What may happen to an organisation: named cases, each refused by one named rule."""

from datetime import date

import pytest

from avgust.domain.territory import (
    Closed,
    Opened,
    Placed,
    Record,
    Renamed,
    fold,
    line_on,
    new_findings,
    parent_on,
    under,
)
from avgust.domain.territory.acts import merged, out_of_order, out_of_turn, redated, with_event, without
from avgust.domain.territory.fold import events_of, life_of

REGION, LAKE, MEADOW, SCHOOL, NURSERY, NEW = 1, 2, 3, 4, 5, 6
START, LAST, NEXT = date(2020, 9, 1), date(2025, 12, 31), date(2026, 1, 1)


def territory() -> dict[int, Record]:
    """A region with two municipalities, a school and a kindergarten in the first."""

    def record(unit: int, kind: str, name: str, parent: int | None) -> Record:
        placed = (Placed(START, parent),) if parent else ()
        return Record(unit, kind, name, events=(Opened(START), *placed))

    made = [
        record(REGION, "region", "Область", None),
        record(LAKE, "municipality", "Озёрский", REGION),
        record(MEADOW, "municipality", "Луговской", REGION),
        record(SCHOOL, "school", "Школа", LAKE),
        record(NURSERY, "kindergarten", "Сад", LAKE),
        Record(NEW, "school", "Новая школа", events=(Opened(NEXT), Placed(NEXT, LAKE))),
    ]
    return {one.unit: one for one in made}


GOOD = {
    "a move": (SCHOOL, Placed(NEXT, MEADOW)),
    "a closing": (SCHOOL, Closed(LAST)),
    "a merger": (NURSERY, Closed(LAST, SCHOOL)),
    "a merger into what opens the day after": (NURSERY, Closed(LAST, NEW)),
    "a branch of a school": (NURSERY, Placed(NEXT, SCHOOL)),
    "a new name": (SCHOOL, Renamed(NEXT, "Гимназия")),
}


@pytest.mark.parametrize(("unit", "event"), GOOD.values(), ids=GOOD.keys())
def test_what_can_be(unit, event) -> None:
    before = territory()
    assert fold(before.values())[1] == []
    assert new_findings(before.values(), with_event(before, unit, event).values()) == []


WRONG = {
    "before opening": (SCHOOL, Placed(date(2019, 1, 1), MEADOW)),
    "parent does not work": (SCHOOL, Placed(date(2025, 6, 1), NEW)),
    "two places on a day": (SCHOOL, Placed(START, MEADOW)),
    "same place": (SCHOOL, Placed(NEXT, LAKE)),
    "under itself": (LAKE, Placed(NEXT, SCHOOL)),
    "wrong level": (LAKE, Placed(NEXT, MEADOW)),
    "has members": (LAKE, Closed(LAST)),
    "own successor": (SCHOOL, Closed(LAST, SCHOOL)),
    "successor does not work": (SCHOOL, Closed(date(2025, 6, 1), NEW)),
    "successor of another kind": (SCHOOL, Closed(LAST, MEADOW)),
    "closes before opening": (NEW, Closed(date(2025, 1, 1))),
    "same name": (SCHOOL, Renamed(NEXT, "Школа")),
    "no name": (SCHOOL, Renamed(NEXT, "")),
    "two names on a day": (SCHOOL, Renamed(NEXT, "Гимназия"), Renamed(NEXT, "Лицей")),
    "after closing": (SCHOOL, Closed(LAST), Placed(NEXT, MEADOW)),
}


@pytest.mark.parametrize("rule", WRONG)
def test_what_cannot_be(rule: str) -> None:
    unit, *events = WRONG[rule]
    before = territory()
    found = new_findings(before.values(), with_event(before, unit, *events).values())
    assert rule in {finding.rule for finding in found}
    for finding in found:
        assert finding.message.render("ru")


def test_old_faults_hinder_no_new_act() -> None:
    broken = with_event(territory(), LAKE, Closed(LAST))
    assert fold(broken.values())[1]
    after = with_event(broken, MEADOW, Renamed(NEXT, "Луговский"))
    assert new_findings(broken.values(), after.values()) == []


def test_municipalities_merge_with_what_stands_in_them() -> None:
    before = territory()
    after = merged(before, [LAKE], MEADOW, LAST, "закон")
    # The school that was to open in the closed municipality is named: its place has to be decided first.
    assert {finding.rule for finding in new_findings(before.values(), after.values())} == {
        "parent does not work",
        "has members",
    }
    ready = without(before, NEW, Placed(NEXT, LAKE))
    after = merged(ready, [LAKE], MEADOW, LAST, "закон")
    lives, findings = fold(after.values())
    assert findings == []
    assert parent_on(lives, SCHOOL, LAST) == LAKE
    assert parent_on(lives, SCHOOL, NEXT) == MEADOW
    assert line_on(lives, SCHOOL, NEXT) == [REGION, MEADOW]
    assert under(lives, MEADOW, NEXT) == {MEADOW, SCHOOL, NURSERY}
    assert (lives[LAKE].closed, lives[LAKE].successor) == (LAST, MEADOW)


def test_what_closes_on_the_same_day_is_no_member_any_more() -> None:
    before = territory()
    both = with_event(without(before, NEW, Placed(NEXT, LAKE)), SCHOOL, Closed(LAST))
    both = with_event(with_event(both, NURSERY, Closed(LAST)), LAKE, Closed(LAST, MEADOW))
    assert fold(both.values())[1] == []


def test_undoing_what_others_need_is_found() -> None:
    move = Placed(NEXT, MEADOW)
    moved = with_event(without(territory(), NEW, Placed(NEXT, LAKE)), SCHOOL, move)
    moved = with_event(moved, NURSERY, Closed(LAST))
    closed = with_event(moved, LAKE, Closed(LAST, MEADOW))
    assert fold(closed.values())[1] == []
    back = without(closed, SCHOOL, move)
    assert [one.rule for one in new_findings(closed.values(), back.values())] == ["has members"]


def test_a_corrected_opening_takes_the_first_place_along() -> None:
    earlier = date(1974, 9, 1)
    before = territory()
    after = redated(before, SCHOOL, Opened(START), earlier)
    assert life_of(after[SCHOOL]).places[0].since == earlier
    assert [one.rule for one in new_findings(before.values(), after.values())] == ["parent does not work"]


def test_a_corrected_date_keeps_its_turn() -> None:
    move, back = Placed(NEXT, MEADOW), Placed(date(2026, 6, 1), LAKE)
    record = with_event(territory(), SCHOOL, move, back)[SCHOOL]
    assert not out_of_order(record, move, date(2026, 5, 31))
    assert out_of_order(record, move, date(2026, 6, 1))
    assert out_of_order(record, move, START)
    assert not out_of_order(record, back, date(2030, 1, 1))


def test_an_act_comes_after_what_is_recorded() -> None:
    record = with_event(territory(), SCHOOL, Placed(NEXT, MEADOW))[SCHOOL]
    assert out_of_turn(record, Placed(LAST, LAKE))
    assert out_of_turn(record, Placed(NEXT, LAKE))
    assert not out_of_turn(record, Placed(date(2026, 2, 1), LAKE))
    assert not out_of_turn(record, Closed(date(2026, 2, 1)))
    assert out_of_turn(with_event({SCHOOL: record}, SCHOOL, Closed(NEXT))[SCHOOL], Closed(NEXT))


def test_names_are_of_their_dates() -> None:
    record = with_event(territory(), SCHOOL, Renamed(NEXT, "Гимназия", "Г"))[SCHOOL]
    life = life_of(record)
    assert [life.name_on(day).name for day in (date(1990, 1, 1), LAST, NEXT)] == [
        "Школа",
        "Школа",
        "Гимназия",
    ]


def test_a_life_is_its_events() -> None:
    record = with_event(
        territory(), SCHOOL, Placed(NEXT, MEADOW, "закон"), Closed(date(2026, 8, 31), NURSERY, "приказ")
    )[SCHOOL]
    life = life_of(record)
    assert set(events_of(life)) == set(record.events)
    assert [(place.parent, place.until) for place in life.places] == [
        (LAKE, LAST),
        (MEADOW, date(2026, 8, 31)),
    ]
