"""A resolution adopted in the middle of the year: from which day its measures are owed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from avgust.domain.control.states import Act, Status
from avgust.web.control.actions import act_on
from avgust.web.control.assigning import fan_out
from avgust.web.control.models import Assignment
from avgust.web.documents.actions import upload_document
from avgust.web.documents.models import Document
from avgust.web.programmes.actions import Wording, add_measure, adopt_document
from avgust.web.programmes.models import Programme

LATE = """РЕЗОЛЮЦИЯ
совещания работников образования Заозёрного округа
12 ноября 2025 года
Участники совещания РЕШИЛИ:
1. Руководителям общеобразовательных организаций:
1.1. Проводить ежемесячно заседания методического совета.
"""


@pytest.fixture
def late(cast: Any, read_here: None, monkeypatch: pytest.MonkeyPatch) -> Programme:
    """A programme adopted in the middle of November for the whole school year, entered in December."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 12, 5))
    sent = {"unit": cast.units.municipality, "name": "r.txt", "data": LATE.encode()}
    upload = upload_document(actor=cast.municipal_officer, **sent)
    Document.objects.filter(pk=upload.document.pk).update(school_year="2025/2026")
    return adopt_document(upload.document, actor=cast.municipal_officer)


def owed(programme: Programme, unit: Any) -> list[tuple[str, date]]:
    rows = Assignment.objects.filter(programme=programme, unit=unit, measure__label="1.1").live()
    return list(rows.order_by("due").values_list("occurrence", "starts"))


def test_periods_that_were_over_before_the_adoption_are_not_owed(late: Programme, cast: Any) -> None:
    assert owed(late, cast.units.school)[:2] == [
        ("2025-11", date(2025, 11, 12)),
        ("2025-12", date(2025, 12, 1)),
    ]


def test_the_card_says_since_when_it_is_owed(late: Programme, cast: Any, signed_in: Any) -> None:
    measure = late.measures.get(label="1.1")
    said = "Обязанность возникла 12 ноября 2025 г.: за 2 более ранних периода отчёт не требуется."
    client = signed_in(cast.municipal_officer)
    for address in (measure.get_absolute_url(), reverse("control:measure", args=[measure.pk])):
        assert said in client.get(address).content.decode().replace("\u00a0", " ")
    first = Assignment.objects.get(measure=measure, unit=cast.units.school, occurrence="2025-11")
    card = signed_in(cast.head).get(first.get_absolute_url()).content.decode().replace("\u00a0", " ")
    assert "обязанность возникла 12 ноября 2025 г.: отчёт — за оставшуюся часть периода" in card


def test_what_stood_from_before_is_cancelled_unless_somebody_answered(
    late: Programme, cast: Any, with_draft: Any
) -> None:
    measure, school = late.measures.get(label="1.1"), cast.units.school
    old = [
        Assignment.objects.create(
            programme=late, measure=measure, unit=school, relation="executor", occurrence=key,
            starts=day, due=day, first_due=day,
        )
        for key, day in (("2025-09", date(2025, 9, 30)), ("2025-10", date(2025, 10, 31)))
    ]  # fmt: skip
    with_draft(old[1], cast.head)
    act_on(old[1], Act.REPORT, actor=cast.head)
    fan_out(late, day=date(2025, 12, 5), actor=None)
    for row in old:
        row.refresh_from_db()
    assert [row.status for row in old] == [Status.CANCELLED, Status.REPORTED]
    assert old[0].steps.get().reason == "Период закончился раньше, чем возникла обязанность."
    fan_out(late, day=date(2025, 12, 6), actor=None)  # and stays so
    assert Assignment.objects.get(pk=old[0].pk).status == Status.CANCELLED


def test_a_measure_added_by_hand_binds_from_its_own_day(
    work: Any, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 2, 10))
    words = Wording(text="Проводить открытые уроки", deadline="ежемесячно")
    measure = add_measure(
        work.programme, words, actor=cast.municipal_officer, reason="письмо",
        executors="Управление образования Заозёрного округа",
    )  # fmt: skip
    rows = Assignment.objects.filter(measure=measure).order_by("due")
    assert rows.values_list("occurrence", "starts").first() == ("2026-02", date(2026, 2, 10))
