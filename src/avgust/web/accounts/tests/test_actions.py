"""Acts on people: who may, what the journal says, what erasure leaves."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from avgust.web.accounts import actions
from avgust.web.accounts.models import User
from avgust.web.accounts.rights import Action, Role
from avgust.web.audit.models import Entry

DAY = date(2026, 1, 12)


def test_an_administrator_adds_and_appoints(cast) -> None:
    person = actions.add_person(email=" New@Avgust.test ", full_name=" Новиков  Иван ", actor=cast.admin)
    post = actions.appoint(person, role=Role.HEAD, unit=cast.units.school, since=DAY, actor=cast.admin)
    assert (person.email, person.full_name) == ("new@avgust.test", "Новиков Иван")
    assert not person.has_usable_password()
    assert person.may(Action.SEE_TERRITORY, cast.units.school)
    actions.dismiss(post, until=DAY, actor=cast.admin)
    assert [entry.code for entry in Entry.objects.of(person)] == [
        "accounts.dismissed",
        "accounts.appointed",
        "accounts.added",
    ]


@pytest.mark.parametrize("who", ["regional_officer", "head", "foreign_officer", "outsider"])
def test_nobody_else_does(cast, who: str) -> None:
    person = cast.people()[who]
    with pytest.raises(PermissionDenied):
        actions.appoint(cast.outsider, role=Role.ADMIN, unit=cast.units.region, since=DAY, actor=person)
    with pytest.raises(PermissionDenied):
        actions.add_person(email="x@avgust.test", full_name="Икс", actor=person)
    assert not Entry.objects.exists()


def test_an_administrator_of_one_place_appoints_only_there(cast) -> None:
    local = User.objects.create_user("local@avgust.test", full_name="Местный Админ")
    actions.appoint(local, role=Role.ADMIN, unit=cast.units.municipality, since=DAY, actor=cast.admin)
    actions.appoint(cast.outsider, role=Role.HEAD, unit=cast.units.school, since=DAY, actor=local)
    with pytest.raises(PermissionDenied):
        actions.appoint(
            cast.outsider, role=Role.HEAD, unit=cast.units.neighbour_school, since=DAY, actor=local
        )


@pytest.mark.parametrize(
    ("email", "name"), [("no address", "Имя"), ("a@b.test", ""), ("head@avgust.test", "Имя")]
)
def test_bad_values_are_refused(cast, email: str, name: str) -> None:
    with pytest.raises(ValidationError):
        actions.add_person(email=email, full_name=name, actor=cast.admin)


def test_a_post_does_not_end_before_it_begins(cast) -> None:
    with pytest.raises(ValidationError):
        actions.dismiss(cast.head.posts.get(), until=date(2000, 1, 1), actor=cast.admin)


def test_erasure(cast) -> None:
    person = actions.add_person(email="gone@avgust.test", full_name="Ушедший Пётр", actor=cast.admin)
    actions.appoint(person, role=Role.HEAD, unit=cast.units.school, since=DAY, actor=cast.admin)
    actions.erase_person(person, actor=cast.admin)
    kept = " ".join(f"{e.subject} {e.before} {e.after} {e.sentence}" for e in Entry.objects.all())
    assert "Ушедший" not in kept
    assert "gone@avgust.test" not in kept
    person.refresh_from_db()
    assert (person.full_name, person.is_active, person.email) == ("", False, f"erased-{person.pk}@invalid")
    assert not person.current_posts


def test_an_administrator_of_one_place_erases_nobody_of_another(cast) -> None:
    local = User.objects.create_user("local@avgust.test", full_name="Местный Админ")
    actions.appoint(local, role=Role.ADMIN, unit=cast.units.municipality, since=DAY, actor=cast.admin)
    for person in (cast.regional_officer, cast.foreign_head):
        with pytest.raises(PermissionDenied):
            actions.erase_person(person, actor=local)
    actions.erase_person(cast.head, actor=local)
    assert not User.objects.get(pk=cast.head.pk).is_active


def test_a_weak_password_is_refused(cast) -> None:
    with pytest.raises(ValidationError):
        actions.add_person(email="x@avgust.test", full_name="Икс", actor=cast.admin, password="password")


def test_nobody_erases_themselves(cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.erase_person(cast.admin, actor=cast.admin)
