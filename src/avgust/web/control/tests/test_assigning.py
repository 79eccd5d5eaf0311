"""Assignments follow adoption, the register and the measures."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.module_loading import import_string

from avgust.domain.control.states import Status
from avgust.web.audit.models import Entry
from avgust.web.control.assigning import fan_out, follow_territory
from avgust.web.control.models import Assignment, Step
from avgust.web.control.tests.conftest import TEXT
from avgust.web.documents.actions import upload_document
from avgust.web.programmes.actions import adopt_document
from avgust.web.territory.models import Membership, Unit

TODAY = date(2025, 11, 10)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


def _owed(work: Any, label: str) -> dict[str, list[str]]:
    rows = Assignment.objects.filter(programme=work.programme, measure__label=label).select_related("unit")
    found: dict[str, list[str]] = {}
    for row in rows.order_by("unit_id", "due"):
        found.setdefault(str(row.unit), []).append(f"{row.occurrence} {row.status}".strip())
    return found


def test_adoption_fans_out(work: Any, cast: Any) -> None:
    assert _owed(work, "1.1") == {"Школа № 3": ["open"]}
    assert len(_owed(work, "1.2")["Школа № 3"]) == 12
    assert _owed(work, "2.1") == {"Управление образования Заозёрного округа": ["open"]}
    assert _owed(work, "3.1") == {"Школа № 3": ["waiting"], "Детский сад «Ёлочка»": ["waiting"]}
    assert work.school.due == work.school.first_due == date(2025, 10, 1)
    entry = Entry.objects.get(code="control.assigned")
    assert entry.after["added"] == 16
    assert "16" in entry.sentence


def test_a_second_run_changes_nothing(work: Any) -> None:
    before = list(Assignment.objects.order_by("pk").values())
    assert fan_out(work.programme, day=TODAY, actor=None) == Counter()
    assert list(Assignment.objects.order_by("pk").values()) == before
    assert Entry.objects.filter(code="control.assigned").count() == 1


def _school(cast: Any, opened: date, name: str = "Новая школа") -> Unit:
    unit = Unit.objects.create(kind="school", name=name, opened=opened)
    Membership.objects.create(unit=unit, parent=cast.units.municipality, since=opened)
    return unit


def test_a_unit_that_opens_later_gets_what_is_still_due(work: Any, cast: Any) -> None:
    _school(cast, date(2025, 11, 1))
    fan_out(work.programme, day=TODAY, actor=None)
    assert "Новая школа" not in _owed(work, "1.1"), "it was due before the school opened"
    assert len(_owed(work, "1.2")["Новая школа"]) == 10


def _close(unit: Unit, successor: Unit | None) -> None:
    unit.closed, unit.successor = TODAY - timedelta(days=1), successor
    unit.save()


def test_a_merger_passes_on_with_the_history(work: Any, cast: Any) -> None:
    heir = _school(cast, date(2020, 9, 1), "Школа-преемница")
    fan_out(work.programme, day=TODAY, actor=None)
    _close(cast.units.school, heir)
    said = fan_out(work.programme, day=TODAY, actor=None)
    assert said["passed"] == 14
    old = Assignment.objects.get(pk=work.school.pk)
    assert old.state is Status.PASSED_ON
    assert old.heirs.get().unit == heir
    assert Step.objects.get(assignment=old).act == "pass_on"
    _close(cast.units.school, None)
    cast.units.school.closed = None
    cast.units.school.save()
    fan_out(work.programme, day=TODAY, actor=None)
    assert Assignment.objects.get(pk=work.school.pk).state is Status.OPEN, "the merger was a mistake"


def test_an_heir_that_owed_nothing_gets_the_assignment(work: Any, cast: Any) -> None:
    heir = _school(cast, date(2025, 11, 1), "Объединённая школа")
    _close(cast.units.school, heir)
    fan_out(work.programme, day=TODAY, actor=None)
    monthly = Assignment.objects.filter(unit=heir, measure__label="1.2")
    assert {row.inherits.unit for row in monthly.select_related("inherits__unit")} == {cast.units.school}


def test_a_unit_that_closes_with_nobody_after_it(work: Any, cast: Any) -> None:
    _close(cast.units.school, None)
    fan_out(work.programme, day=TODAY, actor=None)
    row = Assignment.objects.get(pk=work.school.pk)
    assert row.state is Status.CANCELLED
    assert "преемник" in row.steps.get().reason


def test_a_new_deadline_keeps_a_later_extension(work: Any) -> None:
    Assignment.objects.filter(pk=work.school.pk).update(due=date(2026, 2, 1))
    measure = work.school.measure
    measure.deadline_values = {**measure.deadline_values, "end": "2025-12-01"}
    measure.save()
    fan_out(work.programme, day=TODAY, actor=None)
    row = Assignment.objects.get(pk=work.school.pk)
    assert (row.first_due, row.due) == (date(2025, 12, 1), date(2026, 2, 1))


def test_the_number_of_queries_does_not_grow_with_units(
    work: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        _school(cast, date(2020, 9, 1), f"Школа с номером {number}")
    with django_assert_max_num_queries(40):
        fan_out(work.programme, day=TODAY, actor=None)
    assert len(_owed(work, "1.1")) == 31


def test_the_register_is_followed_in_every_programme_that_runs(work: Any, cast: Any) -> None:
    _school(cast, date(2025, 11, 1))
    assert follow_territory(TODAY)["added"] == 11
    Assignment.objects.update(status=Status.REMOVED.value)
    _school(cast, date(2025, 11, 2), "Ещё одна школа")
    assert follow_territory(TODAY) == Counter(), "nothing of the programme is owed any more"


def test_what_was_owed_before_a_late_entry_is_passed_on(cast: Any, read_here: None) -> None:
    """The school closed after the conference, and the programme was entered after that."""
    heir = _school(cast, date(2020, 9, 1), "Школа-преемница")
    _close(cast.units.school, heir)
    upload = upload_document(
        actor=cast.municipal_officer, unit=cast.units.municipality, name="r.txt", data=TEXT.encode()
    )
    adopt_document(upload.document, actor=cast.municipal_officer)
    old = Assignment.objects.get(unit=cast.units.school, measure__label="1.1")
    assert (old.state, old.heirs.get().unit) == (Status.PASSED_ON, heir)


def test_the_register_is_followed_once_a_day_by_a_job(work: Any, cast: Any) -> None:
    _school(cast, date(2025, 11, 1))
    job = next(job for job in apps.get_app_config("control").jobs if job.name == "control.register")
    import_string(job.path)(TODAY.isoformat())
    assert len(_owed(work, "1.2")["Новая школа"]) == 10
