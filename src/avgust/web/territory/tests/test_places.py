"""Units in time: membership of a date, moves, mergers, rights that follow."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from avgust.web.accounts.rights import Action
from avgust.web.audit.models import Entry
from avgust.web.territory import actions
from avgust.web.territory.models import Membership, Unit

BEFORE, MOVE = date(2025, 12, 31), date(2026, 1, 1)


@pytest.fixture
def moved(cast):
    """The school moved to the neighbour on 1 January 2026."""
    actions.move_unit(
        cast.units.school,
        parent=cast.units.neighbour,
        since=MOVE,
        actor=cast.regional_officer,
        basis="закон № 94",
    )
    return cast


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (date(2020, 8, 31), None),
        (date(2020, 9, 1), "municipality"),
        (BEFORE, "municipality"),
        (MOVE, "neighbour"),
    ],
)
def test_the_place_is_of_the_date(moved, day: date, place: str | None) -> None:
    school = moved.units.school
    assert school.parent_on(day) == (getattr(moved.units, place) if place else None)
    for name in ("municipality", "neighbour"):
        assert (school in Unit.objects.under(getattr(moved.units, name), day)) is (name == place)


def test_the_line_above_is_of_the_date(moved) -> None:
    units = moved.units
    assert units.school.line_on(BEFORE) == [units.region, units.municipality]
    assert units.school.line_on(MOVE) == [units.region, units.neighbour]


def test_rights_follow_the_move(moved) -> None:
    school = Unit.objects.get(pk=moved.units.school.pk)
    assert moved.foreign_officer.may(Action.SEE_TERRITORY, school)
    assert not moved.municipal_officer.may(Action.SEE_TERRITORY, school)


def test_a_planned_move_changes_no_right_yet(cast) -> None:
    later = timezone.localdate() + timedelta(days=30)
    actions.move_unit(
        cast.units.school, parent=cast.units.neighbour, since=later, actor=cast.regional_officer
    )
    assert cast.municipal_officer.may(Action.SEE_TERRITORY, Unit.objects.get(pk=cast.units.school.pk))


def test_a_planned_unit_is_seen_where_it_will_stand(cast) -> None:
    later = timezone.localdate() + timedelta(days=30)
    unit = Unit(kind="kindergarten", name="Детский сад «Радуга»")
    actions.add_unit(unit, parent=cast.units.municipality, since=later, actor=cast.regional_officer)
    assert unit in Unit.objects.visible_to(cast.municipal_officer)
    assert unit not in Unit.objects.visible_to(cast.foreign_officer)
    assert unit not in Unit.objects.on(timezone.localdate())


def test_a_merger_keeps_the_past(cast) -> None:
    units = cast.units
    actions.close_unit(units.kindergarten, closed=BEFORE, successor=units.school, actor=cast.regional_officer)
    kindergarten = Unit.objects.get(pk=units.kindergarten.pk)
    assert kindergarten.successor == units.school
    assert list(units.school.predecessors.all()) == [kindergarten]
    assert kindergarten in Unit.objects.on(BEFORE)
    assert kindergarten not in Unit.objects.on(MOVE)
    assert kindergarten in Unit.objects.under(units.municipality, BEFORE)
    assert kindergarten not in Unit.objects.under(units.municipality, MOVE)
    assert cast.municipal_officer.may(Action.SEE_TERRITORY, kindergarten)
    assert not cast.foreign_officer.may(Action.SEE_TERRITORY, kindergarten)


def test_the_journal_has_the_acts(moved) -> None:
    entry = Entry.objects.of(moved.units.school).get()
    assert (entry.code, entry.reason) == ("territory.moved", "закон № 94")
    assert entry.before == {"parent": "Заозёрный округ"}
    assert entry.after == {"parent": "Луговской округ", "since": "2026-01-01"}


REFUSED = {
    "under itself": ("municipality", "school", MOVE),
    "into itself": ("municipality", "municipality", MOVE),
    "before its present place": ("school", "neighbour", date(2020, 9, 1)),
}


@pytest.mark.parametrize(("unit", "parent", "since"), REFUSED.values(), ids=REFUSED.keys())
def test_a_move_that_cannot_be(cast, unit: str, parent: str, since: date) -> None:
    with pytest.raises(ValidationError):
        actions.move_unit(
            getattr(cast.units, unit), parent=getattr(cast.units, parent), since=since, actor=cast.admin
        )


def test_a_closing_that_cannot_be(cast) -> None:
    units, admin = cast.units, cast.admin
    with pytest.raises(ValidationError):
        actions.close_unit(units.municipality, closed=BEFORE, actor=admin)  # has organisations
    with pytest.raises(ValidationError):
        actions.close_unit(units.school, closed=BEFORE, successor=units.school, actor=admin)
    actions.close_unit(units.school, closed=BEFORE, actor=admin)
    with pytest.raises(ValidationError):
        actions.close_unit(units.school, closed=BEFORE, actor=admin)


@pytest.mark.parametrize("who", ["municipal_officer", "head", "observer", "outsider"])
def test_who_may_not_change_the_territory(cast, who: str) -> None:
    person = cast.people()[who]
    with pytest.raises(PermissionDenied):
        actions.move_unit(cast.units.school, parent=cast.units.neighbour, since=MOVE, actor=person)
    with pytest.raises(PermissionDenied):
        actions.close_unit(cast.units.school, closed=BEFORE, actor=person)
    with pytest.raises(PermissionDenied):
        actions.add_unit(
            Unit(kind="school", name="Новая"), parent=cast.units.municipality, since=MOVE, actor=person
        )
    assert Membership.objects.filter(unit=cast.units.school).count() == 1


VISIBLE = {
    "head": "region municipality school",
    "foreign_head": "region neighbour neighbour_school",
    "municipal_officer": "region municipality authority school kindergarten",
    "outsider": "",
}


@pytest.mark.parametrize("who", VISIBLE)
def test_visible_is_what_is_below_and_the_line_above(cast, who: str) -> None:
    seen = set(Unit.objects.visible_to(cast.people()[who]))
    assert seen == {getattr(cast.units, name) for name in VISIBLE[who].split()}
