"""Reports on results as pages: what they say, of whom, and how much they ask of the databases."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse

from avgust.web.readings.places import place_of
from avgust.web.readings.source import source_of
from tests.permissions.readings import written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _warehouse(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def work(cast):
    return written(cast, cast.units.region)


def page(client, name, *args, **query):
    response = client.get(reverse(f"readings:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_head_reads_of_the_own_school_only(cast, signed_in, work):
    told = page(signed_in(cast.head), "school", work.pk, cast.units.school.pk)
    assert str(cast.units.school) in told.replace("\u00a0", " ")
    assert str(cast.units.neighbour_school) not in told.replace("\u00a0", " ")
    assert told.count('role="img"') >= 3
    assert "style=" not in told.split("<main")[1]
    assert "?class=6%D0%90" in told


def test_an_officer_sees_no_links_to_classes(cast, signed_in, work):
    told = page(signed_in(cast.municipal_officer), "school", work.pk, cast.units.school.pk)
    assert "?class=" not in told


def test_a_class_that_is_not_there(cast, signed_in, work):
    client = signed_in(cast.head)
    address = reverse("readings:class", args=[work.pk, cast.units.school.pk])
    assert client.get(address, {"class": "6Б"}).status_code == 200
    assert client.get(address, {"class": "9Я"}).status_code == 404


def test_a_region_is_told_by_municipality_and_a_municipality_of_its_own_schools(cast, signed_in, work):
    region = page(signed_in(cast.regional_officer), "territory", work.pk, cast.units.region.pk)
    assert str(cast.units.neighbour) in region.replace("\u00a0", " ")
    ours = page(signed_in(cast.municipal_officer), "territory", work.pk, cast.units.municipality.pk)
    assert str(cast.units.neighbour_school) not in ours.replace("\u00a0", " ")


def test_the_passport_names_no_school(cast, signed_in, work):
    told = page(signed_in(cast.methodologist), "passport", work.pk).replace("\u00a0", " ")
    assert "Паспорт качества" in told
    assert str(cast.units.school) not in told
    assert len(re.findall("<figure", told)) == 5  # the map and four items


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_files(cast, signed_in, work, form):
    address = reverse("readings:school_file", args=[work.pk, cast.units.school.pk, form])
    response = signed_in(cast.head).get(address)
    assert response["Content-Disposition"] == f'attachment; filename="school-{work.pk}.{form}"'
    data = response.content
    assert data.startswith(b"%PDF") if form == "pdf" else ZipFile(BytesIO(data)).testzip() is None


def test_two_schools_of_one_name_stay_two(cast, work):
    cast.units.neighbour_school.name = cast.units.school.name
    cast.units.neighbour_school.short_name = cast.units.school.short_name
    cast.units.neighbour_school.save()
    source = source_of(work)
    names = place_of(cast.units.region, work.held_on, source.units).names
    assert len(set(names.values())) == 2
    assert source.schools(names).n.tolist() == [60, 60]


def test_a_page_asks_the_database_a_bounded_number_of_times(
    cast, signed_in, work, django_assert_max_num_queries
):
    client = signed_in(cast.regional_officer)
    page(client, "territory", work.pk, cast.units.region.pk)
    with django_assert_max_num_queries(20):
        page(client, "territory", work.pk, cast.units.region.pk)
    with django_assert_max_num_queries(20):
        page(client, "school", work.pk, cast.units.school.pk)


def test_the_page_of_a_work_leads_to_its_reports(cast, rf, work):
    from avgust.web.readings.views import work_section

    request = rf.get("/")
    request.user = cast.head
    section = work_section(request, work)
    assert section.context["own"] == [cast.units.school]
    assert not list(section.context["territories"])
    request.user = cast.regional_officer
    assert list(work_section(request, work).context["territories"]) == [cast.units.region]


def test_a_school_low_in_two_works_of_a_year_is_proposed_for_support(cast, signed_in, work):
    from avgust.web.assessments.models import SchoolInWork

    def low(work, two):
        marks = {"2": two, "3": 20 - two}
        given = {"pupils": 20, "marks": marks}
        SchoolInWork.objects.update_or_create(work=work, unit=cast.units.school, defaults=given)

    low(work, 6)
    assert "Школы, которым нужна поддержка" not in page(
        signed_in(cast.regional_officer), "territory", work.pk, cast.units.region.pk
    )
    other = type(work).objects.get(pk=work.pk)
    other.pk, other.subject = None, "ru"
    other.save()
    low(other, 7)
    told = page(signed_in(cast.regional_officer), "territory", work.pk, cast.units.region.pk)
    assert "Школы, которым нужна поддержка" in told
    assert str(cast.units.school) in told[told.index("Школы, которым нужна поддержка") :].replace(
        "\u00a0", " "
    )
