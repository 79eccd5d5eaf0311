"""When deadlines remind: named cases, and what holds for any deadline and any run of days."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.periods import Period, working_day
from avgust.domain.reminders import (
    Audience,
    Quiet,
    Step,
    escalated,
    ever_sends,
    may_send,
    planned,
    reminded,
    rules_on,
    steps_of,
)

RULES = rules_on(date(2026, 1, 1))
OWNER, CONTROLLER, ABOVE, _GIVER = Audience


PLANNED = {
    "two weeks before": (date(2026, 3, 26), Step(OWNER, -14), None, date(2026, 3, 12)),
    "three days before a Tuesday is a Saturday: on Friday": (
        date(2026, 3, 24),
        Step(OWNER, -3),
        None,
        date(2026, 3, 20),
    ),
    "a deadline on a Sunday reminds on Friday": (date(2026, 3, 22), Step(OWNER, 0), None, date(2026, 3, 20)),
    "a deadline in the holidays reminds before them": (
        date(2026, 1, 5),
        Step(OWNER, 0),
        None,
        date(2025, 12, 30),
    ),
    "the day after a Friday is Monday": (date(2026, 3, 20), Step(OWNER, 1), None, date(2026, 3, 23)),
    "three working days over the holidays of May": (
        date(2026, 5, 7),
        Step(CONTROLLER, 3),
        None,
        date(2026, 5, 13),
    ),
    "ten working days": (date(2026, 3, 20), Step(ABOVE, 10), None, date(2026, 4, 3)),
    "a week before a day of August is in July: before July": (
        date(2026, 8, 10),
        Step(OWNER, -14),
        RULES.pause,
        date(2026, 6, 30),
    ),
    "a deadline in July is said on its day": (
        date(2026, 7, 15),
        Step(OWNER, 0),
        RULES.pause,
        date(2026, 7, 15),
    ),
    "a week late in July is said in August": (
        date(2026, 7, 15),
        Step(OWNER, 7),
        RULES.pause,
        date(2026, 8, 3),
    ),
    "control has no July": (date(2026, 7, 15), Step(CONTROLLER, 3), RULES.pause, date(2026, 7, 20)),
}


@pytest.mark.parametrize(("due", "step", "pause", "expected"), PLANNED.values(), ids=PLANNED.keys())
def test_planned(due: date, step: Step, pause, expected: date) -> None:
    assert planned(due, step, pause) == expected


def test_steps_that_meet_are_one_reminder() -> None:
    found = reminded(Period.day(date(2025, 12, 30)), RULES)
    assert found[date(2026, 1, 5)] == {OWNER: Step(OWNER, 0)}  # three days before and the day itself


def test_a_week_that_was_missed_gives_the_latest_step() -> None:
    found = reminded(Period(date(2026, 3, 16), date(2026, 3, 25)), RULES)
    assert found[date(2026, 3, 24)] == {OWNER: Step(OWNER, 1)}


LEVELS = {
    "a school: its municipality, then the region": ([2, 1], False, 1, {CONTROLLER: 2, ABOVE: 1}),
    "a school, a programme of the municipality": ([2, 1], False, 2, {CONTROLLER: 2}),
    "an authority of a municipality: the region": ([2, 1], True, 1, {CONTROLLER: 1}),
    "an authority, its own programme": ([2, 1], True, 2, {}),
    "a ministry: nobody above": ([1], True, 1, {}),
    "a school of the region": ([1], False, 1, {CONTROLLER: 1}),
    "a programme of who is not above": ([2, 1], False, 9, {CONTROLLER: 2}),
    "nothing above": ([], False, 1, {}),
}


@pytest.mark.parametrize(("line", "authority", "adopter", "expected"), LEVELS.values(), ids=LEVELS.keys())
def test_levels(line: list[int], authority: bool, adopter: int, expected: dict[Audience, int]) -> None:
    assert escalated(line, authority=authority, adopter=adopter) == expected


at = datetime.fromisoformat
NIGHT = Quiet(time(20), time(8))
SENDING = {
    "at the hour": (at("2026-03-24 09:00"), [NIGHT], True),
    "before the hour": (at("2026-03-24 08:59"), [NIGHT], False),
    "at night": (at("2026-03-24 21:00"), [NIGHT], False),
    "on a Sunday": (at("2026-03-22 09:00"), [NIGHT], False),
    "on a holiday": (at("2026-06-12 09:00"), [NIGHT], False),
    "on a Saturday that is worked": (at("2025-11-01 09:00"), [NIGHT], True),
    "in the quiet of an organisation": (
        at("2026-03-24 09:00"),
        [NIGHT, Quiet(time(8), time(11))],
        False,
    ),
    "after it": (at("2026-03-24 11:00"), [NIGHT, Quiet(time(8), time(11))], True),
    "no quiet at all": (at("2026-03-24 23:00"), [Quiet(time(0), time(0))], True),
}


@pytest.mark.parametrize(("now", "quiet", "expected"), SENDING.values(), ids=SENDING.keys())
def test_sending(now: datetime, quiet: list[Quiet], expected: bool) -> None:
    assert may_send(now, 9, quiet) is expected


def test_hours_at_which_no_letter_would_ever_leave_are_told() -> None:
    assert ever_sends(9, [NIGHT])
    assert not ever_sends(21, [Quiet(time(20), time(8))])
    assert not ever_sends(9, [NIGHT, Quiet(time(7), time(20))])


def test_every_parameter_is_dated_and_has_its_basis() -> None:
    kept = tomllib.loads((files("avgust.domain.reminders") / "parameters.toml").read_text("utf-8"))
    for values in kept.values():
        for value in values:
            assert isinstance(value["since"], date)
            assert value["basis"] in {"practice", "law"}
            assert value["source"]


DUES = st.dates(date(2024, 2, 1), date(2027, 10, 31))
PAUSES = st.sampled_from([None, RULES.pause])


@given(DUES, PAUSES)
def test_never_on_a_day_off_and_always_once(due: date, pause) -> None:
    days = [planned(due, step, pause) for step in steps_of(RULES)]
    assert all(working_day(day) for day in days)
    assert planned(due, Step(OWNER, 0), pause) <= due < planned(due, Step(OWNER, 1), pause)
    if pause:
        quiet = [step for step, day in zip(steps_of(RULES), days, strict=True) if pause.covers(day)]
        assert {step.offset for step in quiet if step.audience is OWNER} <= pause.keep


@settings(max_examples=12, deadline=None)
@given(DUES, PAUSES, st.lists(st.integers(1, 14), min_size=15, max_size=25))
def test_any_run_of_days_reminds_each_step_at_most_once_and_each_deadline_of_it(due, pause, gaps) -> None:
    """The runs follow each other with gaps of some days, as a worker that is stopped now and then."""
    said: list[Step] = []
    start = due - timedelta(days=70)
    for gap in gaps:
        window = Period(start, start + timedelta(days=gap - 1))
        said += reminded(window, RULES, pause).get(due, {}).values()
        start = window.end + timedelta(days=1)
    assert len({step.code for step in said}) == len(said)
    if start > due + timedelta(days=45):
        # who gave an errand is told on the controller's day
        assert {step.audience for step in said} == {OWNER, CONTROLLER, ABOVE}
        owner = [step.offset for step in said if step.audience is OWNER]
        assert owner == sorted(owner)
        assert owner[-1] == max(RULES.after) or pause


@given(DUES, PAUSES)
@settings(max_examples=15, deadline=None)
def test_a_window_is_its_days_put_together(start: date, pause) -> None:
    window = Period(start, start + timedelta(days=4))
    whole = reminded(window, RULES, pause)
    days = [reminded(Period.day(start + timedelta(days=n)), RULES, pause) for n in range(5)]
    assert set(whole) == {due for day in days for due in day}
    for due, steps in whole.items():
        for audience, step in steps.items():
            last = [day[due][audience] for day in days if audience in day.get(due, {})][-1]
            assert step == last
