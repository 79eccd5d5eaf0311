"""The request for professional development with groups of teachers, from the warehouse to page and XLSX."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from avgust.domain.assessment.interpretation.uses import ForbiddenUseError, Purpose, require_use
from avgust.domain.tables.reading import read_sheets
from avgust.web.readings.tests.making import schools_of, work_of

pytestmark = pytest.mark.django_db
HIDDEN = "Не показываются: учителей меньше 10"


@pytest.fixture(autouse=True)
def _warehouse(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def told(client: Any, work: Any, unit: Any) -> str:
    answer = client.get(reverse("readings:request", args=[work.pk, unit.pk]))
    assert answer.status_code == 200
    return str(answer.content.decode()).replace("\xa0", " ")


def test_groups_of_ten_schools_stand_in_the_request(cast: Any, signed_in: Any) -> None:
    work = work_of(cast, schools_of(cast, 10), 2026, 5)
    page = told(signed_in(cast.regional_officer), work, cast.units.region)
    assert "город или село: в сёлах" in page
    assert "тип школы: средние школы" in page
    assert "не менее 10" in page
    assert "02-86" in page
    assert "нет стажа" in page


def test_a_group_below_ten_is_named_without_figures(cast: Any, signed_in: Any) -> None:
    work = work_of(cast, schools_of(cast, 7), 2026, 5)
    page = told(signed_in(cast.regional_officer), work, cast.units.region)
    assert HIDDEN in page
    assert "Получено баллов по группам учителей" not in page


def test_the_request_as_a_workbook_holds_the_groups_and_no_formula(cast: Any, signed_in: Any) -> None:
    work = work_of(cast, schools_of(cast, 10), 2026, 5)
    address = reverse("readings:request_file", args=[work.pk, cast.units.region.pk, "xlsx"])
    answer = signed_in(cast.regional_officer).get(address)
    cells = [
        cell
        for sheet in read_sheets(answer.content)
        for row in sheet.rows
        for cell in row
        if isinstance(cell, str)
    ]
    assert any("не менее 10" in cell for cell in cells)
    assert any("в сёлах" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_the_pages_of_the_request_ask_a_bounded_number_of_times(
    cast: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    work = work_of(cast, schools_of(cast, 10), 2026, 5)
    client = signed_in(cast.regional_officer)
    told(client, work, cast.units.region)
    with django_assert_max_num_queries(20):
        told(client, work, cast.units.region)


def test_no_rating_of_teachers_follows_from_a_check_work(cast: Any) -> None:
    work = work_of(cast, schools_of(cast, 1), 2026, 5)
    with pytest.raises(ForbiddenUseError, match="02-86"):
        require_use(work.procedure, Purpose.RATE_TEACHERS, work.held_on)
