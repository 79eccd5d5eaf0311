"""The pages of the territory, and how many queries they may take at the size of a region."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from avgust.web.territory import actions
from avgust.web.territory.models import Membership, Unit
from avgust.web.territory.tree import survey

MANY = 1500


@pytest.fixture
def large(cast):
    """A region of 1,500 organisations in 30 municipalities."""
    places = [Unit(kind="municipality", name=f"Округ № {number}") for number in range(30)]
    Unit.objects.bulk_create(places)
    schools = [Unit(kind="school", name=f"Школа № {number}") for number in range(MANY)]
    Unit.objects.bulk_create(schools)
    since = date(2020, 9, 1)
    Membership.objects.bulk_create(
        [Membership(unit=place, parent=cast.units.region, since=since) for place in places]
        + [Membership(unit=school, parent=places[i % 30], since=since) for i, school in enumerate(schools)]
    )
    return cast


ADDRESSES = {
    "tree": "",
    "a word": "?q=школа",
    "a kind": "?kind=school&page=3",
    "a past day": "?on=01.09.2021",
}


@pytest.mark.parametrize("query", ADDRESSES.values(), ids=ADDRESSES.keys())
@pytest.mark.parametrize("who", ["regional_officer", "municipal_officer", "head"])
def test_list_takes_few_queries(
    large, signed_in, django_assert_max_num_queries, who: str, query: str
) -> None:
    client = signed_in(large.people()[who])
    with django_assert_max_num_queries(15):
        assert client.get(reverse("territory:list") + query).status_code == 200


def test_card_takes_few_queries(large, signed_in, django_assert_max_num_queries) -> None:
    client = signed_in(large.regional_officer)
    with django_assert_max_num_queries(20):
        assert client.get(reverse("territory:card", args=[large.units.region.pk])).status_code == 200


def _list(signed_in, person, query: str = "") -> str:
    return signed_in(person).get(reverse("territory:list") + query).content.decode().replace("\u00a0", " ")


def test_the_tree_counts(cast, signed_in) -> None:
    page = _list(signed_in, cast.municipal_officer)
    assert "Действуют 3 организации." in page
    assert "1 школа, 1 сад" in page
    assert "Луговск" not in page


def test_search_ignores_case_and_yo(cast, signed_in) -> None:
    page = _list(signed_in, cast.municipal_officer, "?q=ЕЛОЧКА")
    assert "Детский сад «Ёлочка»" in page
    assert "Запросу отвечает 1 организация." in page


def test_nothing_found_offers_all(cast, signed_in) -> None:
    page = _list(signed_in, cast.municipal_officer, "?q=планетарий")
    assert "Организаций с такими словами нет" in page
    assert "Показать все" in page


def test_a_date_that_is_none_is_explained(cast, signed_in) -> None:
    page = _list(signed_in, cast.head, "?on=31.02.2026")
    assert "Такой даты нет" in page
    assert 'aria-invalid="true"' in page


def test_a_past_day_shows_the_past(cast, signed_in) -> None:
    actions.move_unit(
        cast.units.school, parent=cast.units.neighbour, since=date(2026, 1, 1), actor=cast.regional_officer
    )
    assert "1 школа, 1 сад" in _list(signed_in, cast.regional_officer, "?on=31.12.2025")
    after = _list(signed_in, cast.regional_officer, "?on=01.01.2026")
    assert "2 школы" in after
    assert "Переход." in after


def test_htmx_gets_the_fragment(cast, signed_in) -> None:
    client = signed_in(cast.head)
    page = client.get(reverse("territory:list"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "Школа" in page


def test_card_of_a_closed_unit_names_its_successor(cast, signed_in) -> None:
    units = cast.units
    actions.close_unit(
        units.kindergarten, closed=date(2025, 12, 31), successor=units.school, actor=cast.regional_officer
    )
    page = signed_in(cast.municipal_officer).get(reverse("territory:card", args=[units.kindergarten.pk]))
    text = page.content.decode().replace("\u00a0", " ")
    assert "Последний день работы: 31 декабря 2025 г." in text
    assert "Преемник: Школа № 3." in text
    assert "закрыта организация" in text  # the journal


def test_people_and_journal_are_for_those_who_keep_them(cast, signed_in) -> None:
    address = reverse("territory:card", args=[cast.units.school.pk])
    assert "Боровой" in signed_in(cast.municipal_officer).get(address).content.decode()
    for person in (cast.observer, cast.methodologist):
        page = signed_in(person).get(address).content.decode()
        assert "Боровой" not in page
        assert "av-journal" not in page


def test_tree_gathers_kinds_and_keeps_everything(large) -> None:
    today = timezone.localdate()
    roots = survey(Unit.objects.on(today), today, opened=None)
    assert [branch.unit for branch in roots] == [large.units.region]
    assert roots[0].total == MANY + 5  # and the ministry, the authority, two schools, the kindergarten
    municipality = next(b for b in roots[0].branches if b.unit and b.unit.name == "Округ № 7")
    assert [(b.kind, b.total) for b in municipality.branches] == [("school", MANY // 30)]


def test_a_closed_branch_is_counted_and_not_read(large, signed_in) -> None:
    client = signed_in(large.regional_officer)
    place = Unit.objects.get(name="Округ № 7")
    page = client.get(reverse("territory:list")).content.decode()
    assert page.count("<li") < 120
    assert f"?open={place.pk}#u{place.pk}" in page  # works without JavaScript
    opened = client.get(reverse("territory:list"), {"open": place.pk}).content.decode()
    assert opened.count("<li") == page.count("<li") + MANY // 30 + 1
    htmx = {"HX-Request": "true"}
    inside = client.get(reverse("territory:list"), {"branch": place.pk}, headers=htmx).content.decode()
    assert inside.count('class="leaf"') == MANY // 30
    assert "<html" not in inside
    assert client.get(reverse("territory:list"), {"branch": 10**8}, headers=htmx).status_code == 404
    assert client.get(reverse("territory:list"), {"open": "all"}).content.decode().count("<li") > MANY


def test_what_is_seen_of_another_place_stands_apart(cast) -> None:
    """On a past day a school may stand where its reader sees nothing: it is still shown."""
    actions.move_unit(
        cast.units.school, parent=cast.units.neighbour, since=date(2026, 1, 1), actor=cast.regional_officer
    )
    visible = Unit.objects.visible_to(cast.foreign_officer)
    roots = survey(visible.on(date(2025, 12, 31)), date(2025, 12, 31))
    assert [root.unit for root in roots] == [cast.units.region, cast.units.school]


def test_a_reader_of_one_school_sees_one(cast, signed_in) -> None:
    assert "Действует 1 организация." in _list(signed_in, cast.head)
