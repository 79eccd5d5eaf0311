"""What the home page says about programmes to each of the cast, and that it asks no register of a region."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avgust.web.programmes.models import Programme
from avgust.web.programmes.reach import Own, organisations_of
from avgust.web.territory.models import Membership, Unit


def home(signed_in: Any, user: Any) -> Any:
    return signed_in(user).get(reverse("home"))


def own_section(answer: Any) -> Any:
    return next(s.context for s in answer.context["sections"] if "programmes" in s.template)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("head", {"Школа № 3": 3}, id="a head sees what falls on the school"),
        pytest.param(
            "municipal_officer", {"Управление образования Заозёрного округа": 3}, id="the authority"
        ),
        pytest.param("regional_officer", {}, id="nothing falls on the ministry"),
    ],
)
def test_whose_measures(cast: Any, programme: Any, name: str, expected: dict[str, int]) -> None:
    units = organisations_of(cast.people()[name])
    shares = {str(unit): programme.measures.filter(Own([unit]).measures(programme)).count() for unit in units}
    assert {unit: count for unit, count in shares.items() if count} == expected


def test_numbers_open_what_they_count(cast: Any, programme: Any, signed_in: Any) -> None:
    html = home(signed_in, cast.observer).content.decode()
    address = programme.get_absolute_url()
    assert f'href="{address}?due=none"' in html
    shown = own_section(home(signed_in, cast.observer))["programmes"][0]
    assert (shown.programme.measure_count, shown.undated, shown.unclear) == (6, 1, 0)


def test_a_merged_school_takes_over_the_measures(cast: Any, programme: Any) -> None:
    heir = Unit.objects.create(kind="school", name="Школа Заозёрья", opened=programme.addressed_on)
    Membership.objects.create(unit=heir, parent=cast.units.municipality, since=programme.addressed_on)
    school = cast.units.school
    school.closed, school.successor = programme.addressed_on, heir
    school.save()
    assert {m.label for m in programme.measures.filter(Own([heir]).measures(programme))} == {
        "2.1",
        "2.2",
        "2.3",
    }


def test_a_foreign_school_has_no_share_in_a_municipal_programme(cast: Any, programme: Any) -> None:
    assert not programme.measures.filter(Own([cast.units.neighbour_school]).measures(programme)).exists()


def test_a_larger_territory_asks_no_more(cast: Any, programme: Any, signed_in: Any) -> None:
    counts = []
    for added in (0, 60):
        for n in range(added):
            unit = Unit.objects.create(
                kind="school", name=f"Школа деревни {n}", opened=cast.units.school.opened
            )
            Membership.objects.create(unit=unit, parent=cast.units.municipality, since=unit.opened)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            home(signed_in, cast.methodologist)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 33  # the last one is the bell of the header


def test_without_a_programme_there_is_no_section(cast: Any, signed_in: Any) -> None:
    Programme.objects.all().delete()
    assert not [s for s in home(signed_in, cast.observer).context["sections"] if "programmes" in s.template]
