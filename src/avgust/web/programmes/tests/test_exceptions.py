"""Exceptions from a role by hand, and the units of a measure on any day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avgust.domain.resolutions.model import Relation
from avgust.web.audit.models import Entry
from avgust.web.documents.actions import Refused
from avgust.web.programmes import excepting
from avgust.web.programmes.actions import choose_executor, end_exceptions, except_units
from avgust.web.programmes.models import ExecutorException, MeasureExecutor
from avgust.web.programmes.reach import Own, units_of, units_of_measures
from avgust.web.territory.models import Membership, Unit

DAY = date(2025, 10, 1)
REASON = "нет классов с шестого по девятый"


@pytest.fixture
def add_school(cast: Any) -> Callable[..., Unit]:
    """Return a function that opens a school in our municipality."""

    def add(number: int, opened: date = date(2020, 9, 1), parent: Unit | None = None) -> Unit:
        unit = Unit.objects.create(kind="school", name=f"Новая школа № {number}", opened=opened)
        Membership.objects.create(unit=unit, parent=parent or cast.units.municipality, since=opened)
        return unit

    return add


@pytest.fixture
def schools(cast: Any, add_school: Callable[..., Unit]) -> list[Unit]:
    return [cast.units.school, *(add_school(number) for number in range(10, 14))]


@pytest.fixture
def role(schools: list[Unit], programme: Any) -> MeasureExecutor:
    """Return «Руководители общеобразовательных организаций» of measure 2.1, with five schools."""
    return MeasureExecutor.objects.select_related("measure__programme__unit").get(measure__label="2.1")


def keys(measure: Any, day: date = DAY) -> set[int]:
    return set(units_of(measure, day))


def test_the_rule_alone(role: Any, schools: list[Unit]) -> None:
    assert keys(role.measure) == {unit.pk for unit in schools}
    assert {part.relation for part in units_of(role.measure, DAY).values()} == {Relation.EXECUTOR}


def test_two_out_and_one_in(cast: Any, role: Any, schools: list[Unit]) -> None:
    except_units(role, schools[:2], actor=cast.municipal_officer, added=False, reason=REASON)
    except_units(role, [cast.units.kindergarten], actor=cast.municipal_officer, added=True, reason="просил")
    role.refresh_from_db()
    assert keys(role.measure) == {unit.pk for unit in schools[2:]} | {cast.units.kindergarten.pk}
    assert role.unit_count == 4
    entry = Entry.objects.of(role.measure).filter(code="programmes.took_out_unit").first()
    assert (entry.actor, entry.reason, entry.after["unit"]) == (
        cast.municipal_officer,
        REASON,
        str(schools[1]),
    )
    taken = ExecutorException.objects.get(unit=schools[0])
    assert (taken.added, taken.reason, taken.made_by) == (False, REASON, cast.municipal_officer)


def test_an_exception_is_taken_back(cast: Any, role: Any, schools: list[Unit]) -> None:
    (made,) = except_units(role, schools[:1], actor=cast.municipal_officer, added=False, reason=REASON)
    end_exceptions(role, [made], actor=cast.municipal_officer)
    role.refresh_from_db()
    assert keys(role.measure) == {unit.pk for unit in schools}
    assert role.unit_count == 5
    assert Entry.objects.of(role.measure).first().before["reason"] == REASON


def test_adding_what_was_taken_out_ends_the_exception(cast: Any, role: Any, schools: list[Unit]) -> None:
    except_units(role, schools[:1], actor=cast.municipal_officer, added=False, reason=REASON)
    except_units(role, schools[:1], actor=cast.municipal_officer, added=True, reason="ошибка")
    assert not ExecutorException.objects.exists()
    assert keys(role.measure) == {unit.pk for unit in schools}


def test_the_same_words_everywhere(cast: Any, role: Any, schools: list[Unit]) -> None:
    except_units(role, schools[:1], actor=cast.municipal_officer, added=False, reason=REASON, everywhere=True)
    counts = MeasureExecutor.objects.filter(outcome="role").values_list("unit_count", flat=True)
    assert set(counts) == {4}
    assert ExecutorException.objects.count() == 3


def test_time_moves_the_rule_and_exceptions_stay(
    cast: Any, role: Any, schools: list[Unit], add_school: Callable[..., Unit]
) -> None:
    except_units(role, schools[:1], actor=cast.municipal_officer, added=False, reason=REASON)
    new = add_school(20, opened=date(2026, 1, 15))
    Unit.objects.filter(pk=schools[1].pk).update(closed=date(2025, 12, 31), successor=schools[2])
    before, after = keys(role.measure, date(2025, 12, 31)), keys(role.measure, date(2026, 2, 1))
    assert before == {unit.pk for unit in schools[1:]}
    assert after == {unit.pk for unit in schools[2:]} | {new.pk}


def test_a_chosen_body_leaves_its_part_to_its_heir(cast: Any, role: Any, schools: list[Unit]) -> None:
    body = MeasureExecutor.objects.get(measure__label="1.1")
    choose_executor(body, schools[1], actor=cast.municipal_officer)
    Unit.objects.filter(pk=schools[1].pk).update(closed=date(2025, 12, 31), successor=schools[2])
    assert keys(body.measure, date(2025, 12, 31)) == {schools[1].pk}
    assert keys(body.measure, date(2026, 1, 1)) == {schools[2].pk}


REFUSED = [
    pytest.param("role", "school", "", id="no reason"),
    pytest.param("role", "kindergarten", REASON, id="the rule does not take it"),
    pytest.param("body", "school", REASON, id="no role"),
]


@pytest.mark.parametrize(("which", "unit", "reason"), REFUSED)
def test_what_is_no_exception(cast: Any, role: Any, which: str, unit: str, reason: str) -> None:
    executor = role if which == "role" else MeasureExecutor.objects.get(measure__label="1.1")
    with pytest.raises(Refused):
        except_units(
            executor, [getattr(cast.units, unit)], actor=cast.municipal_officer, added=False, reason=reason
        )
    assert not ExecutorException.objects.exists()


def test_a_foreign_organisation_is_not_added(cast: Any, role: Any) -> None:
    with pytest.raises(Refused):
        except_units(
            role, [cast.units.neighbour_school], actor=cast.municipal_officer, added=True, reason=REASON
        )


@pytest.mark.parametrize("name", ["head", "methodologist", "analyst", "observer", "admin", "foreign_officer"])
def test_only_who_edits_programmes_makes_exceptions(cast: Any, role: Any, name: str) -> None:
    actor = cast.people()[name]
    with pytest.raises(PermissionDenied):
        except_units(role, [cast.units.school], actor=actor, added=False, reason=REASON)


def test_what_is_taken_out_is_no_longer_mine(cast: Any, role: Any, schools: list[Unit]) -> None:
    def mine(*units: Unit) -> set[str]:
        found = role.measure.programme.measures.filter(Own(units).measures(role.measure.programme))
        return set(found.values_list("label", flat=True))

    assert mine(schools[0]) == {"2.1", "2.2", "2.3"}
    except_units(role, schools[:1], actor=cast.municipal_officer, added=False, reason=REASON)
    except_units(role, [cast.units.kindergarten], actor=cast.municipal_officer, added=True, reason=REASON)
    assert mine(schools[0]) == {"2.2", "2.3"}
    assert mine(schools[0], schools[1]) == {"2.1", "2.2", "2.3"}
    assert mine(cast.units.kindergarten) == {"2.1"}


def test_all_measures_at_once_ask_no_more(cast: Any, role: Any, schools: list[Unit]) -> None:
    except_units(role, schools[:1], actor=cast.municipal_officer, added=False, reason=REASON, everywhere=True)
    programme = role.measure.programme
    with CaptureQueriesContext(
        connection,
    ) as one:
        units_of(role.measure, DAY)
    with CaptureQueriesContext(connection) as many:
        found = dict(units_of_measures(programme, DAY))
    assert len(many) == len(one) <= 6
    assert set(found) == set(programme.measures.values_list("pk", flat=True))
    assert all(set(units) == keys(programme.measures.get(pk=pk)) for pk, units in found.items())


def test_the_parts_agree_with_what_is_mine(cast: Any, role: Any, schools: list[Unit]) -> None:
    """Two ways of asking: which units has a measure, and which measures has a unit."""
    except_units(role, schools[1:3], actor=cast.municipal_officer, added=False, reason=REASON)
    programme = role.measure.programme
    day = programme.addressed_on
    by_measure = {pk: set(units) for pk, units in units_of_measures(programme, day)}
    for unit in [*schools, cast.units.authority, cast.units.kindergarten]:
        mine = set(programme.measures.filter(Own([unit]).measures(programme)).values_list("pk", flat=True))
        assert mine == {pk for pk, units in by_measure.items() if unit.pk in units}
    assert day - timedelta(days=1) < DAY


def page(client: Any, executor: MeasureExecutor, **query: str) -> str:
    answer = client.get(reverse("programmes:whom", args=[executor.pk]), query)
    assert answer.status_code == 200
    return re.sub("\u00a0|&nbsp;", " ", answer.content.decode())


def test_the_page_tells_the_sum(cast: Any, role: Any, schools: list[Unit], signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    address = reverse("programmes:except", args=[role.pk])
    client.post(
        address,
        {"act": "out", "unit": [unit.pk for unit in schools[:2]], "reason": REASON, "everywhere": "1"},
    )
    client.post(address, {"act": "in", "unit": cast.units.kindergarten.pk, "reason": "по просьбе"})
    html = page(client, role)
    assert re.search(r"<b>5</b> по правилу.*<b>− 2</b>.*<b>\+ 1</b>.*<b>= 4</b>", html)
    assert REASON in html
    card = re.sub("\u00a0|&nbsp;", " ", client.get(role.measure.get_absolute_url()).content.decode())
    assert "<b>− 2</b>" in card
    assert "по просьбе" in card
    client.post(address, {"act": "end", "exception": [row.pk for row in role.exceptions.filter(added=False)]})
    role.refresh_from_db()
    assert role.unit_count == 6


def test_all_of_a_municipality_at_once(cast: Any, role: Any, schools: list[Unit], signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    answer = client.post(
        reverse("programmes:except", args=[role.pk]),
        {"act": "out", "place": cast.units.municipality.pk, "reason": REASON},
        follow=True,
    )
    assert "Исключено 5 организаций" in re.sub("\u00a0|&nbsp;", " ", answer.content.decode())
    assert not keys(role.measure)


def test_a_search_within_the_list_and_beside_it(
    cast: Any, role: Any, schools: list[Unit], signed_in: Any
) -> None:
    client = signed_in(cast.municipal_officer)
    html = page(client, role, q="новая 12")
    assert "Новая школа № 12" in html
    assert "Новая школа № 11" not in html
    found = page(client, role, add=cast.units.kindergarten.name[:12])
    assert f'name="unit" value="{cast.units.kindergarten.pk}"' in found


def test_the_list_of_another_day(
    cast: Any, role: Any, add_school: Callable[..., Unit], signed_in: Any
) -> None:
    new = add_school(20, opened=date(2026, 1, 15))
    client = signed_in(cast.municipal_officer)
    assert "Новая школа № 20" not in page(client, role)
    assert "Новая школа № 20" in page(client, role, on="2026-02-01")
    client.post(
        reverse("programmes:except", args=[role.pk]),
        {"act": "out", "unit": new.pk, "reason": REASON, "on": "2026-02-01"},
    )
    assert new.pk not in keys(role.measure, date(2026, 2, 1))
    assert "Новая школа № 20" in page(client, role, on="вчера") or role.exceptions.count() == 1


def test_who_reads_gets_no_form(cast: Any, role: Any, signed_in: Any) -> None:
    assert "reason" not in page(signed_in(cast.head), role)


def test_a_longer_list_asks_the_database_no_more(
    cast: Any, role: Any, add_school: Callable[..., Unit], signed_in: Any
) -> None:
    client = signed_in(cast.municipal_officer)
    counts = []
    for more in (0, 30):
        for number in range(100, 100 + more):
            add_school(number)
        page(client, role)
        with CaptureQueriesContext(connection) as asked:
            page(client, role)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize(
    "posted", [{}, {"act": "out"}, {"act": "end", "exception": "x"}, {"act": "in", "unit": "²"}]
)
def test_a_broken_form_changes_nothing(cast: Any, role: Any, signed_in: Any, posted: dict[str, str]) -> None:
    client = signed_in(cast.municipal_officer)
    assert client.post(reverse("programmes:except", args=[role.pk]), posted).status_code == 302
    assert not ExecutorException.objects.exists()


def test_a_card_asks_the_database_no_more_in_a_larger_territory(
    cast: Any, role: Any, add_school: Callable[..., Unit], signed_in: Any
) -> None:
    client = signed_in(cast.municipal_officer)
    measure, counts = role.measure, []
    for more in (2, 30):
        for number in range(200 * more, 201 * more):
            unit = add_school(number)
            if number % 2:
                except_units(role, [unit], actor=cast.municipal_officer, added=False, reason=REASON)
        client.get(measure.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            client.get(measure.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 36  # with what stations above add


def test_of_a_long_list_one_municipality_is_named_at_a_time(
    cast: Any, role: Any, schools: list[Unit], signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excepting, "WHOLE", 3)
    client = signed_in(cast.municipal_officer)
    html = page(client, role)
    assert "Новая школа № 12" not in html
    assert f'name="place" value="{cast.units.municipality.pk}"' in html
    assert "Новая школа № 12" in page(client, role, place=str(cast.units.municipality.pk))
