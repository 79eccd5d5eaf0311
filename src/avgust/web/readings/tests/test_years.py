"""A school among comparable ones and over the years, and what is computed once for a version."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from avgust.domain.assessment.interpretation.added import Way
from avgust.domain.assessment.interpretation.rules import Rules
from avgust.web.readings import telling
from avgust.web.readings.ahead import make_ahead
from avgust.web.readings.models import Kept
from avgust.web.readings.source import source_of
from avgust.web.readings.tests.making import fill, schools_of, work_of
from avgust.web.readings.years import around

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _warehouse(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def told(client, name, *args):
    response = client.get(reverse(f"readings:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_a_head_reads_of_comparable_schools_of_the_years_and_of_value_added(cast, signed_in):
    schools = schools_of(cast)
    for year, grade in ((2025, 6), (2026, 6), (2025, 5)):
        work = work_of(cast, schools, year, grade, lasting=500_000 if grade == 5 else 0)
        if (year, grade) == (2026, 6):
            now = work
    page = told(signed_in(cast.regional_officer), "school", now.pk, schools[5].pk)
    assert "Сопоставимыми здесь считаются средние школы в сёлах, от 15 до 49 участников" in page
    assert "по среднему баллу школы классом и годом раньше" in page
    assert "2024" in page
    assert page.count("ch-own-l") >= 3  # the caterpillar and both years
    assert "Журнал и работа" in page
    assert "Результаты версии 1, расчёт от" in page
    assert schools[6].short_name not in page
    unknown = told(signed_in(cast.head), "school", now.pk, cast.units.school.pk)
    assert "не сравнивается: сопоставимых школ &lt; 5" in unknown


@pytest.mark.parametrize(("lasting", "way"), [(0, Way.PUPILS), (500_000, Way.SCHOOLS)])
def test_pupils_are_linked_by_lasting_codes_and_else_schools_are_compared(cast, lasting, way):
    schools = schools_of(cast)
    work_of(cast, schools, 2025, 5, lasting=lasting)
    source = source_of(work_of(cast, schools, 2026, 6))
    found = around(source, Rules.on(source.work.held_on))
    assert found.added.way is way
    assert len(found.added.schools) == len(schools)
    assert found.added.earlier == "ВПР 2025, математика, 5 класс"


def test_without_an_earlier_work_the_reason_is_said(cast, signed_in):
    schools = schools_of(cast)
    page = told(signed_in(cast.head), "school", work_of(cast, schools, 2026, 6).pk, schools[0].pk)
    assert "не оценивается: нет работы той же параллели годом раньше" in page
    assert "школа писала работу только в одном году" in page


def test_a_passport_is_calibrated_once_for_a_version(cast, signed_in, monkeypatch):
    schools = schools_of(cast, 2)
    work = work_of(cast, schools, 2026, 6)
    calls = []
    real = telling.read_passport
    monkeypatch.setattr(telling, "read_passport", lambda *args: calls.append(1) or real(*args))
    client = signed_in(cast.analyst)
    assert "Результаты версии 1" in told(client, "passport", work.pk)
    assert "Результаты версии 1" in told(client, "passport", work.pk)
    assert calls == [1]
    fill(work, schools, seed=1)
    assert "Результаты версии 2" in told(client, "passport", work.pk)
    assert calls == [1, 1]
    assert Kept.objects.filter(work=work).count() == 2  # the sums and the passport of the new version only


def test_the_worker_makes_readings_ahead(cast, signed_in, django_assert_max_num_queries):
    schools = schools_of(cast)
    work = work_of(cast, schools, 2026, 6)
    work_of(cast, schools, 2025, 5)
    make_ahead("")
    made = dict(Kept.objects.filter(work=work).values_list("what", "made_at"))
    assert set(made) == {"sums", "passport", "added"}
    make_ahead("")
    assert dict(Kept.objects.filter(work=work).values_list("what", "made_at")) == made
    client = signed_in(cast.regional_officer)
    told(client, "school", work.pk, schools[3].pk)
    with django_assert_max_num_queries(24):
        told(client, "school", work.pk, schools[3].pk)
    with django_assert_max_num_queries(12):
        told(client, "passport", work.pk)


def test_works_of_several_procedures_count_for_support_and_those_of_a_school_do_not(cast, signed_in):
    from avgust.web.assessments.models import SchoolInWork

    schools = schools_of(cast, 2)
    first = work_of(cast, schools, 2026, 6)
    second = work_of(cast, schools, 2026, 6, procedure="rpr", subject="ru")
    own = work_of(cast, schools, 2026, 6, procedure="own", subject="hist")
    low = {"marks": {"2": 9, "3": 11}}
    SchoolInWork.objects.filter(unit=schools[1], work__in=[first, own]).update(**low)
    client, address = signed_in(cast.regional_officer), (first.pk, cast.units.region.pk)
    SchoolInWork.objects.exclude(unit=schools[1], work__in=[first, own]).update(marks={"3": 20})
    assert "Школы, которым нужна поддержка" not in told(client, "territory", *address)
    SchoolInWork.objects.filter(unit=schools[1], work=second).update(**low)
    page = told(client, "territory", *address)
    support = page[page.index("Школы, которым нужна поддержка") :]
    assert "РПР, русский язык, 6 класс" in support, support[:900]
