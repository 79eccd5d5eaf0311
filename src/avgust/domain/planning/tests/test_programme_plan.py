"""The plan of a programme as a package: read whole or refused with its place, and moved to another year."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.periods import Period, working_day
from avgust.domain.planning.package_reading import RoadmapError
from avgust.domain.planning.plan_table import Column, lines_of
from avgust.domain.planning.programme_plan import (
    is_plan,
    plan_of,
    plan_package,
    read_plan,
    renumbered,
    reworded,
    sheet_of,
    start_in,
    write_plan,
    years_named,
)
from avgust.domain.planning.relative import dated, day_in, deadline_in, deadline_package, relative_day
from avgust.domain.planning.roadmap import dated_stages
from avgust.domain.resolutions.export.wording import deadline_text
from avgust.domain.resolutions.model import Deadline, DeadlineKind

MADE_FOR, NEXT = Period.school_year(2025), Period.school_year(2026)
K = DeadlineKind

STAGES = [
    {"key": "a", "title": "Положение утверждено", "offset": 0, "days": 10},
    {"key": "b", "title": "Смотр проведён", "offset": 12, "days": 3, "after": [{"key": "a", "lag": 2}]},
]
MEASURE = {
    "number": "2.1",
    "section": "Наставничество в 2025/2026 учебном году",
    "text": "Провести смотр до 1 апреля 2026 года",
    "theme": "staff",
    "deadline": {"kind": "date", "end": "1-04-01", "text": "до 1 апреля 2026 года"},
    "executors": ["Управление образования"],
    "project": {
        "goal": "Смотр прошёл",
        "start": "0-11-01",
        "stages": STAGES,
        "budget": [{"source": "regional", "title": "Призы", "planned": "1 250,5"}],
        "risks": [
            {"title": "Мало заявок", "probability": 2, "impact": 3, "owner": "отдел", "response": "напомнить"}
        ],
    },
}


def package(*measures: Any, **changes: Any) -> bytes:
    value = {"format": "avgust.plan", "version": 2, "code": "p-1", "title": "План", "year": "2025/2026"}
    return json.dumps({**value, "measures": list(measures) or [MEASURE], **changes}).encode()


def measure(**changes: Any) -> dict[str, Any]:
    return {**MEASURE, **changes}


def test_it_reads_back_the_same() -> None:
    found = read_plan(package())
    assert is_plan(plan_package(found))
    assert plan_of(plan_package(found)) == found == read_plan(write_plan(found))
    assert (found.projects, found.measures[0].project.stages[1].after[0].lag) == (1, 2)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"", "avgust.plan"),
        (b"[]", "avgust.plan"),
        (b"[" * 9_000, "avgust.plan"),
        (b" " * 8_000_001, "avgust.plan"),
        (package(version=3), "avgust.plan"),
        (package(owner="x"), "avgust.plan"),
        (package(year="2025/2027"), "year"),
        (package(title=""), "title"),
        (package(measures=[]), "measures"),
        (package(measures=[5]), "measures[0]"),
        (package(measure(text=" ")), "measures[0].text"),
        (package(MEASURE, measure(text=5)), "measures[1].text"),
        (package(measure(theme="sport")), "measures[0].theme"),
        (package(measure(deadline={"kind": "soon"})), "measures[0].deadline.kind"),
        (package(measure(deadline={"kind": "date", "end": "2026-04-01"})), "measures[0].deadline.end"),
        (package(measure(deadline={"kind": "date", "end": "1-13-01"})), "measures[0].deadline.end"),
        (
            package(measure(deadline={"kind": "none", "then": {"kind": "x"}})),
            "measures[0].deadline.then.kind",
        ),
        (package(measure(executors="отдел")), "measures[0].executors"),
        (package(measure(executors=[""])), "measures[0].executors[0]"),
        (package(measure(project={"start": "0-11-01", "stages": 5})), "measures[0].project.stages"),
        (package(measure(project={"start": "9", "stages": STAGES})), "measures[0].project.start"),
        (
            package(measure(project={"start": "0-11-01", "stages": [STAGES[1]]})),
            "measures[0].project.stages[0].after",
        ),
    ],
)
def test_what_is_no_package_says_where(data: bytes, where: str) -> None:
    with pytest.raises(RoadmapError) as caught:
        read_plan(data)
    assert caught.value.message.params["where"] == where


@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(
        lambda value: json.dumps(value).encode()
    )
)
def test_nothing_but_its_own_error_comes_of_any_bytes(data: bytes) -> None:
    with pytest.raises(RoadmapError):
        read_plan(data)


MOVED = (
    ("a day of the second half", date(2026, 4, 1), "1-04-01", date(2027, 4, 1)),
    ("a day of the first half", date(2025, 9, 5), "0-09-05", date(2026, 9, 5)),
    ("before the year began", date(2025, 8, 28), "0-08-28", date(2026, 8, 28)),
    ("years ahead", date(2028, 6, 1), "3-06-01", date(2029, 6, 1)),
    ("the year before", date(2024, 12, 31), "-1-12-31", date(2025, 12, 31)),
)


@pytest.mark.parametrize("case", MOVED, ids=[case[0] for case in MOVED])
def test_a_day_keeps_its_place_in_the_year(case: tuple[str, date, str, date]) -> None:
    _name, day, kept, moved = case
    assert relative_day(day, MADE_FOR) == kept
    assert day_in(kept, NEXT) == moved
    assert day_in(kept, MADE_FOR) == day


def test_the_29th_of_february_is_the_28th_where_there_is_none() -> None:
    leap = Period.school_year(2027)
    kept = relative_day(date(2028, 2, 29), leap)
    assert (day_in(kept, leap), day_in(kept, MADE_FOR)) == (date(2028, 2, 29), date(2026, 2, 28))


DEADLINES = (
    Deadline(),
    Deadline(K.DATE, end=date(2025, 10, 1), text="до 1 октября 2025 года"),
    Deadline(K.INTERVAL, start=date(2025, 11, 1), end=date(2025, 11, 30)),
    Deadline(K.RECURRING, every="P3M", day_of_period="25", text="ежеквартально до 25 числа"),
    Deadline(K.RELATIVE, offset="P10D", working=True, event="со дня подписания", text="в течение 10 дней"),
    Deadline(K.DATE, end=date(2025, 10, 15), then=Deadline(K.RECURRING, every="P1Y", day_of_period="12-31")),
)


@pytest.mark.parametrize("deadline", DEADLINES, ids=[one.kind.value for one in DEADLINES])
def test_a_deadline_goes_and_comes_back(deadline: Deadline) -> None:
    kept = json.loads(json.dumps(deadline_package(deadline, MADE_FOR)))
    assert deadline_in("x", kept, MADE_FOR) == deadline
    moved = deadline_in("x", kept, NEXT)
    assert (moved.kind, moved.every, moved.offset) == (deadline.kind, deadline.every, deadline.offset)
    assert dated(moved) == dated(deadline)
    if deadline.end:
        assert moved.end == deadline.end.replace(year=deadline.end.year + 1)


def test_the_table_of_another_year() -> None:
    plan = read_plan(
        package(
            MEASURE,
            {"text": "Работать с одарёнными детьми", "deadline": {"kind": "permanent", "text": "постоянно"}},
        )
    )
    (first, second) = lines_of([sheet_of(plan, NEXT, lambda one: deadline_text(one, "ru"), str.upper)])
    assert first.said[Column.DEADLINE] == "до 1 апреля 2027 г."
    assert first.said[Column.TEXT] == "Провести смотр до 1 апреля 2027 года"  # the clause prints its day
    assert first.said[Column.SECTION] == "Наставничество в 2026/2027 учебном году"
    assert first.said[Column.THEME] == "STAFF"
    assert second.said[Column.DEADLINE] == "постоянно"
    assert (first.row, second.row) == (2, 3)


def test_milestones_of_another_year_fall_on_days_of_work() -> None:
    project = read_plan(package()).measures[0].project
    assert project is not None
    rows = dated_stages(project.stages, start_in(project, NEXT, NEXT.start))
    assert rows[0].start == date(2026, 11, 2)  # the 1st is a Sunday
    assert all(working_day(row.start) and working_day(row.end) for row in rows)


@pytest.mark.parametrize(
    ("taken", "begins"),
    [
        (date(2026, 9, 1), date(2026, 11, 1)),
        (date(2026, 11, 1), date(2026, 11, 1)),
        (date(2026, 12, 7), date(2026, 12, 7)),
        (NEXT.end, NEXT.end),
        (date(2027, 10, 1), date(2026, 11, 1)),
    ],
    ids=["before", "on the day", "late", "on the last day of the year", "when the year is over"],
)
def test_what_is_taken_late_begins_on_that_day(taken: date, begins: date) -> None:
    project = read_plan(package()).measures[0].project
    assert project is not None
    assert start_in(project, NEXT, taken) == begins


def test_a_package_of_the_first_version_has_neither_budget_nor_risks() -> None:
    plain = {"goal": "", "start": "0-11-01", "stages": STAGES}
    project = read_plan(package(measure(project=plain), version=1)).measures[0].project
    assert project is not None
    assert (project.budget, project.risks, len(project.stages)) == ((), (), 2)


def test_a_project_without_milestones_keeps_its_money() -> None:
    bare = {"goal": "Смотр прошёл", "budget": [{"source": "extra", "title": "Призы"}]}
    plan = read_plan(package(measure(project=bare)))
    project = plan.measures[0].project
    assert project is not None
    assert (project.stages, project.start, project.budget[0].planned) == ((), "", "0.00")
    assert read_plan(write_plan(plan)) == plan


@pytest.mark.parametrize(
    ("part", "where"),
    [
        ({"budget": [{"source": "lottery", "title": "Призы"}]}, "budget[0].source"),
        ({"budget": [{"source": "extra", "title": "Призы", "planned": "много"}]}, "budget[0].planned"),
        ({"budget": [{"source": "extra", "title": "Призы", "spent": "5"}]}, "spent"),
        (
            {"risks": [{"title": "Р", "probability": 6, "impact": 1, "owner": "о", "response": "р"}]},
            "risks[0].probability",
        ),
        ({"risks": [{"title": "Р", "probability": 1, "impact": 1, "owner": "о"}]}, "response"),
        ({"stages": STAGES}, "start"),
    ],
)
def test_a_wrong_part_of_a_project_says_where(part: dict[str, Any], where: str) -> None:
    with pytest.raises(RoadmapError) as error:
        read_plan(package(measure(project={"goal": "Г", **part})))
    assert where in error.value.message.render("en")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("в 2025/2026 учебном году", "в 2026/2027 учебном году"),
        ("на 2025–2026 учебный год", "на 2026–2027 учебный год"),
        ("в 2025 году", "в 2025 году"),
        ("в 2024/2025 учебном году", "в 2024/2025 учебном году"),
        ("приказ № 12025/20261", "приказ № 12025/20261"),
    ],
)
def test_only_the_school_year_of_the_plan_is_put_forward(words: str, expected: str) -> None:
    assert reworded(words, "2025/2026", NEXT) == expected


def test_other_years_are_named_for_a_person_to_look() -> None:
    assert years_named("до 2025 года, по итогам 2026/2027 и 2024 годов", NEXT) == ("2025", "2024")


@pytest.mark.parametrize(
    ("there", "kept"),
    [
        (None, "2.1"),
        ("Провести смотр до 1 апреля 2027 года", "2.1"),
        ("Провести смотр музеев до 1 апреля 2027 года", "2.1"),
        ("Утвердить дорожную карту исполнения резолюции", ""),
        ("Провести конкурс учителей до 1 мая 2027 года", ""),
    ],
)
def test_a_number_is_kept_beside_nearly_the_same_words_only(there: str | None, kept: str) -> None:
    taken = {"2.1": there} if there else {}
    (one,) = renumbered(read_plan(package()), taken, NEXT).measures
    assert one.number == kept
