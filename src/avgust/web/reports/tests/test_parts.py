"""A long report: the summary is whole, the clauses come a section and a page at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from avgust.web.control.models import Assignment
from avgust.web.control.tests.conftest import Work, work
from avgust.web.programmes.actions import cancel_measure
from avgust.web.programmes.models import Measure
from avgust.web.reports import parts
from avgust.web.reports.building import build
from avgust.web.reports.parts import summary

__all__ = ["work"]
TODAY = date(2025, 11, 10)


@pytest.fixture(autouse=True)
def _long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    monkeypatch.setattr(parts, "WHOLE", 3)
    monkeypatch.setattr(parts, "PAGE", 1)


def test_the_summary_counts_what_the_whole_report_counts(work: Work, cast: Any) -> None:
    scope = Assignment.objects.visible_to(cast.municipal_officer)
    for place in (None, cast.units.municipality):
        whole = build(work.programme, scope, TODAY, place=place, language="ru")
        light = summary(work.programme, scope, TODAY, place=place)
        assert [one.title for one in light.sections] == [one.title for one in whole.sections]
        assert [one.coverage for one in light.sections] == [one.coverage for one in whole.sections]
        assert (light.proven, light.coverage, len(light.rows)) == (
            whole.proven, whole.coverage, len(whole.rows),
        )  # fmt: skip


def test_what_was_cancelled_is_told_and_not_counted(
    work: Work, cast: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel_measure(
        work.programme.measures.get(label="2.1"), actor=cast.municipal_officer, reason="решение коллегии"
    )
    scope = Assignment.objects.visible_to(cast.municipal_officer)
    whole = build(work.programme, scope, TODAY, place=None, language="ru")
    light = summary(work.programme, scope, TODAY, place=None)
    assert (len(whole.rows), whole.measures, light.measures) == (4, 3, 3)
    monkeypatch.setattr(parts, "WHOLE", 300)
    page = signed_in(cast.municipal_officer).get(reverse("reports:report", args=[work.programme.pk]))
    said = page.content.decode().replace("\u00a0", " ")
    assert "доказано мер: 0 из 3" in said
    assert "Не действует: отменена или объединена с другой мерой" in said


def test_a_section_and_a_page_of_it(work: Work, cast: Any, signed_in: Any) -> None:
    client, address = signed_in(cast.municipal_officer), reverse("reports:report", args=[work.programme.pk])
    first = client.get(address)
    assert [row.row.number for _one, rows in first.context["sections"] for row in rows] == ["1.1"]
    assert len(first.context["summed"]) == 3
    assert "Показан раздел 1 из 3" in first.content.decode().replace("\u00a0", " ")
    second = client.get(address, {"part": "1", "page": "2"})
    assert [row.row.number for _one, rows in second.context["sections"] for row in rows] == ["1.2"]
    third = client.get(address, {"part": "2"})
    assert [row.row.number for _one, rows in third.context["sections"] for row in rows] == ["2.1"]
    for odd in ("0", "999", "-1", "x", "²"):
        assert client.get(address, {"part": odd}).status_code == 200


def test_it_asks_as_many_queries_for_many_measures(
    work: Work, cast: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    last = work.programme.measures.count()
    Measure.objects.bulk_create(
        Measure(
            programme=work.programme, order=last + n, text=f"Мера {n}", section="Раздел", deadline_kind="none"
        )
        for n in range(1, 400)
    )
    client, address = signed_in(cast.municipal_officer), reverse("reports:report", args=[work.programme.pk])
    with django_assert_max_num_queries(45):
        answer = client.get(address, {"part": "4"})
    assert len(answer.context["summed"]) == 4
    assert sum(len(rows) for _one, rows in answer.context["sections"]) == 1
